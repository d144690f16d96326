"""Adding, changing, archiving and restoring assets."""

from typing import Any
from uuid import UUID

from clients import searching
from clients.asset import events
from clients.asset.models import ACTIVE, ARCHIVED, Asset
from clients.asset.queries import get
from clients.client.queries import get as get_client
from clients.contact import belonging as contacts
from clients.custom_field import values as custom
from clients.custom_field.models import ASSET
from clients.location import belonging as locations
from common.errors import Conflict
from common.ids import new_id
from common.uow import UnitOfWork

SEARCHED = ("name", "make", "model", "serial_number", "os", "ip_address", "mac_address")


def create(work: UnitOfWork, client_id: UUID, *, custom_fields: dict[str, Any] | None = None, **values: Any) -> Asset:
    client = get_client(work, client_id)
    asset = Asset(id=new_id(), client_id=client.id, created_at=work.now, updated_at=work.now, **values)
    asset.custom_fields = custom.merged(work, ASSET, custom_fields)
    _check_places(work, asset, values)
    asset.search_text = words_of(asset)
    work.session.add(asset)
    work.emit(events.CHANGED, asset)
    return asset


def update(work: UnitOfWork, client_id: UUID, asset_id: UUID, **changes: Any) -> Asset:
    get_client(work, client_id)
    asset = get(work, client_id, asset_id, lock=True)
    work.check_version(asset)
    if "status" in changes and asset.status == ARCHIVED:
        raise Conflict(f'"{asset.name}" is archived. Restore it first.')
    if "custom_fields" in changes:
        changes["custom_fields"] = custom.merged(work, ASSET, changes["custom_fields"], asset.custom_fields)
    changed = {name: changes[name] for name in changes if changes[name] != getattr(asset, name)}
    for name, value in changed.items():
        setattr(asset, name, value)
    _check_places(work, asset, changed)
    asset.search_text = words_of(asset)
    if changed:
        work.emit(events.CHANGED if asset.status != ARCHIVED else events.ARCHIVED, asset)
    return asset


def archive(work: UnitOfWork, client_id: UUID, asset_id: UUID) -> Asset:
    get_client(work, client_id)
    asset = get(work, client_id, asset_id, lock=True)
    work.check_version(asset)
    if asset.status == ARCHIVED:
        raise Conflict(f'"{asset.name}" is already archived.')
    asset.status = ARCHIVED
    work.emit(events.ARCHIVED, asset)
    return asset


def restore(work: UnitOfWork, client_id: UUID, asset_id: UUID) -> Asset:
    get_client(work, client_id)
    asset = get(work, client_id, asset_id, lock=True)
    work.check_version(asset)
    if asset.status != ARCHIVED:
        raise Conflict(f'"{asset.name}" is already active.')
    asset.status = ACTIVE
    work.emit(events.CHANGED, asset)
    return asset


def words_of(asset: Asset) -> str:
    """Returns the text that searches for assets look in."""
    return searching.words(*(getattr(asset, name) for name in SEARCHED))


def _check_places(work: UnitOfWork, asset: Asset, changes: dict[str, Any]) -> None:
    """Raises Invalid if a changed location or contact is archived or belongs to another client."""
    if changes.get("location_id"):
        locations.check(work, asset.client_id, asset.location_id)
    if changes.get("contact_id"):
        contacts.check(work, asset.client_id, asset.contact_id)
