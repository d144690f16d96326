"""Creating, editing and moving work orders."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from agreements.access import is_client_user, of_own_clients
from agreements.agreement.models import ACTIVE, Agreement
from agreements.inbound import card
from agreements.inbound.replicas import Client, ClientService, Contact
from agreements.merging import refuse_merged
from agreements.work import events, technicians
from agreements.work.models import ASSIGNED, NEW, NUMBER, TimeEntry, WorkOrder
from agreements.work.visibility import of_work_orders
from common.errors import Conflict, Invalid, NotFound
from common.ids import new_id
from common.replicas import find
from common.uow import UnitOfWork

STAFF_ONLY = ("number", "agreement_id", "technician_id", "technician_name", "billable")


def create(
    work: UnitOfWork,
    *,
    client_id: UUID | None = None,
    number: str | None = None,
    subject: str | None = None,
    **values: Any,
) -> WorkOrder:
    """Creates a work order. Without a given agreement it has none."""
    if is_client_user(work):
        _refuse_staff_fields(number, values)
        client_id = client_id or work.actor.client_id
    client = _client(work, client_id)
    number = _taken(work, number) if number else _next_number(work)
    order = WorkOrder(id=new_id(), number=number, client_id=client.id, subject=subject or number, status=NEW)
    order.created_by_name = work.actor.name
    if values.get("contact_id") is None:
        values["contact_id"] = client.primary_support_contact_id
    _apply(work, order, client, values)
    work.session.add(order)
    work.emit(events.ORDER_CREATED, order)
    return order


def update(work: UnitOfWork, work_order_id: UUID, **changes: Any) -> WorkOrder:
    """Edits a work order. A new agreement applies to time logged from now on."""
    order = get(work, work_order_id, lock=True)
    work.check_version(order)
    version = order.version
    _apply(work, order, work.session.get_one(Client, order.client_id), changes)
    if order.version != version or work.session.is_modified(order):
        work.emit(events.ORDER_CHANGED, order)
    return order


def transition(work: UnitOfWork, work_order_id: UUID, *, status: str) -> WorkOrder:
    order = get(work, work_order_id, lock=True)
    work.check_version(order)
    order.move(status, work.now)
    work.emit(events.ORDER_MOVED, order)
    return order


def delete(work: UnitOfWork, work_order_id: UUID) -> None:
    """Deletes a work order that never had time; deleted time is still in the ledger."""
    order = get(work, work_order_id, lock=True)
    work.check_version(order)
    if work.session.scalar(select(exists().where(TimeEntry.work_order_id == order.id))):
        raise Conflict(f"{order.number} has logged time. Close it instead.")
    work.emit_deleted(events.ORDER_DELETED, order)


def get(work: UnitOfWork, work_order_id: UUID, *, lock: bool = False, keep: bool = False) -> WorkOrder:
    """Returns the work order if the actor may see it; `lock` to change it, `keep` to add time."""
    statement = select(WorkOrder).where(WorkOrder.id == work_order_id, of_work_orders(work))
    if lock or keep:
        statement = statement.with_for_update(read=keep, key_share=keep)
    order = work.session.scalar(statement)
    if order is None:
        raise NotFound("Work order not found.")
    return order


def find_service(work: UnitOfWork, client: Client, identifier: UUID) -> ClientService:
    """Returns the client's row for a client service id or catalog service id. Raises Invalid for `service_id`."""
    row = card.find_rows(work, client.id, [identifier]).get(identifier)
    if row is None:
        raise Invalid({"service_id": [card.why_not(work, client, identifier)]})
    if not row.included:
        raise Invalid({"service_id": [f'"{row.name}" is not included in the rate card of {client.name}.']})
    return row


def _apply(work: UnitOfWork, order: WorkOrder, client: Client, values: dict[str, Any]) -> None:
    values = technicians.named(work, values)
    if "service_id" in values:
        _set_service(work, order, client, values.pop("service_id"))
    if values.get("contact_id") is not None:
        _check_contact(work, client, values["contact_id"])
    if values.get("agreement_id") is not None and values["agreement_id"] != order.agreement_id:
        _check_agreement(work, client, values["agreement_id"])
    for name, value in values.items():
        setattr(order, name, value)
    if order.status == NEW and order.technician_id is not None:
        order.status = ASSIGNED


def _set_service(work: UnitOfWork, order: WorkOrder, client: Client, identifier: UUID | None) -> None:
    row = find_service(work, client, identifier) if identifier else None
    order.client_service_id = row.id if row else None
    order.service_id = row.service_id if row else None
    order.service_name = row.name if row else None


def _client(work: UnitOfWork, client_id: UUID | None) -> Client:
    client: Client | None = find(work, Client, client_id) if client_id else None
    known = select(Client.id).where(Client.id == client_id, of_own_clients(work, Client.id))
    if client is None or work.session.scalar(known) is None:
        raise Invalid({"client_id": ["Client not found."]})
    refuse_merged(work, client)
    if client.status == "archived":
        raise Invalid({"client_id": [f'"{client.name}" is archived. Restore it first.']})
    return client


def _check_contact(work: UnitOfWork, client: Client, contact_id: UUID) -> None:
    if contact_id == client.primary_support_contact_id:
        return
    contact: Contact | None = find(work, Contact, contact_id)
    if contact is None or contact.removed or contact.client_id != client.id:
        raise Invalid({"contact_id": [f"Contact not found for {client.name}."]})


def _check_agreement(work: UnitOfWork, client: Client, agreement_id: UUID) -> None:
    agreement = work.session.get(Agreement, agreement_id)
    if agreement is None or agreement.client_id != client.id:
        raise Invalid({"agreement_id": [f"Agreement not found for {client.name}."]})
    if agreement.status != ACTIVE:
        message = f"{agreement.number} is {agreement.status}. Choose an active agreement."
        raise Invalid({"agreement_id": [message]})


def _refuse_staff_fields(number: str | None, values: dict[str, Any]) -> None:
    given = {**values, "number": number}
    errors = {
        name: ["Only staff can set this. Leave it out."] for name in STAFF_ONLY if given.get(name) not in (None, True)
    }
    if errors:
        raise Invalid(errors)


def _taken(work: UnitOfWork, number: str) -> str:
    if work.session.scalar(select(exists().where(WorkOrder.number == number))):
        message = f'A work order "{number}" already exists. Choose another number.'
        raise Conflict(message, {"number": [message]})
    return number


def _next_number(work: UnitOfWork) -> str:
    """Returns the next number that no caller has used for their own work order."""
    while True:
        number = f"WO-{work.session.scalar(select(NUMBER.next_value())):06d}"
        if not work.session.scalar(select(exists().where(WorkOrder.number == number))):
            return number
