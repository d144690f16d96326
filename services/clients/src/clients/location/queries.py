"""Reads locations of a client."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from clients import searching
from clients.client.queries import get as get_client
from clients.location import events
from clients.location.models import ACTIVE, Location
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {
    "is_primary": Location.is_primary,
    "name": func.lower(Location.name),
    "city": func.coalesce(Location.city, ""),
    "created_at": Location.created_at,
}


def get(work: UnitOfWork, client_id: UUID, location_id: UUID, *, lock: bool = False) -> Location:
    """Returns a location of the client or raises NotFound. The caller has checked that the actor may see the client."""
    statement = select(Location).where(Location.id == location_id, Location.client_id == client_id)
    location = work.session.scalar(statement.with_for_update() if lock else statement)
    if location is None:
        raise NotFound("Location not found.")
    return location


def page_of_locations(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    """Returns a page of the client's locations. Without a filter on the status, only active locations."""
    get_client(work, client_id)
    statement = select(Location).where(Location.client_id == client_id)
    for name, value in {"status": ACTIVE, **page.filters}.items():
        statement = statement.where(getattr(Location, name) == value)
    if page.q:
        statement = statement.where(searching.matching(page.q, searching.occurs(Location.search_text)))
    return paginate(work.session, statement, page, sorts=SORTS, default="-is_primary,name", key=Location.id)


def one(work: UnitOfWork, client_id: UUID, location_id: UUID) -> Location:
    get_client(work, client_id)
    return get(work, client_id, location_id)


def republish(work: UnitOfWork) -> Iterator[None]:
    for portion in keyset(work.session, select(Location), Location.id):
        for location in portion:
            work.emit(events.CHANGED if location.status == ACTIVE else events.ARCHIVED, location)
        yield
