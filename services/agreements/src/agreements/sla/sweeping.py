"""The job that announces due targets, and counts orders again whose settings have changed."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, exists, or_, select

from agreements.agreement.models import ALWAYS, Agreement
from agreements.sla import counting
from agreements.work.models import OPEN, WorkOrder
from common.app import Tick
from common.roles import MANAGERS
from common.tasks.declaring import Task
from common.tasks.execution import Execution
from common.uow import UnitOfWork

PORTION = 200
COUNTS = ("counted", "warned", "breached")


def _run(execution: Execution) -> dict[str, int]:
    totals = dict.fromkeys(COUNTS, 0)
    while part := execution.transact(partial(_portion, execution)):
        for name, number in part.items():
            totals[name] += number
    return totals


def _portion(execution: Execution, work: UnitOfWork) -> dict[str, int] | None:
    ids = list(work.session.scalars(_due(work).limit(PORTION)))
    if not ids:
        return None
    execution.advance(work, len(ids))
    return sweep(work, ids)


def sweep(work: UnitOfWork, ids: list[UUID]) -> dict[str, int]:
    """Counts these orders again. Returns how many orders, warnings and breaches there were."""
    locked = select(WorkOrder).where(WorkOrder.id.in_(ids)).order_by(WorkOrder.id).with_for_update()
    orders = list(work.session.scalars(locked))
    announced = counting.count(work, orders)
    breached = sum(row.breached_at is not None for row in announced)
    return dict(zip(COUNTS, (len(orders), len(announced) - breached, breached), strict=True))


def _due(work: UnitOfWork) -> Any:
    """Returns the ids of orders with something to announce, and of open ones that were counted by other settings."""
    own, always = (counting.terms_of(work.organisation, always=one) for one in (False, True))
    wanted = case((Agreement.sla_hours == ALWAYS, always), else_=own)
    changed = and_(WorkOrder.status.in_(OPEN), WorkOrder.sla_terms != wanted)
    statement = select(WorkOrder.id).outerjoin(Agreement, Agreement.id == WorkOrder.agreement_id)
    return statement.where(or_(WorkOrder.sla_next_at < work.now, WorkOrder.sla_terms.is_(None), changed))


SLA_SWEEP = Task(
    name="sla_targets",
    title="Response and resolution targets",
    run=_run,
    roles=MANAGERS,
    kept=timedelta(days=7),
)


def _what_is_due(work: UnitOfWork) -> dict[str, Any] | None:
    return {} if work.session.scalar(select(exists(_due(work)))) else None


SLA_TICK = Tick(SLA_SWEEP, timedelta(minutes=1), _what_is_due)
