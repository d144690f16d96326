"""Adds, changes, archives and restores locations. A client with locations has one primary location."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.client import events as client_events
from clients.client import search
from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.contact import belonging as contacts
from clients.custom_field import values as custom
from clients.custom_field.models import LOCATION
from clients.location import checking, events
from clients.location.models import ACTIVE, ARCHIVED, Location
from clients.location.queries import get
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.uow import UnitOfWork


def create(
    work: UnitOfWork,
    client_id: UUID,
    *,
    country: str | None = None,
    is_primary: bool = False,
    custom_fields: dict[str, Any] | None = None,
    **values: Any,
) -> Location:
    """Adds a location. The default country is the client's; a client's first location becomes its primary location."""
    client = get_client(work, client_id, lock=True)
    location = Location(id=new_id(), client_id=client.id, is_primary=False, created_at=work.now, updated_at=work.now)
    _write(work, location, {**values, "country": country or client.country})
    location.custom_fields = custom.merged(work, LOCATION, custom_fields)
    if is_primary or current(work, client) is None:
        move_primary(work, client, location)
    else:
        work.session.add(location)
        work.emit(events.CHANGED, location)
    return location


def update(work: UnitOfWork, client_id: UUID, location_id: UUID, **changes: Any) -> Location:
    client, location = _locked(work, client_id, location_id)
    work.check_version(location)
    wants_primary = changes.pop("is_primary", location.is_primary)
    if location.is_primary and not wants_primary:
        raise Invalid({"is_primary": ["Make another location primary instead."]})
    if "custom_fields" in changes:
        changes["custom_fields"] = custom.merged(work, LOCATION, changes["custom_fields"], location.custom_fields)
    _write(work, location, changes)
    if wants_primary and not location.is_primary:
        if location.status != ACTIVE:
            raise Conflict(f'"{location.name}" is archived. Restore this location first.')
        move_primary(work, client, location)
    elif work.session.is_modified(location):
        work.emit(events.CHANGED if location.status == ACTIVE else events.ARCHIVED, location)
    return location


def archive(work: UnitOfWork, client_id: UUID, location_id: UUID) -> Location:
    """Archives the location. If it was primary, the oldest other location becomes primary."""
    client, location = _locked(work, client_id, location_id)
    work.check_version(location)
    if location.status == ARCHIVED:
        raise Conflict(f'"{location.name}" is already archived.')
    location.status = ARCHIVED
    if location.is_primary:
        others = select(Location).where(
            Location.client_id == client.id, Location.status == ACTIVE, Location.id != location.id
        )
        move_primary(work, client, work.session.scalar(others.order_by(Location.created_at, Location.id).limit(1)))
    work.emit(events.ARCHIVED, location)
    if client.billing_location_id == location.id:
        client.billing_location_id = None
        work.emit(client_events.CHANGED, client)
    return location


def restore(work: UnitOfWork, client_id: UUID, location_id: UUID) -> Location:
    client, location = _locked(work, client_id, location_id)
    work.check_version(location)
    if location.status == ACTIVE:
        raise Conflict(f'"{location.name}" is already active.')
    location.status = ACTIVE
    if current(work, client) is None:
        move_primary(work, client, location)
    else:
        work.emit(events.CHANGED, location)
    return location


def current(work: UnitOfWork, client: Client) -> Location | None:
    """Returns the client's primary location, read from the database."""
    return work.session.scalar(
        select(Location).where(Location.client_id == client.id, Location.is_primary),
        execution_options={"populate_existing": True},
    )


def move_primary(work: UnitOfWork, client: Client, location: Location | None) -> None:
    """Moves the primary mark from its current holder to `location`. The caller holds the client's lock."""
    with work.session.no_autoflush:
        former = work.session.scalar(select(Location).where(Location.client_id == client.id, Location.is_primary))
    if former is not None:
        former.is_primary = False
        work.session.flush()  # before the mark is set again, because of the unique index
        if former.status == ACTIVE:
            work.emit(events.CHANGED, former)
    if location is not None:
        location.is_primary = True
        work.session.add(location)
        work.emit(events.CHANGED, location)
        work.session.flush()
    work.session.expire(client, ["primary_location"])


def _locked(work: UnitOfWork, client_id: UUID, location_id: UUID) -> tuple[Client, Location]:
    """Returns client and location, locked in this order so that writers of the same client take turns."""
    client = get_client(work, client_id, lock=True)
    return client, get(work, client_id, location_id, lock=True)


def _write(work: UnitOfWork, location: Location, changes: dict[str, Any]) -> None:
    normalized = checking.settle(location, changes)
    if normalized.get("contact_id") and normalized["contact_id"] != location.contact_id:
        contacts.check(work, location.client_id, normalized["contact_id"])
    for name, value in normalized.items():
        setattr(location, name, value)
    search.note(location)
