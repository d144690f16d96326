"""The table of agreements."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from agreements.agreement import drafting
from agreements.agreement.commands import NewAgreement
from agreements.importing import names
from agreements.importing.names import Names, key
from agreements.importing.schemas import AGREEMENT, rename
from agreements.work.bulk import blame
from common import csvfiles, planning
from common.csvfiles import Row
from common.errors import DomainError
from common.imports import refuse_failed
from common.numbers import without_groups
from common.planning import Line
from common.tasks.progress import counted
from common.uow import UnitOfWork

REQUIRED = ("client", "name", "type", "start_date")
OWN = (
    *("name", "reference", "type", "frequency", "start_date", "end_date", "net_terms", "recurring_amount"),
    *("total_hours", "overage_rate", "rollover", "coverage", "allocation_policy", "uncovered_policy"),
    *("low_hours_threshold", "auto_renew", "scope", "exclusions", "internal_notes", "activate", "confirm"),
)
SERVICES = "services"
COLUMNS = ("client", *OWN, SERVICES)
COLUMN_OF = {"client_id": "client"}
MOST_ROWS = 2000
COMPARED = ("type", "start_date", "end_date", "total_hours")


def read(data: bytes) -> list[Row]:
    return csvfiles.read(data, COLUMNS, required=REQUIRED, most_rows=MOST_ROWS)


def run(work: UnitOfWork, rows: Sequence[Row], *, dry_run: bool) -> list[Line]:
    """Creates agreements, each as the API would. A row with the name and terms of an existing one is unchanged.

    Each row is tried in a savepoint; a dry run undoes them all.
    """
    covered = [part[0] for row in rows for part in _parts(row.values.get(SERVICES, ""))]
    known = names.read(work, rows, covered)
    lines = [_line(row, known) for row in rows]
    read = [line for line in lines if not line.errors and planning.read(line, AGREEMENT, AGREEMENT)]
    planning.refuse_twins(
        read,
        lambda line: (line.values["client_id"], key(line.values["name"])),
        "name",
        "Same client and name as line {row}. Keep one of them.",
    )
    _find_existing(known, read)
    with work.attempt(keep=not dry_run):
        for line in counted(read):
            if line.present is None and not line.errors:
                _create(work, line, dry_run=dry_run)
    for line in lines:
        _rename(line)
    refuse_failed(lines, dry_run=dry_run)
    return lines


def _create(work: UnitOfWork, line: Line, *, dry_run: bool) -> None:
    # A dry run takes no number of the sequence, so that previews leave no gaps.
    number = f"Row {line.row}" if dry_run else None
    try:
        with work.attempt():
            made = drafting.create(work, NewAgreement(**line.values), number=number)
    except DomainError as error:
        blame(line, error)
    else:
        line.target = None if dry_run else made


def _line(row: Row, known: Names) -> Line:
    cells = row.values
    line = Line(row.number, {}, errors=dict(row.errors), name=cells.get("name") or None)
    client_id = known.client(line, cells)
    if client_id is None:
        return line
    line.given = planning.given(AGREEMENT, {name: cells[name] for name in OWN if cells.get(name)})
    line.given["client_id"] = str(client_id)
    if cells.get(SERVICES):
        line.given[SERVICES] = [_covered(line, known, client_id, part) for part in _parts(cells[SERVICES])]
        line.given.setdefault("coverage", "selected")
    return line


def _covered(line: Line, known: Names, client_id: UUID, part: Sequence[str]) -> dict[str, Any]:
    """Returns a covered service of "Remote Support | 60 | 95.00": name, hours and rate, the last two optional."""
    name, hours, rate = (*part, "", "")[:3]
    found = known.service(line, name, client_id, SERVICES)
    if len(part) > len(("name", "hours", "rate")):
        line.fail(SERVICES, f'"{name}" has more than a name, hours and a rate. Separate services with semicolons.')
    cells = {"hours_allocated": hours, "custom_rate": rate}
    return {"client_service_id": str(found)} | {key_: without_groups(cell) for key_, cell in cells.items() if cell}


def _parts(cell: str) -> list[list[str]]:
    return [[text.strip() for text in part.split("|")] for part in cell.split(";") if part.strip()]


def _find_existing(known: Names, lines: Sequence[Line]) -> None:
    for line in lines:
        agreement = known.agreements.get((line.values["client_id"], key(line.values["name"])))
        if agreement is None:
            continue
        if all(getattr(agreement, name) == line.values[name] for name in COMPARED):
            line.present = agreement
        else:
            line.fail(
                "name", f'The client already has an agreement "{agreement.name}" with other terms. Edit it instead.'
            )


def _rename(line: Line) -> None:
    parts: Mapping[str, list[str]] = {name: line.errors[name] for name in line.errors if name.startswith("services.")}
    for name, messages in parts.items():
        line.errors.setdefault(SERVICES, []).extend(messages)
        del line.errors[name]
    rename(line, COLUMN_OF)
