"""Reading contacts."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm.attributes import set_committed_value

from clients.client.queries import get as get_client
from clients.client.visibility import sees_internals
from clients.contact import editing, events
from clients.contact.models import ACTIVE, Contact
from common.http.pagination import Page, paginate
from common.uow import UnitOfWork

SORTS = {"name": func.lower(Contact.name), "created_at": Contact.created_at}
PORTION = 500


def page_of_contacts(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    """Active ones, unless another status is asked for."""
    get_client(work, client_id)
    statement = select(Contact).where(Contact.client_id == client_id)
    for name, value in {"status": ACTIVE, **page.filters}.items():
        statement = statement.where(getattr(Contact, name) == value)
    if page.q:
        wanted = [column.icontains(page.q, autoescape=True) for column in (Contact.name, Contact.email, Contact.phone)]
        statement = statement.where(or_(*wanted))
    found = paginate(work.session, statement, page, sorts=SORTS, default="name", key=Contact.id)
    for contact in found["items"]:
        for_reader(work, contact)
    return found


def one(work: UnitOfWork, client_id: UUID, contact_id: UUID) -> Contact:
    get_client(work, client_id)
    return for_reader(work, editing.get(work, client_id, contact_id))


def for_reader(work: UnitOfWork, contact: Contact) -> Contact:
    if not sees_internals(work.actor):
        set_committed_value(contact, "notes", None)
    return contact


def republish(work: UnitOfWork) -> Iterator[None]:
    last: UUID | None = None
    while True:
        statement = select(Contact).order_by(Contact.id).limit(PORTION)
        portion = work.session.scalars(statement.where(Contact.id > last) if last else statement).all()
        for contact in portion:
            work.emit(events.CHANGED if contact.status == ACTIVE else events.REMOVED, contact)
        yield
        if len(portion) < PORTION:
            return
        last = portion[-1].id
