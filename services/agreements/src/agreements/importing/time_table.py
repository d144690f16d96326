"""The table of time entries."""

from collections.abc import Sequence
from typing import Any

from agreements.importing import names
from agreements.importing.names import Names
from agreements.importing.schemas import rename
from agreements.work import bulk
from agreements.work.bulk import TimeLine
from agreements.work.schemas import BULK_ENTRY
from common import csvfiles, planning
from common.csvfiles import Row
from common.uow import UnitOfWork

MOST_ROWS = 10_000
"""All rows are planned in memory; 10,000 take about 200 MB."""
REQUIRED = ("client", "work_order", "worked_on", "hours")
COLUMNS = (
    *("client", "work_order", "subject", "agreement", "service", "technician", "worked_on", "hours", "billable"),
    *("note", "external_ref", "confirm"),
)
OWN = ("worked_on", "hours", "billable", "note", "external_ref", "confirm")
"""Columns that have the name of their field."""
COLUMN_OF = {
    "service_id": "service",
    "technician_id": "technician",
    "technician_name": "technician",
    "work_order.client_id": "client",
    "work_order.agreement_id": "agreement",
    "work_order.number": "work_order",
    "work_order.subject": "subject",
}


def read(data: bytes) -> list[Row]:
    return csvfiles.read(data, COLUMNS, required=REQUIRED, most_rows=MOST_ROWS)


def run(work: UnitOfWork, rows: Sequence[Row], *, dry_run: bool, mode: str) -> dict[str, Any]:
    """Returns the report of `bulk.run`, by the columns of the table."""
    known = names.read(work, rows)
    lines = [_line(row, known) for row in rows]
    return bulk.run(work, lines, dry_run=dry_run, mode=mode, rename=lambda line: rename(line, COLUMN_OF))


def _line(row: Row, known: Names) -> TimeLine:
    cells = row.values
    line = TimeLine(row.number, {}, errors=dict(row.errors), name=cells.get("work_order") or None)
    client_id = known.client(line, cells)
    if not cells.get("work_order"):
        line.fail("work_order", "Enter the work order's number.")
    if client_id is None:
        return line
    line.given = planning.given(BULK_ENTRY, {name: cells[name] for name in OWN if name in cells})
    line.given |= known.technician(cells)
    if cells.get("service"):
        line.given["service_id"] = known.service(line, cells["service"], client_id)
    order = {
        "number": cells.get("work_order", ""),
        "client_id": client_id,
        "agreement_id": known.agreement(line, cells, client_id),
        "subject": cells.get("subject") or None,
    }
    line.given["work_order"] = {name: str(value) for name, value in order.items() if value is not None}
    return line
