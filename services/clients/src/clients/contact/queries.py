"""Reads contacts of one client or of all clients the actor may see."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from clients import searching
from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.client.queries import visible
from clients.contact import events
from clients.contact.models import ACTIVE, Contact
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.searching import plan_each_anew
from common.uow import UnitOfWork

SORTS = {"name": func.lower(Contact.name), "created_at": Contact.created_at}


def get(work: UnitOfWork, client_id: UUID, contact_id: UUID, *, lock: bool = False) -> Contact:
    """Returns a contact of the client or raises NotFound. The caller has checked that the actor may see the client."""
    statement = select(Contact).where(Contact.id == contact_id, Contact.client_id == client_id)
    contact = work.session.scalar(statement.with_for_update() if lock else statement)
    if contact is None:
        raise NotFound("Contact not found.")
    return contact


def page_of_contacts(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    """Returns a page of the client's contacts. Without a filter on the status, only active contacts."""
    client = get_client(work, client_id)
    result = _page(work, select(Contact), Contact.client_id == client.id, page, SORTS)
    for contact in result["items"]:
        set_committed_value(contact, "client", client)
    return result


def page_of_all(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns a page of the contacts of all clients the actor may see."""
    statement = select(Contact).join(Client, Client.id == Contact.client_id)
    statement = statement.options(joinedload(Contact.client, innerjoin=True))
    where = visible(work.actor, Contact.client_id)
    return _page(work, statement, where, page, SORTS | {"client_name": Client.name_key})


def _page(
    work: UnitOfWork, statement: Select[Any], where: ColumnElement[bool], page: Page, sorts: dict[str, Any]
) -> dict[str, Any]:
    filters = {"status": ACTIVE, **page.filters}
    conditions = [where, *(getattr(Contact, name) == value for name, value in filters.items())]
    if page.q:
        plan_each_anew(work.session)
        conditions.append(searching.matching(page.q, searching.occurs(Contact.search_text)))
    # The count needs no join: every contact has a client.
    counted = select(Contact.id).where(*conditions)
    statement = statement.where(*conditions)
    return paginate(work.session, statement, page, sorts=sorts, default="name", key=Contact.id, counted=counted)


def one(work: UnitOfWork, client_id: UUID, contact_id: UUID) -> Contact:
    get_client(work, client_id)
    return get(work, client_id, contact_id)


def republish(work: UnitOfWork) -> Iterator[None]:
    for portion in keyset(work.session, select(Contact), Contact.id):
        for contact in portion:
            work.emit(events.CHANGED if contact.status == ACTIVE else events.ARCHIVED, contact)
        yield
