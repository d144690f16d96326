"""Creating, changing, pausing and deleting recurring work orders."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements import known_clients
from agreements.agreement.models import Agreement
from agreements.order_template.models import OrderTemplate
from agreements.recurring import events
from agreements.recurring.models import ALL_MISSED, RecurringOrder
from agreements.recurring.queries import get
from agreements.work import technicians
from common.commands import UNSET, Unset, sent
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.uow import UnitOfWork

CALENDAR = {"starts_on", "ends_on", "every", "unit"}


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRecurring:
    client_id: UUID
    template_id: UUID
    agreement_id: UUID | None = None
    subject: str | None = None
    technician_id: UUID | None = None
    billable: bool = True
    starts_on: date
    ends_on: date | None = None
    every: int
    unit: str
    due_in_days: int | None = None
    catch_up: str = ALL_MISSED


@dataclass(frozen=True, kw_only=True, slots=True)
class RecurringChanges:
    template_id: UUID | Unset = UNSET
    agreement_id: UUID | Unset | None = UNSET
    subject: str | Unset | None = UNSET
    technician_id: UUID | Unset | None = UNSET
    billable: bool | Unset = UNSET
    starts_on: date | Unset = UNSET
    ends_on: date | Unset | None = UNSET
    every: int | Unset = UNSET
    unit: str | Unset = UNSET
    due_in_days: int | Unset | None = UNSET
    catch_up: str | Unset = UNSET


def create(work: UnitOfWork, new: NewRecurring) -> RecurringOrder:
    """Creates orders from `starts_on` on, but not for days before today."""
    client = known_clients.read(work, [new.client_id]).usable(new.client_id)
    recurring = RecurringOrder(id=new_id(), client_id=client.id, paused=False)
    _apply(work, recurring, sent(new, "client_id"))
    work.session.add(recurring)
    work.emit(events.CHANGED, recurring)
    return recurring


def update(work: UnitOfWork, recurring_id: UUID, changes: RecurringChanges) -> RecurringOrder:
    """Changes what is created from now on. Orders that were created stay as they are."""
    recurring = get(work, recurring_id, lock=True)
    work.check_version(recurring)
    _apply(work, recurring, sent(changes))
    return _announce(work, recurring)


def pause(work: UnitOfWork, recurring_id: UUID) -> RecurringOrder:
    recurring = get(work, recurring_id, lock=True)
    work.check_version(recurring)
    if recurring.paused:
        raise Conflict("This recurring work order is already paused.")
    recurring.paused = True
    return _announce(work, recurring)


def resume(work: UnitOfWork, recurring_id: UUID) -> RecurringOrder:
    """Creates orders again from today on; the days of the pause are left out."""
    recurring = get(work, recurring_id, lock=True)
    work.check_version(recurring)
    if not recurring.paused:
        raise Conflict("This recurring work order is not paused.")
    recurring.paused = False
    recurring.start_from(work.today)
    return _announce(work, recurring)


def delete(work: UnitOfWork, recurring_id: UUID) -> None:
    """Deletes the recurrence. The orders that it created stay."""
    recurring = get(work, recurring_id, lock=True)
    work.check_version(recurring)
    work.emit_deleted(events.DELETED, recurring)


def _announce(work: UnitOfWork, recurring: RecurringOrder) -> RecurringOrder:
    if work.session.is_modified(recurring):
        work.emit(events.CHANGED, recurring)
    return recurring


def _apply(work: UnitOfWork, recurring: RecurringOrder, values: dict[str, Any]) -> None:
    with work.session.no_autoflush:  # one change is one version
        _check(work, recurring, values)
        before = {name: getattr(recurring, name) for name in CALENDAR}
        for name, value in technicians.named(work, values).items():
            setattr(recurring, name, value)
        if recurring.ends_on is not None and recurring.ends_on < recurring.starts_on:
            raise Invalid({"ends_on": [f"Must not be before {recurring.starts_on}."]})
        if any(getattr(recurring, name) != value for name, value in before.items()):
            recurring.start_from(work.today)


def _check(work: UnitOfWork, recurring: RecurringOrder, values: dict[str, Any]) -> None:
    template_id = values.get("template_id")
    if template_id is not None:
        # locked, so that it is not deleted meanwhile
        statement = select(OrderTemplate.id).where(OrderTemplate.id == template_id)
        if work.session.scalar(statement.with_for_update(read=True, key_share=True)) is None:
            raise Invalid({"template_id": ["Work order template not found."]})
    agreement_id = values.get("agreement_id")
    if agreement_id is not None and agreement_id != recurring.agreement_id:
        agreement = work.session.get(Agreement, agreement_id)
        if agreement is None or agreement.client_id != recurring.client_id:
            raise Invalid({"agreement_id": ["Agreement not found for this client."]})
        if not agreement.takes_work:
            raise Invalid({"agreement_id": [f"{agreement.number} is {agreement.status}. Choose an active agreement."]})
