"""Reads the CSV files. Every row has its file and line for error messages."""

from dataclasses import dataclass, field
from pathlib import Path

from common import csvfiles
from common.errors import Invalid
from common.numbers import NotANumber, decimal_number, whole_number, without_groups

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
REQUIRED = {
    "services.csv": ("name", "default_rate"),
    "clients.csv": ("name", "currency"),
    "client_rates.csv": ("client", "service", "custom_rate"),
    "custom_services.csv": ("client", "name", "rate"),
    "agreements.csv": ("client", "name", "type", "start_date"),
    "agreement_services.csv": ("agreement", "service"),
    "time_entries.csv": ("client", "work_order", "service", "worked_on", "hours"),
}
"""The columns that a row must have."""


class SheetError(Exception):
    """Raised for a file that cannot be read."""


class RowError(Exception):
    """Raised for one row that cannot be imported; other rows continue."""


@dataclass(frozen=True)
class Row:
    file: str
    line: int
    cells: dict[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)
    """Errors of the row itself, such as a missing cell."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def check(self) -> None:
        """Raises RowError for an error of the row itself."""
        for column, messages in self.errors.items():
            raise RowError(f"{column.removeprefix('_')}: {' '.join(messages)}")

    def optional(self, column: str) -> str | None:
        """Returns the cell, or None if it is empty."""
        return self[column] or None

    def required(self, column: str) -> str:
        if not self[column]:
            raise RowError(f"{column}: must not be empty")
        return self[column]

    def number(self, column: str) -> str | None:
        """Returns the cell's number for the API. Raises RowError for ambiguous ones such as "12,5"."""
        if not self[column]:
            return None
        try:
            return f"{decimal_number(without_groups(self[column])):f}"
        except NotANumber as error:
            raise RowError(f"{column}: {error}") from None

    def required_number(self, column: str) -> str:
        self.required(column)
        return str(self.number(column))

    def whole_number(self, column: str) -> int | None:
        if not self[column]:
            return None
        try:
            return whole_number(self[column])
        except NotANumber as error:
            raise RowError(f"{column}: {error}") from None


def read(folder: Path) -> dict[str, list[Row]]:
    """Returns all seven files by name; a missing file is empty. Raises SheetError for an unreadable file."""
    if not folder.is_dir():
        raise SheetError(f"{folder} is not a folder. Name the folder with services.csv and the other files.")
    sheets = {name: _read_one(folder / name, columns) for name, columns in COLUMNS.items()}
    if not any(sheets.values()):
        raise SheetError(f"{folder} contains none of {', '.join(COLUMNS)}")
    return sheets


def _read_one(path: Path, columns: tuple[str, ...]) -> list[Row]:
    data = path.read_bytes() if path.exists() else b""
    if not data.strip():
        return []
    try:
        rows = csvfiles.read(data, columns, required=REQUIRED[path.name], more=bool)
    except Invalid as error:
        raise SheetError(f"{path.name}: {' '.join(error.errors['file'])}") from error
    if rows and (missing := [name for name in columns if name not in rows[0].values]):
        raise SheetError(f"{path.name}: the column {', '.join(missing)} is missing")
    return [Row(path.name, row.number, row.values, row.errors) for row in rows]
