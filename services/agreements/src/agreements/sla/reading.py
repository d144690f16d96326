"""Reads the targets of work orders, and what the clock needs to know to count them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, text, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql.selectable import LateralFromClause

from agreements.agreement.models import ALWAYS, Agreement
from agreements.conversation.models import Note, StatusChange
from agreements.sla.clock import OpenHours, around_the_clock
from agreements.sla.models import OrderTarget
from agreements.sla.targets import Change, Progress, Target
from agreements.work.models import WorkOrder
from common.uow import UnitOfWork

NAMES = ("target", "minutes", "always", "used_seconds", "counted_at", "running", "due_at", "warn_at", "met_at")


def stored() -> LateralFromClause:
    """Returns a query joined to each work order: its counted targets as `targets`, the response first."""
    values = func.jsonb_build_array(*(getattr(OrderTarget, name) for name in NAMES))
    listed = func.jsonb_agg(aggregate_order_by(values, OrderTarget.target.desc()))
    statement = select(func.coalesce(listed, text("'[]'::jsonb")).label("targets"))
    return statement.where(OrderTarget.work_order_id == WorkOrder.id).lateral("targets")


def as_of(rows: Sequence[Sequence[Any]], business: OpenHours, now: datetime) -> list[Target]:
    """Returns the targets of `stored` as of now."""
    found = []
    for target, minutes, always, used, counted_at, running, *instants in rows:
        due_at, warn_at, met_at = (at and datetime.fromisoformat(at) for at in instants)
        at, clock = datetime.fromisoformat(counted_at), timedelta(seconds=used)
        counted = Target(target, minutes, at, clock, running, due_at, warn_at, met_at)
        found.append(counted.later(around_the_clock if always else business, now))
    return found


def progress(work: UnitOfWork, orders: Collection[WorkOrder]) -> dict[UUID, tuple[Progress, bool]]:
    """Returns what happened to each order, and whether all hours count for it."""
    rows = {row.id: row for row in work.session.execute(_happened([order.id for order in orders]))}
    return {order.id: (_progress(order, rows[order.id]), rows[order.id].sla_hours == ALWAYS) for order in orders}


def _progress(order: WorkOrder, row: Any) -> Progress:
    changes = [Change(before, after, datetime.fromisoformat(at), client) for before, after, at, client in row.changes]
    return Progress(order.priority, order.status, order.created_at, changes, row.replied_at)


def _happened(ids: Collection[UUID]) -> Select[Any]:
    change = func.jsonb_build_array(
        StatusChange.from_status, StatusChange.to_status, StatusChange.at, StatusChange.by_client
    )
    listed = func.jsonb_agg(aggregate_order_by(change, StatusChange.at, StatusChange.id))
    changes = (
        select(func.coalesce(listed, text("'[]'::jsonb")).label("changes"))
        .where(StatusChange.work_order_id == WorkOrder.id)
        .lateral("status_changes")
    )
    replies = (Note.work_order_id == WorkOrder.id, Note.visible.is_(True), Note.by_client.is_(False))
    reply = select(func.min(Note.created_at).label("replied_at")).where(*replies).lateral("reply")
    return (
        select(WorkOrder.id, changes.c.changes, reply.c.replied_at, Agreement.sla_hours)
        .outerjoin(Agreement, Agreement.id == WorkOrder.agreement_id)
        .join(changes, true())
        .join(reply, true())
        .where(WorkOrder.id.in_(ids))
    )
