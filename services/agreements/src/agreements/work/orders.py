"""Creating, editing and moving work orders."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select, text

from agreements.access import is_client_user
from agreements.conversation.models import Attachment, Note
from agreements.expense.models import Expense
from agreements.inbound import card
from agreements.inbound.replicas import Client
from agreements.sla import counting
from agreements.work import events, moving, sources, technicians
from agreements.work.models import ASSIGNED, NEW, TimeEntry, WorkOrder
from agreements.work.queries import get_order
from agreements.work.sources import Sources
from common.commands import UNSET, Unset, sent
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.uow import UnitOfWork
from common.writing import add_all

# Digits beyond the six of the format stay; a number that a caller has used is skipped.
NEXT_NUMBERS = text("""
    SELECT number FROM (
        SELECT 'WO-' || CASE WHEN n < 1000000 THEN lpad(CAST(n AS text), 6, '0') ELSE CAST(n AS text) END AS number
        FROM (SELECT nextval('work_order_number') AS n FROM generate_series(1, :count)) AS next
    ) AS made WHERE NOT EXISTS (SELECT FROM work_order WHERE work_order.number = made.number)
""")
STAFF_ONLY = ("number", "agreement_id", "technician_id", "technician_name", "billable", "due_on", "estimated_hours")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewOrder:
    """A work order to create. Without a number it gets the next one; without a subject its number."""

    client_id: UUID | None = None
    number: str | None = None
    contact_id: UUID | None = None
    agreement_id: UUID | None = None
    service_id: UUID | None = None
    subject: str | None = None
    description: str | None = None
    priority: str = "medium"
    technician_id: UUID | None = None
    technician_name: str | None = None
    billable: bool = True
    due_on: date | None = None
    estimated_hours: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderChanges:
    contact_id: UUID | Unset | None = UNSET
    agreement_id: UUID | Unset | None = UNSET
    service_id: UUID | Unset | None = UNSET
    subject: str | Unset = UNSET
    description: str | Unset | None = UNSET
    priority: str | Unset = UNSET
    technician_id: UUID | Unset | None = UNSET
    technician_name: str | Unset | None = UNSET
    billable: bool | Unset = UNSET
    due_on: date | Unset | None = UNSET
    estimated_hours: Decimal | Unset | None = UNSET


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    status: str


def create(work: UnitOfWork, new: NewOrder) -> WorkOrder:
    """Creates a work order. Without a given agreement it has none."""
    if is_client_user(work):
        _refuse_staff_fields(new)
        new = replace(new, client_id=new.client_id or work.actor.client_id)
    order = build(work, sources.read(work, [new]), new)
    add(work, [order])
    work.emit(events.ORDER_CREATED, order)
    return order


def build(work: UnitOfWork, known: Sources, new: NewOrder) -> WorkOrder:
    """Returns the work order, not added yet. Raises Invalid or Conflict for what breaks a rule."""
    client = known.clients.usable(new.client_id)
    if new.number is not None and new.number in known.numbers:
        message = f'A work order "{new.number}" already exists. Choose another number.'
        raise Conflict(message, {"number": [message]})
    order = WorkOrder(id=new_id(), number=new.number, client_id=client.id, subject=new.subject, status=NEW)
    order.tasks_total = order.tasks_done = 0
    order.created_by_name = work.actor.name
    values = {name: getattr(new, name) for name in ("agreement_id", "service_id", "description", "priority")}
    values |= {name: getattr(new, name) for name in ("technician_id", "technician_name", "billable", "due_on")}
    values["estimated_hours"] = new.estimated_hours
    values["contact_id"] = new.contact_id or client.primary_support_contact_id
    _apply(work, known, order, client, values)
    return order


def add(work: UnitOfWork, orders: Sequence[WorkOrder]) -> None:
    """Adds new work orders with their targets, those without a number with the next ones."""
    unnumbered = [order for order in orders if order.number is None]
    for order, number in zip(unnumbered, _next_numbers(work, len(unnumbered)), strict=True):
        order.number = number
        order.subject = order.subject or number
    for order in orders:
        order.subject = order.subject or order.number
    targets = counting.begin(work, orders)
    add_all(work.session, orders)
    work.session.flush()
    work.session.add_all(targets)


def update(work: UnitOfWork, work_order_id: UUID, changes: OrderChanges) -> WorkOrder:
    """Edits a work order. A new agreement applies to time logged from now on."""
    order = get_order(work, work_order_id, lock=True)
    work.check_version(order)
    version, status = order.version, order.status
    values = sent(changes)
    known = sources.read_for(work, order, values)
    _apply(work, known, order, known.clients.clients[order.client_id], values)
    if order.status != status:
        moving.remember(work, order, status)
    if order.version != version or work.session.is_modified(order):
        work.emit(events.ORDER_CHANGED, order)
        if order.status != status or {"priority", "agreement_id"} & values.keys():
            counting.count(work, [order])
    return order


def transition(work: UnitOfWork, work_order_id: UUID, move: Move) -> WorkOrder:
    order = get_order(work, work_order_id, lock=True)
    work.check_version(order)
    moving.move(work, order, move.status)
    return order


def delete(work: UnitOfWork, work_order_id: UUID) -> None:
    """Deletes a work order that never had time, expenses, notes or attachments; deleted time stays in the ledger."""
    order = get_order(work, work_order_id, lock=True)
    work.check_version(order)
    if work.session.scalar(select(exists().where(TimeEntry.work_order_id == order.id))):
        raise Conflict(f"{order.number} has logged time. Close it instead.")
    if work.session.scalar(select(exists().where(Expense.work_order_id == order.id))):
        raise Conflict(f"{order.number} has materials or expenses. Close it instead.")
    written = exists().where(Note.work_order_id == order.id), exists().where(Attachment.work_order_id == order.id)
    if work.session.scalar(select(or_(*written))):
        raise Conflict(f"{order.number} has notes or attachments. Close it instead.")
    work.emit_deleted(events.ORDER_DELETED, order)


def _apply(work: UnitOfWork, known: Sources, order: WorkOrder, client: Client, values: dict[str, Any]) -> None:
    values = technicians.named(work, values)
    if "service_id" in values:
        _set_service(work, known, order, client, values.pop("service_id"))
    if values.get("contact_id") is not None:
        known.check_contact(client, values["contact_id"])
    if values.get("agreement_id") is not None and values["agreement_id"] != order.agreement_id:
        known.check_agreement(client, values["agreement_id"])
    for name, value in values.items():
        setattr(order, name, value)
    if order.status == NEW and order.technician_id is not None:
        order.status = ASSIGNED


def _set_service(work: UnitOfWork, known: Sources, order: WorkOrder, client: Client, identifier: UUID | None) -> None:
    row = card.included(work, client, identifier, known.cards.get((client.id, identifier))) if identifier else None
    order.client_service_id = row.id if row else None
    order.service_id = row.service_id if row else None
    order.service_name = row.name if row else None


def _refuse_staff_fields(new: NewOrder) -> None:
    errors = {
        name: ["Only staff can set this. Leave it out."]
        for name in STAFF_ONLY
        if getattr(new, name) not in (None, True)
    }
    if errors:
        raise Invalid(errors)


def _next_numbers(work: UnitOfWork, count: int) -> list[str]:
    """Returns the next numbers that no caller has used for their own work orders."""
    numbers: list[str] = []
    while len(numbers) < count:
        numbers += work.session.scalars(NEXT_NUMBERS, {"count": count - len(numbers)})
    return numbers
