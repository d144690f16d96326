"""Checks references to contacts."""

from uuid import UUID

from sqlalchemy import select

from clients.contact.models import ACTIVE, Contact
from common.errors import Invalid
from common.uow import UnitOfWork


def check(work: UnitOfWork, client_id: UUID, contact_id: UUID | None, field: str = "contact_id") -> None:
    """Raises Invalid for `field` if the contact is archived or belongs to another client."""
    with work.session.no_autoflush:
        contact = work.session.scalar(select(Contact).where(Contact.id == contact_id, Contact.client_id == client_id))
    if contact is None:
        raise Invalid({field: ["Contact not found for this client."]})
    if contact.status != ACTIVE:
        raise Invalid({field: [f'"{contact.name}" is archived. Choose an active contact.']})
