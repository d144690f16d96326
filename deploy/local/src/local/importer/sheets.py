"""Reading the CSV files: every row knows its file and line, so that an error can be found."""

import csv
from dataclasses import dataclass
from pathlib import Path

COLUMNS = {
    "services.csv": ("name", "description", "default_rate", "category"),
    "clients.csv": (
        "name",
        "currency",
        "country",
        "net_terms",
        "hourly_rate",
        "tax_percent",
        "billing_contact_name",
        "billing_email",
        "billing_cc_emails",
    ),
    "client_rates.csv": ("client", "service", "custom_rate"),
    "custom_services.csv": ("client", "name", "description", "rate", "category"),
    "agreements.csv": (
        "client",
        "name",
        "type",
        "start_date",
        "end_date",
        "total_hours",
        "overage_rate",
        "allocation_policy",
    ),
    "agreement_services.csv": ("agreement", "service", "custom_rate", "hours_allocated"),
    "time_entries.csv": ("client", "work_order", "agreement", "service", "technician", "worked_on", "hours"),
}


class SheetError(Exception):
    """A file that cannot be read at all."""


class RowError(Exception):
    """One row that cannot be imported; the others go on."""


@dataclass(frozen=True)
class Row:
    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        """The cell, or None where it is empty: "not set"."""
        return self.cells[column] or None

    def required(self, column: str) -> str:
        if not self.cells[column]:
            raise RowError(f"{column}: must not be empty")
        return self.cells[column]

    def whole_number(self, column: str) -> int | None:
        text = self.cells[column]
        if not text:
            return None
        try:
            return int(text)
        except ValueError:
            raise RowError(f'{column}: "{text}" is no whole number') from None


def read(folder: Path) -> dict[str, list[Row]]:
    """All seven files by name; a file that is not there is empty. Raises SheetError for what cannot be read."""
    if not folder.is_dir():
        raise SheetError(f"{folder} is no folder; name the one that holds services.csv, clients.csv and the others")
    sheets = {name: _read_one(folder / name, columns) for name, columns in COLUMNS.items()}
    if not any(sheets.values()):
        raise SheetError(f"{folder} holds none of {', '.join(COLUMNS)}")
    return sheets


def _read_one(path: Path, columns: tuple[str, ...]) -> list[Row]:
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            missing = [name for name in columns if name not in header]
            if missing:
                raise SheetError(f"{path.name}:1: column {', '.join(missing)} is missing; found {', '.join(header)}")
            return [_row(path.name, reader.line_num, header, cells) for cells in reader if any(cells)]
    except UnicodeDecodeError as error:
        raise SheetError(f"{path.name}: not UTF-8 text (byte {error.start}); save it as UTF-8 CSV") from error
    except csv.Error as error:
        raise SheetError(f"{path.name}:{reader.line_num}: not CSV: {error}") from error


def _row(file: str, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        raise SheetError(f"{file}:{line}: {len(cells)} cells where the header has {len(header)}")
    return Row(file, line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)})
