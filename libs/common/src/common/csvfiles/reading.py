"""Reads CSV files: errors of the file are raised, errors of a row are stored in the row."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from common.csvfiles.decoding import decode
from common.csvfiles.formulas import restored
from common.errors import Invalid

DELIMITERS = (",", ";", "\t")
MOST_ROWS = 50_000
_SEPARATOR_LINE = re.compile(r"""[ \t]*("?)sep=([^\w"'\r\n])\1\2*[ \t]*(\r\n|\r|\n|\Z)""", re.IGNORECASE)
"""The line `sep=;` above the header, which spreadsheet programs do not count as a row."""
ROW = "_row"
"""The column of errors that concern the whole row."""


@dataclass(frozen=True)
class Row:
    """A row. `number` counts as spreadsheet programs do: the header is row 1."""

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
    """Returns the rows below the header without blank rows; raises Invalid (`file`) for an invalid file.

    `columns` are the known names, in any order, case and spacing; `more` accepts further names as spelled.
    """
    text = decode(data)
    separator = _SEPARATOR_LINE.match(text)
    text, above = (text[separator.end() :], 1) if separator else (text, 0)
    delimiter = separator[2] if separator else _delimiter(text, columns)
    records = _records(text, delimiter, above)
    header = next((cells for _, cells in records), [])
    names = _names(header, columns, required, more)
    rows: list[Row] = []
    for number, cells in records:
        if len(rows) == most_rows:
            raise _refused(f"The file has more than {most_rows} rows. Split it.")
        rows.append(_row(number, cells, names, required))
    return rows


def _records(text: str, delimiter: str, above: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows that are not blank, with their numbers; `above` lines of the file come before `text`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        begins = reader.line_num + 1 + above
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refused(f"Line {begins} is not valid CSV: {error}. Quote cells that contain quotes.") from error
        if any(cell.strip() for cell in cells):
            yield number, cells


def _delimiter(text: str, columns: Sequence[str]) -> str:
    """Returns the delimiter with the most known columns in the header, then with the most columns."""
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
    """Returns the column names in order; None for a column without a name, which must be empty."""
    known = {_plain(name): name for name in columns}
    names: list[str | None] = []
    unknown = []
    for cell in (cell.strip() for cell in header):
        name = known.get(_plain(cell)) or (cell if cell and more is not None and more(cell) else None)
        names.append(name)
        if cell and name is None:
            unknown.append(cell)
    problems = _list("Unknown column", unknown)
    problems += _list("Duplicate column", sorted({name for name in names if name and names.count(name) > 1}))
    problems += _list("Missing column", [name for name in required if name not in names])
    if problems:
        raise _refused(*problems, f"Expected columns: {', '.join(columns)}.")
    return names


def _row(number: int, cells: Sequence[str], names: Sequence[str | None], required: Sequence[str]) -> Row:
    """Returns the row by column. Spreadsheet programs may leave out or add empty cells at the end of a row."""
    padded = [*cells, *[""] * (len(names) - len(cells))]
    values = {name: restored(cell.strip()) for name, cell in zip(names, padded, strict=False) if name}
    counts = f"Has {len(cells)} cells, but the header has {len(names)}"
    if missing := [f'"{name}"' for name in names[len(cells) :] if name in required]:
        return Row(number, values, {ROW: [f"{counts}: {', '.join(missing)} is missing."]})
    if any(cell.strip() for cell in padded[len(names) :]):
        return Row(number, values, {ROW: [f"{counts}. Quote cells that contain the separator."]})
    nameless = any(cell.strip() for name, cell in zip(names, padded, strict=False) if name is None)
    return Row(number, values, {ROW: ["Has a value in a column without a name."]} if nameless else {})


def _plain(name: str) -> str:
    """Returns the name without case, spaces, underscores and hyphens, for comparison."""
    return "".join(character for character in name.casefold() if character not in " _-\t")


def _list(lead: str, names: Sequence[str]) -> list[str]:
    shown = ", ".join(f'"{name[:60]}"' for name in names)
    return [f"{lead} {shown}."] if names else []


def _refused(*messages: str) -> Invalid:
    return Invalid({"file": messages}, "This file can't be imported as it is.")
