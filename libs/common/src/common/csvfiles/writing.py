"""Writes CSV files in portions."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from common.csvfiles.formulas import escaped

PORTION = 32 * 1024
BOM = "\ufeff"
"""Tells spreadsheet programs that the file is UTF-8."""


def write(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yields the header and the rows as UTF-8; `csvfiles.read` returns the same texts without surrounding blanks.

    A column missing in a row becomes an empty cell.
    """
    buffer = io.StringIO(newline="")
    buffer.write(BOM)
    writer = csv.writer(buffer)
    writer.writerow([escaped(name) for name in columns])
    for row in rows:
        writer.writerow([escaped(as_text(row.get(name))) for name in columns])
        if buffer.tell() >= PORTION:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
