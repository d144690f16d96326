"""Writes and reads CSV files in tests."""

import csv
import io


def as_csv(*rows: dict[str, str]) -> str:
    """Returns a CSV file with the columns of all rows, in the order of their first use."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def from_csv(data: bytes) -> list[dict[str, str]]:
    """Returns the cells of the file, unchanged."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
