"""Reads the clients that the actor may see."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from clients.client import events, filtering, search
from clients.client.models import Client
from clients.technician.models import ClientTechnician
from common import searching
from common.context import Actor
from common.errors import Conflict, NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.roles import CLIENT_USERS, TECHNICIAN
from common.uow import UnitOfWork

SORTS = {
    "name": Client.name_key,
    "created_at": Client.created_at,
    "updated_at": Client.updated_at,
    "status": Client.status,
    "currency": Client.currency,
    "country": func.coalesce(Client.country, ""),
    "industry": func.coalesce(Client.industry, ""),
}


def visible(actor: Actor, client_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Returns the condition that the actor may see the client in the column `client_id`."""
    if actor.role == TECHNICIAN:
        user_id = _uuid(actor.id)
        return exists().where(
            ClientTechnician.client_id == client_id, ClientTechnician.user_id == user_id, ClientTechnician.active
        )
    if actor.role in CLIENT_USERS:
        return client_id == actor.client_id if actor.client_id else false()
    return true()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def get(work: UnitOfWork, client_id: UUID, *, lock: bool = False) -> Client:
    """Returns the client or raises NotFound; `lock` makes other writers wait until this transaction ends."""
    statement = select(Client).where(Client.id == client_id, visible(work.actor, Client.id))
    if lock:
        # NO KEY UPDATE, so that handlers of catalog events can still insert rows that refer to the client.
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    client = work.session.scalar(statement)
    if client is None:
        raise NotFound("Client not found.")
    if lock and client.merged_into_id is not None:
        into = work.session.get_one(Client, client.merged_into_id)
        raise Conflict(f'"{client.name}" was merged into "{into.name}". Use that client.')
    return client


def page_of_clients(work: UnitOfWork, page: Page) -> dict[str, Any]:
    shown = (joinedload(Client.primary_support_contact), joinedload(Client.primary_location))
    statement = select(Client).where(visible(work.actor, Client.id), *filtering.conditions(work, page.filters))
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(search.matching(page.q))
    statement = statement.options(*shown, selectinload(Client.labels))
    return paginate(work.session, statement, page, sorts=SORTS, default="name", key=Client.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes all clients again in portions and recomputes their search texts.

    A process of an older release does not write search texts.
    """
    related = (selectinload(Client.primary_support_contact), selectinload(Client.labels))
    for portion in keyset(work.session, select(Client).options(*related), Client.id):
        for client in portion:
            work.emit(events.CHANGED, client)
        search.refresh(work, [client.id for client in portion])
        yield
