"""Checks references to locations."""

from uuid import UUID

from sqlalchemy import select

from clients.location.models import ACTIVE, Location
from common.errors import Invalid
from common.uow import UnitOfWork


def check(work: UnitOfWork, client_id: UUID, location_id: UUID | None, field: str = "location_id") -> None:
    """Raises Invalid for `field` if the location is archived or belongs to another client."""
    with work.session.no_autoflush:
        location = work.session.scalar(
            select(Location).where(Location.id == location_id, Location.client_id == client_id)
        )
    if location is None:
        raise Invalid({field: ["Location not found for this client."]})
    if location.status != ACTIVE:
        raise Invalid({field: [f'"{location.name}" is archived. Choose an active location.']})
