"""The kinds of files that may be attached, recognised by their names and checked by their first bytes."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from common.errors import Invalid

Check = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    media_type: str
    fits: Check


def _starts(*signatures: bytes) -> Check:
    return lambda data: data.startswith(signatures)


def _webp(data: bytes) -> bool:
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def _text(data: bytes) -> bool:
    return b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _archive_with(*beginnings: str) -> Check:
    """Returns a check that the ZIP archive has an entry with one of these names or in one of these folders."""

    def fits(data: bytes) -> bool:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                return not beginnings or any(name.startswith(beginnings) for name in archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False

    return fits


_OLD_OFFICE = _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
KINDS: dict[str, Kind] = {
    "pdf": Kind("PDF", "application/pdf", _starts(b"%PDF-")),
    "png": Kind("PNG image", "image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "jpg": Kind("JPEG image", "image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": Kind("JPEG image", "image/jpeg", _starts(b"\xff\xd8\xff")),
    "gif": Kind("GIF image", "image/gif", _starts(b"GIF87a", b"GIF89a")),
    "webp": Kind("WEBP image", "image/webp", _webp),
    "txt": Kind("text", "text/plain", _text),
    "log": Kind("text", "text/plain", _text),
    "csv": Kind("CSV", "text/csv", _text),
    "eml": Kind("email", "message/rfc822", _text),
    "json": Kind("JSON", "application/json", _text),
    "zip": Kind("ZIP archive", "application/zip", _archive_with()),
    "docx": Kind("Word document", f"{_OFFICE}wordprocessingml.document", _archive_with("word/")),
    "xlsx": Kind("Excel workbook", f"{_OFFICE}spreadsheetml.sheet", _archive_with("xl/")),
    "pptx": Kind("PowerPoint presentation", f"{_OFFICE}presentationml.presentation", _archive_with("ppt/")),
    "odt": Kind("OpenDocument text", f"{_ODF}text", _archive_with("content.xml")),
    "ods": Kind("OpenDocument spreadsheet", f"{_ODF}spreadsheet", _archive_with("content.xml")),
    "doc": Kind("Word document", "application/msword", _OLD_OFFICE),
    "xls": Kind("Excel workbook", "application/vnd.ms-excel", _OLD_OFFICE),
}


def media_type(name: str, data: bytes) -> str:
    """Returns the media type of a file by its name. Raises Invalid if it is not accepted, or has another content."""
    if "/" in name or "\\" in name:
        raise Invalid({"name": ["The name must not contain / or \\. Send the file's name without its folder."]})
    _, dot, ending = name.rpartition(".")
    kind = KINDS.get(ending.lower()) if dot else None
    if kind is None:
        accepted = ", ".join(sorted(KINDS))
        raise Invalid({"file": [f'"{name}" is not of an accepted type. Accepted: {accepted}.']})
    if not data:
        raise Invalid({"file": [f'"{name}" is empty. Choose another file.']})
    if not kind.fits(data):
        raise Invalid({"file": [f'"{name}" is not a {kind.name} file, although its name says so.']})
    return kind.media_type
