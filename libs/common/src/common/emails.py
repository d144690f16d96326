"""Parses, compares and encodes email addresses."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from email_validator import EmailNotValidError, validate_email

from common import domains
from common.texts import one_line

_TOKEN = re.compile(
    r'"(?:\\.|[^"\\\r\n]|\r?\n[ \t])*"'  # a quoted name; a mail program may have folded it
    r"|<[^<>]*>"
    r"|\((?:\\.|[^()\\\r\n])*\)"  # a comment
    r"|[,;\t\r\n，；、]"
    r'|[^,;\t\r\n，；、"<(]+'
    r"|."
)
_SEPARATORS = frozenset(",;\t\r\n，；、")
_AFTER_A_NAME = frozenset(",\t，")
"""Between a name without quotes and its address: `Müller, Jörg <jm@x.example>`, or two cells of a sheet."""
_LABEL = re.compile(r"^[^@:<\"]*:\s*")
_QUERY = re.compile(r"^([^?]*@[^?]*)\?.*$", re.DOTALL)
_QUOTES = re.compile(r"""^(["'])(.*)\1$""", re.DOTALL)


def checked(text: str) -> str:
    """Returns one address as it is stored: as typed, its domain in lower case. Raises ValueError with the reason.

    A name around it, angle brackets or `mailto:` are left out, as in `"Müller, Jörg" <jm@x.example>`.
    """
    pasted = [address for _, address in split(text)] if _is_decorated(text) else []
    address = pasted[0] if len(pasted) == 1 else text.strip()
    try:
        address_info = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from error
    typed = address.rpartition("@")[2].lower()
    return f"{address_info.local_part}@{typed if typed.isascii() else address_info.domain}"


def split(text: str) -> list[tuple[str, str]]:
    """Splits a pasted list into pairs: each entry as written, and the address in it, not yet checked.

    Understands commas, semicolons, tabs and lines as separators, names with or without quotes, comments,
    `mailto:`, groups, and addresses with only blanks between them.
    """
    return [(entry, address) for entry in _entries(text) for address in _addresses(entry)]


def key(address: str) -> str:
    """Returns what two spellings of one address share: `Jo@straße.example`, `jo@xn--strae-oqa.example`."""
    local, _, domain = address.strip().rpartition("@")
    return f"{local.lower()}@{_ascii_or_lower(domain)}"


def spellings(address: str) -> list[str]:
    """Returns the forms, in lower case, in which the address may be stored: domain in Unicode and in ASCII."""
    local, _, domain = address.strip().lower().rpartition("@")
    try:
        forms = {domains.to_ascii(domain), domains.to_unicode(domain)}
    except ValueError:
        forms = {domain}
    return sorted(f"{local}@{form}" if local else form for form in forms)


def to_ascii(address: str) -> str:
    """Returns the address with its domain as servers take it. Raises ValueError for a domain that IDNA refuses."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domains.to_ascii(domain)}"


def _ascii_or_lower(domain: str) -> str:
    try:
        return domains.to_ascii(domain)
    except ValueError:
        return domain.lower()


def _is_decorated(text: str) -> bool:
    return "<" in text or "(" in text or ":" in text


def _entries(text: str) -> Iterator[str]:
    """Yields the entries with their names. A name before a comma is joined with the address in brackets after it."""
    names: list[str] = []
    for piece, separator in _pieces(text):
        entry = piece.strip()
        if not entry:
            continue
        if "@" not in entry and separator in _AFTER_A_NAME:
            names.append(entry + separator)
            continue
        if "<" in entry and "@" in entry:
            entry = " ".join([*names, entry])
        elif not ("@" in entry and names and names[-1].endswith("\t")):
            yield from (name[:-1] for name in names)
        names = []
        yield entry
    yield from (name[:-1] for name in names)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yields the texts between separators with the separator after them; an address in brackets also ends a text."""
    piece = ""
    for token in _TOKEN.findall(text):
        if token in _SEPARATORS:
            yield piece, token
            piece = ""
        elif piece.rstrip().endswith(">") and token.strip():
            yield piece, ""
            piece = token
        else:
            piece += token
    yield piece, ""


def _addresses(entry: str) -> list[str]:
    """Returns the addresses of an entry; a text that is no address is returned unchanged, for `checked` to refuse."""
    tokens = _TOKEN.findall(entry)
    in_brackets = [token[1:-1] for token in tokens if token.startswith("<") and "@" in token]
    if in_brackets:
        inner = in_brackets[-1]
        return [_bare(part) for part, _ in _pieces(inner) if part.strip()]
    plain = "".join(part for part in tokens if len(part) == 1 or not part.startswith("(")).strip() or entry
    words = plain.split()
    if len(words) > 1 and all("@" in word for word in words):
        return [_bare(word) for word in words]
    return [_bare(plain)]


def _bare(text: str) -> str:
    """Returns the text without surrounding quotes, `mailto:` and the label of a header or group."""
    quoted = _QUOTES.match(one_line(text))
    plain = _LABEL.sub("", quoted[2].strip() if quoted else one_line(text))
    if (query := _QUERY.match(plain)) is not None:
        plain = query[1]
    return unquote(plain) if "mailto:" in text.lower() else plain
