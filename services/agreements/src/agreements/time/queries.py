"""Reading timers: everybody sees only their own, on work orders that they see."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from agreements.access import user_id
from agreements.inbound.replicas import Client
from agreements.time.models import Timer
from agreements.work.models import WorkOrder
from agreements.work.queries import visible_orders
from common.clock import date_in
from common.errors import NotFound
from common.uow import UnitOfWork

ORDER = ("client_id", "agreement_id", "client_service_id", "billable")
"""What the time dialog needs of the work order."""


def own(work: UnitOfWork) -> ColumnElement[bool]:
    return Timer.user_id == user_id(work)


def get(work: UnitOfWork, timer_id: UUID, *, lock: bool = False) -> Timer:
    statement = select(Timer).where(Timer.id == timer_id, own(work))
    timer = work.session.scalar(statement.with_for_update() if lock else statement)
    if timer is None:
        raise NotFound("Timer not found. It may have been stopped on another device.")
    return timer


def mine(work: UnitOfWork, *timer_ids: UUID) -> list[dict[str, Any]]:
    """Returns the actor's timers with their work orders, running ones first, in one query."""
    statement = (
        select(Timer, WorkOrder, Client.name)
        .join(WorkOrder, WorkOrder.id == Timer.work_order_id)
        .outerjoin(Client, Client.id == WorkOrder.client_id)
        .where(own(work), visible_orders(work))
        .order_by(Timer.running_since.is_(None), Timer.id)
    )
    if timer_ids:
        statement = statement.where(Timer.id.in_(timer_ids))
    return [_shown(work, *row) for row in work.session.execute(statement)]


def shown(work: UnitOfWork, timer: Timer) -> dict[str, Any]:
    work.flush()
    (row,) = mine(work, timer.id)
    return row


def _shown(work: UnitOfWork, timer: Timer, order: WorkOrder, client_name: str | None) -> dict[str, Any]:
    return {
        **{name: getattr(timer, name) for name in ("id", "work_order_id", "note", "started_at", "running", "version")},
        **{name: getattr(order, name) for name in ORDER},
        "work_order_number": order.number,
        "work_order_subject": order.subject,
        "client_name": client_name,
        "seconds": timer.elapsed(work.now),
        "hours": timer.hours(work.now),
        "worked_on": date_in(work.organisation.time_zone, timer.started_at),
    }
