"""Reading a table: whatever is wrong with the file is said at once, whatever is wrong with a row is that row's."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from common.csvfiles.decoding import decode
from common.csvfiles.formulas import restored
from common.errors import Invalid

DELIMITERS = (",", ";", "\t")
MOST_ROWS = 50_000
ROW = "_row"
"""Stands for the column where a mistake is the whole row's."""


@dataclass(frozen=True)
class Row:
    """`number` is the row's as a spreadsheet counts: the header is the first."""

    number: int
    values: dict[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)


def read(
    data: bytes,
    columns: Sequence[str],
    *,
    required: Sequence[str] = (),
    more: Callable[[str], bool] | None = None,
    most_rows: int = MOST_ROWS,
) -> list[Row]:
    """The rows below the header, blank ones left out; raises Invalid (`file`) for what is no such table.

    `columns` are the known names, in any order, case and spacing; `more` accepts further ones as they are spelled.
    """
    text = decode(data)
    delimiter = _delimiter(text, columns)
    records = _records(text, delimiter)
    header = next((cells for _, cells in records), [])
    names = _names(header, columns, required, more)
    rows: list[Row] = []
    for number, cells in records:
        if len(rows) == most_rows:
            raise _refused(f"The file has more than {most_rows} rows. Split it.")
        rows.append(_row(number, cells, names))
    return rows


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refused(f"Line {begins} is no CSV: {error}. A cell with quotes in it must be quoted.") from error
        if any(cell.strip() for cell in cells):
            yield number, cells


def _delimiter(text: str, columns: Sequence[str]) -> str:
    """The one that makes the most known columns of the header; the most columns, if it makes none."""
    known = {_plain(name) for name in columns}

    def fits(delimiter: str) -> tuple[int, int]:
        try:
            header = next((cells for _, cells in _records(text, delimiter)), [])
        except Invalid:
            return (-1, 0)
        return len(known & {_plain(cell) for cell in header}), len(header)

    return max(DELIMITERS, key=fits)


def _names(
    header: Sequence[str], columns: Sequence[str], required: Sequence[str], more: Callable[[str], bool] | None
) -> list[str | None]:
    """What each column is; None for one without a name, which must be empty."""
    known = {_plain(name): name for name in columns}
    names: list[str | None] = []
    unknown = []
    for cell in (cell.strip() for cell in header):
        name = known.get(_plain(cell)) or (cell if cell and more is not None and more(cell) else None)
        names.append(name)
        if cell and name is None:
            unknown.append(cell)
    problems = _list("There is no column", unknown)
    problems += _list("Given twice:", sorted({name for name in names if name and names.count(name) > 1}))
    problems += _list("Missing column", [name for name in required if name not in names])
    if problems:
        raise _refused(*problems, f"Expected columns: {', '.join(columns)}.")
    return names


def _row(number: int, cells: Sequence[str], names: Sequence[str | None]) -> Row:
    values = {name: restored(cell.strip()) for name, cell in zip(names, cells, strict=False) if name}
    if len(cells) != len(names):
        return Row(number, values, {ROW: [f"Has {len(cells)} cells where the header has {len(names)}."]})
    nameless = any(cell.strip() for name, cell in zip(names, cells, strict=True) if name is None)
    return Row(number, values, {ROW: ["Has a cell in a column without a name."]} if nameless else {})


def _plain(name: str) -> str:
    """Names that differ in case, spaces, underscores or hyphens are the same."""
    return "".join(character for character in name.casefold() if character not in " _-\t")


def _list(lead: str, names: Sequence[str]) -> list[str]:
    shown = ", ".join(f'"{name[:60]}"' for name in names)
    return [f"{lead} {shown}."] if names else []


def _refused(*messages: str) -> Invalid:
    return Invalid({"file": messages}, "This file cannot be read as the table it should be.")
