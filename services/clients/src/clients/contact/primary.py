"""The primary support contact: one per client, changed under the client's lock."""

from uuid import UUID

from sqlalchemy import select

from clients.client.models import Client
from clients.contact import events
from clients.contact.models import ACTIVE, Contact
from common.errors import Invalid
from common.uow import UnitOfWork

FIELD = "primary_support_contact_id"


def choose(work: UnitOfWork, client: Client, contact_id: UUID | None) -> bool:
    """Makes an active contact of the locked client its primary contact; returns False if it is already."""
    if contact_id is None:
        if client.primary_support_contact is None:
            return False
        raise Invalid({FIELD: ["Every client with contacts needs a primary contact. Choose another contact instead."]})
    contact = work.session.scalar(select(Contact).where(Contact.id == contact_id, Contact.client_id == client.id))
    if contact is None:
        raise Invalid({FIELD: ["Contact not found for this client."]})
    if contact.status != ACTIVE:
        raise Invalid({FIELD: [f'"{contact.name}" is archived. Choose an active contact.']})
    if contact.is_primary_support:
        return False
    move(work, client, contact)
    return True


def move(work: UnitOfWork, client: Client, contact: Contact | None) -> None:
    """Moves the primary role from its current holder to `contact`. The caller holds the client's lock."""
    former = current(work, client)
    if former is not None:
        former.is_primary_support = False
        work.session.flush()  # before the role is set again, because of the unique index
        if former.status == ACTIVE:
            work.emit(events.CHANGED, former)
    if contact is not None:
        contact.is_primary_support = True
        work.session.add(contact)
        work.session.flush()
        work.emit(events.CHANGED, contact)
    work.session.expire(client, ["primary_support_contact"])


def current(work: UnitOfWork, client: Client) -> Contact | None:
    return work.session.scalar(
        select(Contact).where(Contact.client_id == client.id, Contact.is_primary_support),
        execution_options={"populate_existing": True},
    )


def next_in_line(work: UnitOfWork, client: Client, leaving: Contact) -> Contact | None:
    """Returns the oldest of the other active contacts."""
    others = select(Contact).where(Contact.client_id == client.id, Contact.status == ACTIVE, Contact.id != leaving.id)
    return work.session.scalar(others.order_by(Contact.created_at, Contact.id).limit(1))
