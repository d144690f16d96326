"""The job that creates the work orders of each due day, once, also after days without a worker."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from agreements.agreement import renewal
from agreements.agreement.models import RENEWED, Agreement
from agreements.order_template import using
from agreements.order_template.models import OrderTemplate
from agreements.order_template.using import OrderFromTemplate
from agreements.recurring import calendar, events
from agreements.recurring.models import LATEST_MISSED, RecurringOrder, RecurringRun
from agreements.recurring.queries import get
from common.app import Tick
from common.commands import UNSET
from common.errors import DomainError
from common.jobs import job, outcome
from common.roles import MANAGERS
from common.tasks.execution import Execution
from common.uow import UnitOfWork

MOST_AT_ONCE = 100
"""Orders of one recurrence in one run; the next run goes on."""


@dataclass(frozen=True)
class Due:
    """A day whose order is to be created, and the number of its occurrence."""

    number: int
    day: date


def due_days(recurring: RecurringOrder, as_of: date) -> list[Due]:
    """Returns the days until `as_of` that have no order yet; only the last one if missed days are left out."""
    if recurring.paused or recurring.next_on is None:
        return []
    last = as_of if recurring.ends_on is None else min(as_of, recurring.ends_on)
    days = calendar.occurrences(recurring.starts_on, recurring.every, recurring.unit, recurring.next_number, last)
    due = [Due(number, day) for number, day in days]
    return due[-1:] if recurring.catch_up == LATEST_MISSED else due[:MOST_AT_ONCE]


def _run(execution: Execution, as_of: date, dry_run: bool) -> None:
    for recurring_id in execution.transact(partial(_begin, execution, as_of, dry_run)):
        execution.transact(partial(_one, execution, recurring_id, as_of, dry_run))


def _begin(execution: Execution, as_of: date, dry_run: bool, work: UnitOfWork) -> list[UUID]:
    ids = list(work.session.scalars(_due(as_of)))
    execution.expect(work, len(ids), afresh=dry_run)
    return ids


def _one(execution: Execution, recurring_id: UUID, as_of: date, dry_run: bool, work: UnitOfWork) -> None:
    recurring = get(work, recurring_id, lock=not dry_run)
    due = due_days(recurring, as_of)
    if dry_run:
        detail = {"orders": [{"recurring_id": str(recurring.id), "day": one.day.isoformat()} for one in due]}
        execution.advance(work, 1, outcome({"orders": len(due)}, detail))
        return
    execution.advance(work, 1, outcome(_perform(work, recurring, due)))


def _perform(work: UnitOfWork, recurring: RecurringOrder, due: list[Due]) -> dict[str, int]:
    """Creates the orders. Stops at the first that a rule refuses, and keeps the reason until it can be created."""
    template = work.session.get_one(OrderTemplate, recurring.template_id)
    created = 0
    problem: str | None = None
    for one in due:
        try:
            with work.session.begin_nested():
                created += _create(work, recurring, template, one.day)
        except DomainError as error:
            problem = _reason(error)
            break
        recurring.go_to(one.number + 1)
    recurring.problem = problem
    if work.session.is_modified(recurring):
        work.emit(events.CHANGED, recurring)
    return {"orders": created, "failed": int(problem is not None)}


def _create(work: UnitOfWork, recurring: RecurringOrder, template: OrderTemplate, day: date) -> int:
    """Creates the day's order unless there was one. Returns the number of orders created."""
    run = insert(RecurringRun).values(recurring_id=recurring.id, day=day).on_conflict_do_nothing()
    if work.session.execute(run.returning(RecurringRun.day)).scalar() is None:
        return 0
    due_on = None if recurring.due_in_days is None else day + timedelta(days=recurring.due_in_days)
    wanted = OrderFromTemplate(
        client_id=recurring.client_id,
        agreement_id=_agreement_in_force(work, recurring),
        subject=recurring.subject or UNSET,
        technician_id=recurring.technician_id,
        technician_name=recurring.technician_name,
        billable=recurring.billable,
        due_on=due_on,
    )
    order = using.create(work, template, wanted)
    work.session.get_one(RecurringRun, (recurring.id, day)).work_order_id = order.id
    return 1


def _agreement_in_force(work: UnitOfWork, recurring: RecurringOrder) -> UUID | None:
    """Returns the agreement, or the term that renewed it, which the recurrence keeps."""
    agreement = work.session.get(Agreement, recurring.agreement_id) if recurring.agreement_id else None
    while agreement is not None and agreement.status == RENEWED:
        following = renewal.next_term(work, agreement)
        if following is None:
            break
        agreement = following
        recurring.agreement_id = agreement.id
    return recurring.agreement_id


def _reason(error: DomainError) -> str:
    errors = getattr(error, "errors", None) or {}
    return " ".join(message for messages in errors.values() for message in messages) or error.detail


def _due(as_of: date) -> Any:
    statement = select(RecurringOrder.id).where(~RecurringOrder.paused, RecurringOrder.next_on <= as_of)
    return statement.order_by(RecurringOrder.next_on, RecurringOrder.id)


RECURRING_ORDERS = job("recurring_orders", "Recurring work orders", MANAGERS, _run, ("orders", "failed"))


def _what_is_due(work: UnitOfWork) -> dict[str, Any] | None:
    due = work.session.scalar(select(exists(_due(work.today).order_by(None))))
    return {"as_of": work.today, "dry_run": False} if due else None


RECURRING_TICK = Tick(RECURRING_ORDERS, timedelta(minutes=15), _what_is_due)
