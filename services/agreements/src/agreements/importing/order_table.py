"""The table of work orders."""

from collections.abc import Sequence

from sqlalchemy import select

from agreements.importing import names
from agreements.importing.names import Names
from agreements.importing.schemas import ORDER, rename
from agreements.work import events, orders, sources
from agreements.work.bulk import blame
from agreements.work.models import WorkOrder
from agreements.work.orders import NewOrder
from agreements.work.queries import visible_orders
from common import csvfiles, planning
from common.csvfiles import Row
from common.errors import DomainError
from common.imports import refuse_failed
from common.planning import Line
from common.tasks.progress import counted
from common.uow import UnitOfWork

MOST_ROWS = 10_000
REQUIRED = ("client", "subject")
COLUMNS = (
    *("number", "client", "subject", "description", "priority", "agreement", "service", "technician", "billable"),
)
OWN = ("number", "subject", "description", "priority", "billable")
COLUMN_OF = {
    "client_id": "client",
    "agreement_id": "agreement",
    "service_id": "service",
    "technician_id": "technician",
    "technician_name": "technician",
}
COMPARED = ("client_id", "agreement_id", "subject", "description", "priority", "billable")


def read(data: bytes) -> list[Row]:
    return csvfiles.read(data, COLUMNS, required=REQUIRED, most_rows=MOST_ROWS)


def run(work: UnitOfWork, rows: Sequence[Row], *, dry_run: bool) -> list[Line]:
    """Creates work orders. A row with the number and values of an existing one is unchanged."""
    known = names.read(work, rows)
    lines = [_line(row, known) for row in rows]
    read = [line for line in counted(lines) if not line.errors and planning.read(line, ORDER, ORDER)]
    planning.refuse_twins(
        read, lambda line: line.values["number"], "number", "Same number as line {row}. Keep one of them."
    )
    _find_existing(work, read)
    new = [line for line in read if line.present is None and not line.errors]
    made = _build(work, new)
    for line in lines:
        rename(line, COLUMN_OF)
    if not dry_run:
        refuse_failed(lines, dry_run=False)
        orders.add(work, [order for _, order in made])
        for line, order in made:
            line.target, line.name = order, order.number
            work.emit(events.ORDER_CREATED, order)
    return lines


def _line(row: Row, known: Names) -> Line:
    cells = row.values
    line = Line(row.number, {}, errors=dict(row.errors), name=cells.get("number") or cells.get("subject") or None)
    client_id = known.client(line, cells)
    if client_id is None:
        return line
    line.given = planning.given(ORDER, {name: cells[name] for name in OWN if cells.get(name)})
    line.given |= known.technician(cells) | {"client_id": str(client_id)}
    agreement_id = known.agreement(line, cells, client_id)
    service_id = known.service(line, cells.get("service", ""), client_id)
    ids = {"agreement_id": agreement_id, "service_id": service_id}
    line.given |= {name: str(identifier) for name, identifier in ids.items() if identifier is not None}
    return line


def _find_existing(work: UnitOfWork, lines: Sequence[Line]) -> None:
    numbers = {line.values["number"] for line in lines if line.values["number"]}
    statement = select(WorkOrder).where(WorkOrder.number.in_(numbers), visible_orders(work))
    found = {order.number: order for order in work.session.scalars(statement)} if numbers else {}
    for line in lines:
        order = found.get(line.values["number"] or "")
        if order is None:
            continue
        if all(getattr(order, name) == line.values[name] for name in COMPARED):
            line.present = order
        else:
            line.fail("number", f"{order.number} already exists with other values. Edit it instead.")


def _build(work: UnitOfWork, lines: Sequence[Line]) -> list[tuple[Line, WorkOrder]]:
    rows = [(line, NewOrder(**line.values)) for line in lines]
    known = sources.read(work, [new for _, new in rows])
    made = []
    for line, new in rows:
        try:
            made.append((line, orders.build(work, known, new)))
        except DomainError as error:
            blame(line, error)
    return made
