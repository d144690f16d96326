"""Reading clients: one, and pages of those the asker may see."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text, union
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from clients.client import events
from clients.client.models import Client
from clients.client.visibility import sees_internals, sees_money, visible
from clients.contact.models import ACTIVE, Contact
from common.errors import NotFound
from common.http.pagination import Page, paginate
from common.uow import UnitOfWork

SORTS = {
    "name": Client.name_key,
    "created_at": Client.created_at,
    "updated_at": Client.updated_at,
    "status": Client.status,
}
PORTION = 500


def get(work: UnitOfWork, client_id: UUID, *, lock: bool = False) -> Client:
    """The client, or NotFound; `lock` makes other writers of the same client wait until this transaction ends."""
    statement = select(Client).where(Client.id == client_id, visible(work.actor, Client.id))
    if lock:
        # NO KEY UPDATE: rows that refer to the client may still be added by the catalog's events.
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    client = work.session.scalar(statement)
    if client is None:
        raise NotFound("There is no such client.")
    return client


def for_reader(work: UnitOfWork, client: Client) -> Client:
    """The client without what the asker is not to read."""
    if not sees_internals(work.actor):
        set_committed_value(client, "notes", None)
    if not sees_money(work.actor):
        set_committed_value(client, "hourly_rate", None)
    return client


def page_of_clients(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = (
        select(Client).where(visible(work.actor, Client.id)).options(selectinload(Client.primary_support_contact))
    )
    for name, value in page.filters.items():
        statement = statement.where(getattr(Client, name) == value)
    if page.q:
        # A plan made once for every q does not know that this one is rare, and reads whole tables.
        work.session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        statement = statement.where(Client.id.in_(_matching(page.q)))
    found = paginate(work.session, statement, page, sorts=SORTS, default="name", key=Client.id)
    for client in found["items"]:
        for_reader(work, client)
    return found


def _matching(q: str) -> Select[Any]:
    """Ids by name, billing address or a contact. A union, since each part then uses its own index."""
    of_client = [select(Client.id).where(c.icontains(q, autoescape=True)) for c in (Client.name, Client.billing_email)]
    of_contact = [
        select(Contact.client_id).where(Contact.status == ACTIVE, column.icontains(q, autoescape=True))
        for column in (Contact.name, Contact.email)
    ]
    return select(union(*of_client, *of_contact).subquery().c[0])


def republish(work: UnitOfWork) -> Iterator[None]:
    """Says everything again, a portion at a time, for replicas that were lost."""
    last: UUID | None = None
    while True:
        statement = select(Client).options(selectinload(Client.primary_support_contact)).order_by(Client.id)
        statement = statement.where(Client.id > last) if last else statement
        portion = work.session.scalars(statement.limit(PORTION)).all()
        for client in portion:
            work.emit(events.CHANGED, client)
        yield
        if len(portion) < PORTION:
            return
        last = portion[-1].id
