"""Parses the tables, columns and rows of a mysqldump or phpMyAdmin export. No SQL is run."""

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from common.errors import Invalid

MOST_TEXT = 200 * 1024 * 1024
"""Bytes after decompression, so that a small archive cannot fill the memory."""
GZIP = b"\x1f\x8b"

_STRING = r"""'(?:[^'\\]++|\\.|'')*+'|"(?:[^"\\]++|\\.|"")*+\""""
_COMMENT = r"--(?=\s|\Z)[^\n]*+|\#[^\n]*+|/\*.*?\*/"
_SPACE = re.compile(rf"(?:\s++|{_COMMENT})*+", re.DOTALL)
_GAP = re.compile(rf"(?:\s++|;|--[^\n]*+|{_COMMENT})*+", re.DOTALL)
_REST = re.compile(rf"""(?:[^'"`;\#/-]++|-(?!-\s)|/(?!\*)|{_STRING}|`[^`]*+`|{_COMMENT})*+;""", re.DOTALL)
_NAME = r"""(?:`(?:[^`]|``)+`|"(?:[^"]|"")+"|[\w$]+)"""
_S = _SPACE.pattern
_PATH = rf"(?:{_NAME}{_S}\.{_S})*+({_NAME})"
"""A name with an optional schema name before it."""
_FLAGS = re.DOTALL | re.IGNORECASE
_ADDS = re.compile(r"(?:INSERT|REPLACE)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"/\*M?!\d*\s*+(?:INSERT|REPLACE)\b", re.IGNORECASE)
_DELIMITER = re.compile(r"DELIMITER[ \t]++(\S+)[^\n]*+", re.IGNORECASE)
_CREATE = re.compile(
    rf"CREATE{_S}(?:OR{_S}REPLACE{_S})?(?:TEMPORARY{_S})?TABLE\b{_S}(?:IF{_S}NOT{_S}EXISTS\b{_S})?{_PATH}{_S}\(", _FLAGS
)
_INSERT = re.compile(
    rf"(?:INSERT|REPLACE)\b{_S}(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE)\b{_S})*+(?:INTO\b{_S})?{_PATH}{_S}",
    _FLAGS,
)
_COLUMNS = re.compile(rf"\({_S}({_PATH}(?:{_S},{_S}{_PATH})*){_S}\){_S}", _FLAGS)
_LISTED = re.compile(rf"{_PATH}{_S}(?:,|\Z)", _FLAGS)
_VALUES = re.compile(r"VALUES?(?=[\s(/#-])", re.IGNORECASE)
_SET = re.compile(r"SET\b", re.IGNORECASE)
_ROW = re.compile(rf"{_S}(?:ROW{_S})?\({_S}", _FLAGS)
_ENDS = re.compile(rf"{_S}(?:;|(?:AS\b{_S}{_NAME}[^;]*?)?ON{_S}DUPLICATE{_S}KEY{_S}UPDATE\b|RETURNING\b)", _FLAGS)
_VALUE = re.compile(
    rf"{_S}(?:(?:_\w+{_S}|N(?='))?(?:({_STRING})|(x'[0-9a-f]*+'|b'[01]*+'|0x[0-9a-f]*+|0b[01]++))"
    rf"|([+-]?[0-9.]++(?:e[+-]?[0-9]++)?|NULL|TRUE|FALSE)){_S}(?=[,);]|AS\b|ON\b|RETURNING\b)",
    _FLAGS,
)
_ASSIGNED = re.compile(rf"{_S}{_PATH}{_S}:?=", _FLAGS)
_PART = re.compile(rf"""{_COMMENT}|{_STRING}|`(?:[^`]|``)*+`|[(),]|[^\s'"`(),]++""", re.DOTALL)
_KEYS = {"PRIMARY", "KEY", "UNIQUE", "INDEX", "CONSTRAINT", "FULLTEXT", "SPATIAL", "FOREIGN", "CHECK", "PERIOD", "LIKE"}
_ESCAPE = re.compile(r"\\(.)|''|\"\"", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_WORDS = {"NULL": None, "TRUE": "1", "FALSE": "0"}


@dataclass
class Table:
    """A table of the dump. Rows are dicts by column name, with None for NULL."""

    name: str
    columns: list[str]
    rows: list[dict[str, str | None]] = field(default_factory=list)


def read(data: bytes, wanted: frozenset[str]) -> dict[str, Table]:
    """Returns all tables by name, with rows for the `wanted` tables only. Raises Invalid for an unreadable dump."""
    text = _text(data)
    tables: dict[str, Table] = {}
    position = 0
    while True:
        start, position = position, _end(_GAP, text, position)
        if hidden := _HIDDEN.search(text, start, position):
            raise _unreadable(text, hidden.start(), "an INSERT inside a comment is not supported")
        if position == len(text):
            break
        position = _statement(text, position, tables, wanted)
    if not tables:
        raise Invalid({"file": ["This is not a database dump: it has no CREATE TABLE or INSERT INTO."]})
    return tables


def _statement(text: str, position: int, tables: dict[str, Table], wanted: frozenset[str]) -> int:
    """Reads a statement and returns its end. Raises Invalid if a statement that adds rows is not readable."""
    if _ADDS.match(text, position):
        return _insert(text, position, tables, wanted)
    if created := _CREATE.match(text, position):
        end = _rest(text, position)
        table = _table(tables, created[1])
        table.columns = table.columns or _defined(text[created.end() : end])
        return end
    if delimiter := _DELIMITER.match(text, position):
        return _routines(text, delimiter)
    return _rest(text, position)


def _insert(text: str, position: int, tables: dict[str, Table], wanted: frozenset[str]) -> int:
    inserted = _INSERT.match(text, position)
    if inserted is None:
        raise _unreadable(text, position, "the INSERT has no readable table name")
    table = _table(tables, inserted[1])
    if table.name not in wanted:
        return _rest(text, position)
    end, columns = inserted.end(), table.columns
    if named := _COLUMNS.match(text, end):
        end, columns = named.end(), [_bare(match[1]) for match in _LISTED.finditer(named[1])]
    if values := _VALUES.match(text, end):
        return _rows(text, values.end(), table, columns)
    if not named and (assigned := _SET.match(text, end)):
        return _assignments(text, assigned.end(), table)
    raise _unreadable(text, position, f"the INSERT into {table.name} has an unknown form")


def _rows(text: str, position: int, table: Table, columns: list[str]) -> int:
    if not columns:
        raise _unreadable(text, position, f"rows of {table.name} come before its column names")
    table.columns = table.columns or columns
    while True:
        opened = _ROW.match(text, position)
        if opened is None:
            raise _unreadable(text, position, "a row must start with an opening parenthesis")
        values, position = _tuple(text, opened.end())
        if len(values) != len(columns):
            problem = f"a row of {table.name} has {len(values)} values for {len(columns)} columns"
            raise _unreadable(text, position, problem)
        table.rows.append(dict(zip(columns, values, strict=True)))
        position = _end(_SPACE, text, position)
        if not text.startswith(",", position):
            return _last(text, position)
        position += 1


def _assignments(text: str, position: int, table: Table) -> int:
    """Reads the row of INSERT … SET a = 1, b = 'x'."""
    row: dict[str, str | None] = {}
    while True:
        column = _ASSIGNED.match(text, position)
        if column is None:
            raise _unreadable(text, position, "a column must be followed by =")
        row[_bare(column[1])], position = _value(text, column.end())
        if not text.startswith(",", position):
            break
        position += 1
    table.columns += [name for name in row if name not in table.columns]
    table.rows.append(row)
    return _last(text, position)


def _tuple(text: str, position: int) -> tuple[list[str | None], int]:
    values: list[str | None] = []
    while True:
        value, position = _value(text, position)
        values.append(value)
        position += 1
        if text[position - 1] == ")":
            return values, position
        if text[position - 1] != ",":
            raise _unreadable(text, position, "a row has no closing parenthesis")


def _value(text: str, position: int) -> tuple[str | None, int]:
    """Returns the value and the position of the character after it."""
    match = _VALUE.match(text, position)
    if match is None:
        raise _unreadable(text, _end(_SPACE, text, position), "a value is not readable")
    string, binary, plain = match.groups()
    if string is not None:
        return _ESCAPE.sub(_unescaped, string[1:-1]), match.end()
    if binary is not None:
        return _decoded(binary), match.end()
    return _WORDS.get(plain.upper(), plain), match.end()


def _decoded(literal: str) -> str:
    """Returns the text of a hexadecimal or binary literal."""
    digits = literal[2:].rstrip("'")
    if literal[1] in "bB" or literal[0] in "bB":
        return str(int(digits or "0", 2))
    return bytes.fromhex(f"0{digits}" if len(digits) % 2 else digits).decode("utf-8", "replace")


def _unescaped(match: re.Match[str]) -> str:
    letter = match[1]
    return match[0][0] if letter is None else _ESCAPED.get(letter, letter)


def _table(tables: dict[str, Table], name: str) -> Table:
    bare = _bare(name).lower()
    return tables.setdefault(bare, Table(bare, []))


def _bare(name: str) -> str:
    return name[1:-1].replace(name[0] * 2, name[0]) if name[0] in '`"' else name


def _defined(body: str) -> list[str]:
    """Returns the columns of a CREATE TABLE; `body` starts after its opening parenthesis."""
    columns: list[str] = []
    depth, begins = 0, True
    for match in _PART.finditer(body):
        part = match[0]
        if part.startswith(("--", "#", "/*")):
            continue
        if begins and part[0] not in "(),'" and part.upper() not in _KEYS:
            columns.append(_bare(part))
        depth += (part == "(") - (part == ")")
        if depth < 0:
            break
        begins = part == "," and depth == 0
    return columns


def _routines(text: str, delimiter: re.Match[str]) -> int:
    """Skips triggers and procedures between DELIMITER lines. Raises Invalid if there are rows among them."""
    sign, position = delimiter[1], delimiter.end()
    if sign == ";":
        return position
    ends = re.compile(r"^[ \t]*+DELIMITER[ \t]++;[^\n]*+", re.IGNORECASE | re.MULTILINE).search(text, position)
    end = ends.start() if ends else len(text)
    while position < end:
        position = _end(_GAP, text, position)
        if position < end and _ADDS.match(text, position):
            raise _unreadable(text, position, "an INSERT between DELIMITER lines is not supported")
        after = text.find(sign, position, end)
        position = end if after < 0 else after + len(sign)
    return ends.end() if ends else len(text)


def _last(text: str, position: int) -> int:
    """Returns the end of a statement whose rows have been read."""
    if _ENDS.match(text, position) is None:
        if _end(_SPACE, text, position) == len(text):
            raise _unreadable(text, position, "the last statement is cut off")
        raise _unreadable(text, position, "the text after the rows is not readable")
    return _rest(text, position)


def _rest(text: str, position: int) -> int:
    """Returns the end of the statement, ignoring semicolons in texts."""
    match = _REST.match(text, position)
    if match is None:
        raise _unreadable(text, position, "the last statement is cut off")
    return match.end()


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _unreadable(text: str, position: int, problem: str) -> Invalid:
    line = text.count("\n", 0, position) + 1
    return Invalid({"file": [f"Line {line} of the dump: {problem}."]})


def _text(data: bytes) -> str:
    plain = b"".join(_unpacked(data)) if data.startswith(GZIP) else data
    wide = plain.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # PowerShell redirects output as UTF-16
    try:
        return plain.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = plain.count(b"\n", 0, error.start) + 1
        message = f"Line {line} (byte {error.start}) is not UTF-8. Dump with --default-character-set=utf8mb4."
        raise Invalid({"file": [message]}) from error


def _unpacked(data: bytes) -> Iterator[bytes]:
    size = 0
    try:
        with gzip.open(BytesIO(data)) as archive:
            while portion := archive.read(1 << 20):
                size += len(portion)
                if size > MOST_TEXT:
                    message = f"The unpacked dump is larger than the limit of {MOST_TEXT >> 20} MB."
                    raise Invalid({"file": [message]})
                yield portion
    except (OSError, EOFError, zlib.error) as error:
        raise Invalid({"file": ["The archive is damaged or incomplete. Compress the dump with gzip again."]}) from error
