"""Reading a mysqldump (or phpMyAdmin export) as text: tables, their columns and rows. No SQL is ever run."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from common.errors import Invalid

MOST_TEXT = 200 * 1024 * 1024
"""Bytes after decompression; a small archive must not become a memory full of zeros."""
GZIP = b"\x1f\x8b"

_STRING = r"""'(?:[^'\\]++|\\.|'')*+'|"(?:[^"\\]++|\\.|"")*+\""""
_GAP = re.compile(r"(?:\s++|--[^\n]*+(?:\n|\Z)|#[^\n]*+(?:\n|\Z)|/\*.*?\*/|;)*+", re.DOTALL)
_REST = re.compile(rf"""(?:[^'"`;]++|{_STRING}|`[^`]*+`)*+;""", re.DOTALL)
_CREATE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?`?(\w+)`?\s*\(", re.IGNORECASE)
_COLUMN = re.compile(r"^\s*`(\w+)`\s", re.MULTILINE)
_INSERT = re.compile(r"(?:INSERT(?: IGNORE)?|REPLACE) INTO `?(\w+)`?\s*(?:\(([^()]*)\)\s*)?VALUES\s*", re.IGNORECASE)
_VALUE = re.compile(rf"\s*+(?:_binary\s++)?({_STRING}|[^\s,()'\"]++)\s*+([,)])", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)|''|\"\"", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a"}


@dataclass
class Table:
    """One table of the dump; each row by column name, None for NULL."""

    name: str
    columns: list[str]
    rows: list[dict[str, str | None]] = field(default_factory=list)


def read(data: bytes, wanted: frozenset[str]) -> dict[str, Table]:
    """The `wanted` tables' rows, and of all others only that they are there."""
    text = _text(data)
    tables: dict[str, Table] = {}
    position = 0
    while True:
        position = _end(_GAP, text, position)
        if position == len(text):
            break
        position = _statement(text, position, tables, wanted)
    if not tables:
        raise Invalid({"file": ["This is no database dump: it has neither CREATE TABLE nor INSERT INTO."]})
    return tables


def _statement(text: str, position: int, tables: dict[str, Table], wanted: frozenset[str]) -> int:
    if created := _CREATE.match(text, position):
        end = _rest(text, created.end())
        tables.setdefault(created[1], Table(created[1], _COLUMN.findall(text, created.end(), end)))
        return end
    if inserted := _INSERT.match(text, position):
        table = tables.setdefault(inserted[1], Table(inserted[1], []))
        if table.name in wanted:
            return _rows(text, inserted.end(), table, _named(inserted[2]) or table.columns)
    return _rest(text, position)


def _named(columns: str | None) -> list[str]:
    return [column.strip(" `\n") for column in columns.split(",")] if columns else []


def _rows(text: str, position: int, table: Table, columns: list[str]) -> int:
    if not columns:
        raise _unreadable(text, position, f"rows of {table.name} come before its columns are named")
    table.columns = table.columns or columns
    while True:
        position = _expect(text, position, "(")
        values, position = _tuple(text, position)
        if len(values) != len(columns):
            problem = f"a row of {table.name} has {len(values)} values for {len(columns)} columns"
            raise _unreadable(text, position, problem)
        table.rows.append(dict(zip(columns, values, strict=True)))
        position = _end(_SPACE, text, position)
        if not text.startswith(",", position):
            return _rest(text, position)
        position += 1


_SPACE = re.compile(r"\s*+")


def _tuple(text: str, position: int) -> tuple[list[str | None], int]:
    values: list[str | None] = []
    while True:
        found = _VALUE.match(text, position)
        if found is None:
            raise _unreadable(text, position, "a value cannot be read")
        values.append(_plain(found[1]))
        position = found.end()
        if found[2] == ")":
            return values, position


def _plain(literal: str) -> str | None:
    if literal[0] in "'\"":
        return _ESCAPE.sub(_unescaped, literal[1:-1])
    return None if literal.upper() == "NULL" else literal


def _unescaped(match: re.Match[str]) -> str:
    letter = match[1]
    return match[0][0] if letter is None else _ESCAPED.get(letter, letter)


def _expect(text: str, position: int, sign: str) -> int:
    position = _end(_SPACE, text, position)
    if not text.startswith(sign, position):
        raise _unreadable(text, position, f'"{sign}" is missing')
    return position + 1


def _rest(text: str, position: int) -> int:
    """Where the statement ends, past semicolons that stand in texts."""
    found = _REST.match(text, position)
    if found is None:
        raise _unreadable(text, position, "the last statement is cut off")
    return found.end()


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _unreadable(text: str, position: int, problem: str) -> Invalid:
    line = text.count("\n", 0, position) + 1
    return Invalid({"file": [f"Line {line} of the dump: {problem}."]})


def _text(data: bytes) -> str:
    plain = b"".join(_unpacked(data)) if data.startswith(GZIP) else data
    try:
        return plain.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = plain.count(b"\n", 0, error.start) + 1
        message = f"Line {line} (byte {error.start}) is no UTF-8. Dump with --default-character-set=utf8mb4."
        raise Invalid({"file": [message]}) from error


def _unpacked(data: bytes) -> Iterator[bytes]:
    size = 0
    try:
        with gzip.open(BytesIO(data)) as archive:
            while portion := archive.read(1 << 20):
                size += len(portion)
                if size > MOST_TEXT:
                    message = f"Unpacked, the dump is larger than {MOST_TEXT >> 20} MB, the most that is taken."
                    raise Invalid({"file": [message]})
                yield portion
    except (OSError, EOFError, zlib.error) as error:
        raise Invalid({"file": ["The archive is damaged or cut off: gunzip cannot read it."]}) from error
