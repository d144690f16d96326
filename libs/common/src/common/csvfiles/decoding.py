"""Decodes files, or raises Invalid with the kind of file it is."""

import codecs

from common.errors import Invalid

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ADVICE = 'Save it as "CSV UTF-8".'


def decode(data: bytes) -> str:
    """Decodes UTF-8, or UTF-16/32 with a byte order mark; raises Invalid naming the invalid place."""
    if not data.strip():
        raise Invalid({"file": ["The file is empty."]})
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Invalid({"file": [f"This is a spreadsheet file, not a CSV file. {ADVICE}"]})
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Invalid({"file": [_undecodable(data, error, encoding)]}) from error
    if (at := text.find("\x00")) >= 0:
        line = text.count("\n", 0, at) + 1
        raise Invalid({"file": [f"Line {line} has a NUL character, so the file is not UTF-8 text. {ADVICE}"]})
    return text


def _undecodable(data: bytes, error: UnicodeDecodeError, encoding: str) -> str:
    if encoding not in {"utf-8", "utf-8-sig"}:
        return f"The file starts as {encoding.upper()}, but byte {error.start + 1} is not. {ADVICE}"
    line = data.count(b"\n", 0, error.start) + 1
    return f"Not UTF-8: byte {error.start + 1} (0x{data[error.start]:02X}), in line {line}. {ADVICE}"
