"""Counts the targets of work orders, and announces each warning and each breach once."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from agreements.agreement.models import ALWAYS, Agreement
from agreements.sla import reading, targets
from agreements.sla.clock import OpenHours, around_the_clock, business_hours
from agreements.sla.models import OrderTarget
from agreements.sla.targets import BREACHED, MISSED, WARNING, Progress, Target
from agreements.work import events
from agreements.work.models import OPEN, WorkOrder
from common.organisation.settings import Organisation, to_json
from common.uow import UnitOfWork

SETTINGS = ("sla_targets", "business_hours", "holiday_country", "holiday_subdivision", "own_holidays", "time_zone")
COLUMNS = ("sla_terms", "sla_due_at", "sla_warn_at", "sla_next_at")
"""Written without a new version, because the clock runs on by itself."""


def terms_of(organisation: Organisation, *, always: bool) -> str:
    """Returns a text that changes with the settings that the targets depend on."""
    values = to_json(organisation)
    digest = sha256(orjson.dumps([values[name] for name in SETTINGS])).hexdigest()[:16]
    return f"{digest} {ALWAYS}" if always else digest


def begin(work: UnitOfWork, orders: Sequence[WorkOrder]) -> list[OrderTarget]:
    """Sets the targets of new orders, which are not added yet. Returns the rows to add after them."""
    business, rows = business_hours(work.organisation), []
    agreements = {order.agreement_id for order in orders} - {None}
    around = select(Agreement.id).where(Agreement.id.in_(agreements), Agreement.sla_hours == ALWAYS)
    always_open = set(work.session.scalars(around)) if agreements else set()
    for order in orders:
        order.created_at = order.updated_at = work.now
        always = order.agreement_id in always_open
        new = Progress(order.priority, order.status, work.now, (), None)
        own = [_row(order, target, work.now, always=always) for target in _count(work, new, _hours(business, always))]
        rows += own
        for name, value in _next(work, order, own, always=always).items():
            setattr(order, name, value)
    return rows


def count(work: UnitOfWork, orders: Sequence[WorkOrder]) -> list[OrderTarget]:
    """Counts the targets of locked orders again. Returns those whose warning or breach it announced."""
    if not orders:
        return []
    work.session.flush()
    known: dict[Any, dict[str, OrderTarget]] = {order.id: {} for order in orders}
    for row in work.session.scalars(select(OrderTarget).where(OrderTarget.work_order_id.in_(known))):
        known[row.work_order_id][row.target] = row
    business, announced = business_hours(work.organisation), []
    happened = reading.progress(work, orders)
    for order in orders:
        progress, always = happened[order.id]
        rows = []
        for target in _count(work, progress, _hours(business, always)):
            row = _merged(work, known[order.id].get(target.target), _row(order, target, work.now, always=always))
            # an order of before the upgrade, whose targets may have passed long ago, announces nothing
            if _note(row, target) and order.sla_terms is not None:
                _announce(work, order, row, target)
                announced.append(row)
            rows.append(row)
        _write(work, order, _next(work, order, rows, always=always))
    return announced


def _hours(business: OpenHours, always: bool) -> OpenHours:
    return around_the_clock if always else business


def _count(work: UnitOfWork, progress: Progress, hours: OpenHours) -> list[Target]:
    return targets.of(progress, work.organisation.sla_target(progress.priority), hours, work.now)


def _row(order: WorkOrder, target: Target, now: datetime, *, always: bool) -> OrderTarget:
    return OrderTarget(
        work_order_id=order.id,
        target=target.target,
        minutes=target.minutes,
        always=always,
        used_seconds=target.used.total_seconds(),
        counted_at=now,
        running=target.running,
        due_at=target.due_at,
        warn_at=target.warn_at,
        met_at=target.met_at,
    )


def _merged(work: UnitOfWork, known: OrderTarget | None, counted: OrderTarget) -> OrderTarget:
    """Returns the stored row with what was counted; the counted one, added, if there is none."""
    if known is None:
        work.session.add(counted)
        return counted
    for name in reading.NAMES:
        setattr(known, name, getattr(counted, name))
    return known


def _note(row: OrderTarget, target: Target) -> bool:
    """Writes down that the target is due soon or has passed. Returns whether that is new."""
    if target.state in (BREACHED, MISSED):
        new = row.breached_at is None
        row.breached_at = row.breached_at or target.due_at or row.counted_at
        row.warned_at = row.warned_at or row.breached_at
        return new
    if target.state == WARNING and row.warned_at is None:
        row.warned_at = row.counted_at
        return True
    return False


def _announce(work: UnitOfWork, order: WorkOrder, row: OrderTarget, target: Target) -> None:
    kind = events.TARGET_DUE_SOON if target.state == WARNING else events.TARGET_BREACHED
    values = {name: getattr(row, name) for name in ("target", "minutes", "due_at", "met_at")}
    work.emit(kind, order, work_order_id=order.id, **values)


def _next(work: UnitOfWork, order: WorkOrder, rows: Sequence[OrderTarget], *, always: bool) -> dict[str, Any]:
    """Returns the order's own columns: the earliest instants of its targets that are not met."""
    open_rows = [row for row in rows if row.met_at is None and row.due_at is not None and order.status in OPEN]
    to_warn = [row.warn_at for row in open_rows if row.warned_at is None]
    to_breach = [row.due_at for row in open_rows if row.breached_at is None]
    values = (
        terms_of(work.organisation, always=always),
        min(filter(None, (row.due_at for row in open_rows)), default=None),
        min(filter(None, (row.warn_at for row in open_rows)), default=None),
        min(filter(None, (*to_warn, *to_breach)), default=None),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _write(work: UnitOfWork, order: WorkOrder, values: dict[str, Any]) -> None:
    if all(getattr(order, name) == value for name, value in values.items()):
        return
    statement = update(WorkOrder).where(WorkOrder.id == order.id).values(**values, updated_at=WorkOrder.updated_at)
    work.session.execute(statement.execution_options(synchronize_session=False))
    for name, value in values.items():
        set_committed_value(order, name, value)
