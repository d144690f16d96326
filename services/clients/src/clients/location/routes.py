"""Routes of locations."""

from typing import Any
from uuid import UUID

from clients.location import editing, queries
from clients.location.models import Location
from clients.location.schemas import FILTERS, LOCATION, LOCATION_PATCH
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE, MANAGERS
from common.uow import UnitOfWork

routes = Routes("locations", "Locations of a client")

ALL = "/clients/<uuid:client_id>/locations"
ONE = f"{ALL}/<uuid:location_id>"


@routes.list(ALL, "listLocations", returns=LOCATION, filters=FILTERS, roles=EVERYONE)
def list_locations(work: UnitOfWork, page: Page, client_id: UUID) -> dict[str, Any]:
    return queries.page_of_locations(work, client_id, page)


@routes.post(ALL, "createLocation", body=LOCATION, returns=LOCATION, roles=MANAGERS)
def create_location(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> Location:
    return editing.create(work, client_id, **body)


@routes.get(ONE, "getLocation", returns=LOCATION, roles=EVERYONE)
def get_location(work: UnitOfWork, client_id: UUID, location_id: UUID) -> Location:
    return queries.one(work, client_id, location_id)


@routes.patch(ONE, "updateLocation", body=LOCATION_PATCH, returns=LOCATION, roles=MANAGERS)
def update_location(work: UnitOfWork, body: dict[str, Any], client_id: UUID, location_id: UUID) -> Location:
    return editing.update(work, client_id, location_id, **body)


@routes.delete(ONE, "deleteLocation", roles=MANAGERS)
def delete_location(work: UnitOfWork, client_id: UUID, location_id: UUID) -> None:
    """Archives the location. Work orders and history keep it."""
    editing.archive(work, client_id, location_id)


@routes.post(f"{ONE}/restore", "restoreLocation", returns=LOCATION, roles=MANAGERS, status=200)
def restore_location(work: UnitOfWork, client_id: UUID, location_id: UUID) -> Location:
    return editing.restore(work, client_id, location_id)
