"""Logging many entries at once, with the work orders that they name; each row by the rules of a single one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy import text as text_clause

from agreements.agreement.ledger import text
from agreements.work import events, logging_time, orders, sources
from agreements.work.logging_time import Logged, Logging, NewRow
from agreements.work.models import TimeEntry, WorkOrder
from agreements.work.orders import NewOrder
from agreements.work.queries import visible_entries, visible_orders
from agreements.work.schemas import BULK_ENTRY
from agreements.work.sources import Sources
from agreements.work.spans import Span
from common import imports, planning
from common.csvfiles.reading import ROW
from common.errors import DomainError
from common.planning import Line
from common.tasks.progress import counted
from common.uow import UnitOfWork

ORDER, ORDER_ID, REFERENCE = "work_order", "work_order_id", "external_ref"
LOCK_NUMBERS = text_clause("""
    SELECT pg_advisory_xact_lock(key) FROM (
        SELECT DISTINCT hashtextextended('work order ' || number, 0) AS key
        FROM unnest(CAST(:numbers AS text[])) AS numbers (number) ORDER BY key
    ) AS keys
""")


Loaded = Sequence[tuple["TimeLine", NewRow]]
"""Rows with what they ask for."""


@dataclass(eq=False)
class TimeLine(Line):
    """A row: time on an existing work order, or on one that is made with it. `present` is an entry logged before."""

    new: NewRow | None = None
    """What the row asks for; None if it has errors."""
    span: Span | None = None
    order: WorkOrder | None = None
    logged: Logged | None = None

    @property
    def entry(self) -> TimeEntry | None:
        found: TimeEntry | None = self.logged.entry if self.logged else self.present
        return found


def log(work: UnitOfWork, rows: Sequence[Any], *, dry_run: bool, mode: str) -> dict[str, Any]:
    """Logs rows as the API takes them. Row 1 is the first."""
    lines = []
    for number, row in enumerate(rows, start=1):
        line = TimeLine(number, row if isinstance(row, dict) else {})
        if not isinstance(row, dict):
            line.fail(ROW, "Send an object.")
        lines.append(line)
    return run(work, lines, dry_run=dry_run, mode=mode)


def run(
    work: UnitOfWork,
    lines: Sequence[TimeLine],
    *,
    dry_run: bool,
    mode: str,
    rename: Callable[[TimeLine], None] = lambda line: None,
) -> dict[str, Any]:
    """Returns the report. All rows, or in the mode `good` those without errors, are logged in their order.

    `rename` gives a row's messages the names of a table's columns. A row whose external reference is logged with the
    same time is unchanged, so a repeated import adds nothing.
    """
    with work.session.no_autoflush:
        for line in counted(lines):
            line.new = _read(work, line)
        _find_logged(work, _loaded(lines))
        new = [(line, row) for line, row in _loaded(lines) if line.present is None and not line.errors]
        made = _find_orders(work, new, lock=not dry_run)
        logging = _plan(work, new, lock=not dry_run)
        for line in lines:
            rename(line)
        report = imports.report(lines, dry_run=dry_run, rows=mode)
    if not dry_run:
        _write(work, lines, made, logging)
    return report


def _read(work: UnitOfWork, line: TimeLine) -> NewRow | None:
    """Returns what the row asks for. Returns None and blames the row if it has errors."""
    new: NewRow | None = planning.load(line, BULK_ENTRY)
    try:
        line.span = logging_time.span_of(work, new) if new is not None else None
    except DomainError as error:
        blame(line, error)
        return None
    return new


def _loaded(lines: Iterable[TimeLine]) -> Loaded:
    return [(line, line.new) for line in lines if line.new is not None]


def _find_logged(work: UnitOfWork, rows: Loaded) -> None:
    """Sets `present` of the rows that are logged, or their error if they were logged with other time."""
    references = {new.external_ref for _, new in rows if new.external_ref}
    if not references:
        return
    statement = select(TimeEntry, visible_entries(work)).where(TimeEntry.deleted_at.is_(None))
    known = work.session.execute(statement.where(TimeEntry.external_ref.in_(references))).all()
    found = {entry.external_ref: (entry, visible) for entry, visible in known}
    for line, new in rows:
        entry, visible = found.get(new.external_ref, (None, False))
        if entry is None:
            continue
        same = line.span is not None and (entry.hours, entry.worked_on) == (line.span.hours, line.span.day)
        if visible and same:
            line.present, line.name = entry, entry.work_order_number
        else:
            before = f" with {text(entry.hours)} hours on {entry.worked_on}" if visible else ""
            line.fail(REFERENCE, f'"{entry.external_ref}" is already logged{before}.')


def _find_orders(work: UnitOfWork, rows: Loaded, *, lock: bool) -> list[WorkOrder]:
    """Gives each line its work order, or its error. Returns the work orders that are not added yet."""
    by_id, by_number = _present(work, rows, lock=lock)
    named = [new.work_order for _, new in rows if new.work_order]
    known = sources.read(work, [order for order in named if order.number not in by_number])
    made: dict[str, tuple[TimeLine, NewOrder]] = {}
    for line, new in rows:
        if new.work_order_id is not None:
            line.order = by_id.get(new.work_order_id)
            if line.order is None:
                line.fail(ORDER_ID, "Work order not found.")
        elif new.work_order is not None:
            line.name = new.work_order.number
            if (order := by_number.get(new.work_order.number or "")) is not None:
                _use(line, new.work_order, order, made.get(order.number))
            elif (order := _build(work, known, line, new.work_order)) is not None:
                line.order = by_number[order.number] = order
                made[order.number] = line, new.work_order
        if line.order is not None:
            line.name = line.order.number
    return [by_number[number] for number in made]


def _present(work: UnitOfWork, rows: Loaded, *, lock: bool) -> tuple[dict[UUID, WorkOrder], dict[str, WorkOrder]]:
    """Returns the work orders that the rows name, by id and by number.

    Locks the numbers that do not exist yet, so that of two requests with one new number the second finds the order.
    """
    ids = {new.work_order_id for _, new in rows if new.work_order_id}
    numbers = {new.work_order.number for _, new in rows if new.work_order and new.work_order.number}
    orders = _read_orders(work, or_(WorkOrder.id.in_(ids), WorkOrder.number.in_(numbers)), lock=lock) if rows else []
    missing = numbers - {order.number for order, _ in orders}
    if lock and missing:
        work.session.execute(LOCK_NUMBERS, {"numbers": sorted(missing)})
        orders += _read_orders(work, WorkOrder.number.in_(missing), lock=lock)
    visible = [order for order, may_see in orders if may_see]
    return {order.id: order for order in visible}, {order.number: order for order in visible}


def _read_orders(work: UnitOfWork, wanted: ColumnElement[bool], *, lock: bool) -> list[tuple[WorkOrder, bool]]:
    statement = select(WorkOrder, visible_orders(work)).where(wanted).order_by(WorkOrder.id)
    if lock:
        statement = statement.with_for_update(read=True, key_share=True, of=WorkOrder)
    return [(order, may_see) for order, may_see in work.session.execute(statement)]


def _use(line: TimeLine, given: NewOrder, order: WorkOrder, first: tuple[TimeLine, NewOrder] | None) -> None:
    """Takes an order that exists, or that the row `first` creates; what the row says differently is a warning."""
    if given.client_id != order.client_id:
        line.fail(f"{ORDER}.client_id", f"{order.number} belongs to another client.")
        return
    line.order = order
    if first is None and given.agreement_id not in (None, order.agreement_id):
        line.warn(f"{ORDER}.agreement_id", f"{order.number} has another agreement, which applies to this time.")
    if first is not None:
        creating, values = first
        for name in _differing(given, values):
            message = f"Row {creating.row} creates {order.number} with another value, which stays."
            line.warn(f"{ORDER}.{name}", message)


def _differing(given: NewOrder, first: NewOrder) -> Iterator[str]:
    """Yields the fields that the row has, not left out, with another value than the first row of the order."""
    for field in fields(NewOrder):
        value = getattr(given, field.name)
        if value not in (field.default, getattr(first, field.name)):
            yield field.name


def _build(work: UnitOfWork, known: Sources, line: TimeLine, new: NewOrder) -> WorkOrder | None:
    try:
        return orders.build(work, known, new)
    except DomainError as error:
        blame(line, error, f"{ORDER}.")
        return None


def _plan(work: UnitOfWork, rows: Loaded, *, lock: bool) -> Logging:
    """Splits the rows that have a work order, in their order."""
    planned = [(line, line.order, new) for line, new in rows if line.order is not None]
    logging = Logging(work, [(order, new) for _, order, new in planned], lock=lock)
    for line, order, new in planned:
        try:
            line.logged = logging.plan(order, new)
        except DomainError as error:
            blame(line, error)
    logging.settle()
    for line, _, _ in planned:
        if line.logged is not None and line.logged.warnings:
            line.warnings |= {ROW: line.logged.warnings}
    return logging


def blame(line: Line, error: DomainError, prefix: str = "") -> None:
    """Adds what a use case raised to the row, by field."""
    errors = getattr(error, "errors", None) or {ROW: [error.detail]}
    for name, messages in errors.items():
        for message in messages:
            line.fail(name if name == ROW else f"{prefix}{name}", message)


def _write(work: UnitOfWork, lines: Sequence[TimeLine], made: Sequence[WorkOrder], logging: Logging) -> None:
    used = {line.order.id for line in lines if line.order is not None and line.logged is not None}
    new = [order for order in made if order.id in used]
    orders.add(work, new)
    work.session.flush()
    for order in new:
        work.emit(events.ORDER_CREATED, order)
    logging.write()
    for line in lines:
        line.target = line.entry
