"""Reads rate cards and their history."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from clients.client.queries import get as get_client
from clients.inbound.replicas import DELETED, CatalogService
from clients.rate_card import events, rates
from clients.rate_card.models import ClientService, RateChange
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.replicas import find
from common.republish import keyset
from common.uow import UnitOfWork

_NAME = func.lower(func.coalesce(ClientService.custom_name, ClientService.name))
_RATE = func.coalesce(ClientService.custom_rate, ClientService.default_rate, 0)
SORTS = {
    "name": _NAME,
    "category": func.coalesce(ClientService.category, ""),
    "effective_rate": _RATE,
    "importance": ClientService.importance,
    "created_at": ClientService.created_at,
}
BADGES = {
    rates.NOT_INCLUDED: ~ClientService.included,
    rates.CUSTOM_SERVICE: ClientService.included & ClientService.is_custom,
    rates.CUSTOM_RATE: ClientService.included & ~ClientService.is_custom & ClientService.custom_rate.is_not(None),
    rates.DEFAULT_RATE: ClientService.included & ~ClientService.is_custom & ClientService.custom_rate.is_(None),
}
PORTION = 1000


def locked(client_id: UUID) -> Select[ClientService]:
    """Returns the statement that locks the client's rows, always in the order of their ids."""
    statement = select(ClientService).where(ClientService.client_id == client_id).order_by(ClientService.id)
    return statement.with_for_update().execution_options(populate_existing=True)


def get(work: UnitOfWork, client_id: UUID, row_id: UUID, *, lock: bool = False) -> ClientService:
    """Returns a row of the client or raises NotFound. The caller has checked that the actor may see the client."""
    rows = locked(client_id) if lock else select(ClientService).where(ClientService.client_id == client_id)
    row = work.session.scalar(rows.where(ClientService.id == row_id))
    if row is None:
        raise NotFound("Service not found on this client's rate card.")
    return row


def page_of_services(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    client = get_client(work, client_id)
    statement = select(ClientService).where(ClientService.client_id == client_id)
    for name, value in page.filters.items():
        statement = statement.where(BADGES[value] if name == "badge" else getattr(ClientService, name) == value)
    if page.q:
        columns = (ClientService.name, ClientService.custom_name, ClientService.description)
        statement = statement.where(searching.naming(columns, page.q))
    statement = statement.options(joinedload(ClientService.catalog_service))
    result = paginate(work.session, statement, page, sorts=SORTS, default="name", key=ClientService.id)
    for row in result["items"]:
        set_committed_value(row, "client", client)
    return result


def one(work: UnitOfWork, client_id: UUID, row_id: UUID) -> ClientService:
    """Returns the row with its client, whose currency it shows."""
    client = get_client(work, client_id)
    row = get(work, client_id, row_id)
    set_committed_value(row, "client", client)
    return row


def require_service(work: UnitOfWork, service_id: UUID) -> None:
    """Raises NotFound if the catalog has no such service."""
    service = find(work, CatalogService, service_id)
    if service is None or service.status == DELETED:
        raise NotFound("Service not found.")


def rate_history(work: UnitOfWork, client_id: UUID, row_id: UUID, page: Page) -> dict[str, Any]:
    get_client(work, client_id)
    get(work, client_id, row_id)
    statement = select(RateChange).where(RateChange.client_service_id == row_id)
    sorts = {"changed_at": RateChange.changed_at}
    return paginate(work.session, statement, page, sorts=sorts, default="-changed_at", key=RateChange.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes all cards again in portions; a card that spans two portions is published in two events."""
    for portion in keyset(work.session, select(ClientService), ClientService.client_id, ClientService.id, size=PORTION):
        for _, rows in groupby(portion, attrgetter("client_id")):
            events.announce(work, rows)
        yield
