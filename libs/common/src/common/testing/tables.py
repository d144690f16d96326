"""Tables as tests write and read them."""

import csv
import io


def as_csv(*rows: dict[str, str]) -> str:
    """The columns are those of all rows, in the order in which they come up."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def from_csv(data: bytes) -> list[dict[str, str]]:
    """The cells as they stand in the file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
