"""Moves contacts, locations, assets, notes, technicians and tags of a merged client."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, delete, insert, literal, select, update

from clients.asset import events as asset_events
from clients.asset.models import ARCHIVED as ASSET_ARCHIVED
from clients.asset.models import Asset
from clients.client.models import Client
from clients.contact import events as contact_events
from clients.contact.models import ACTIVE, Contact
from clients.db import Base
from clients.location import events as location_events
from clients.location.models import Location
from clients.note import events as note_events
from clients.note.models import Note
from clients.tag.models import client_tag
from clients.technician import events as technician_events
from clients.technician.models import ClientTechnician
from common import merges
from common.events import EventType
from common.uow import UnitOfWork

EVENT_OF: dict[type[Any], Callable[[Any], EventType]] = {
    Asset: lambda asset: asset_events.CHANGED if asset.status != ASSET_ARCHIVED else asset_events.ARCHIVED,
    Contact: lambda contact: contact_events.CHANGED if contact.status == ACTIVE else contact_events.ARCHIVED,
    Location: lambda place: location_events.CHANGED if place.status == ACTIVE else location_events.ARCHIVED,
    Note: lambda note: note_events.CHANGED if note.removed_at is None else note_events.DELETED,
}


def move(work: UnitOfWork, survivor: Client, duplicate: Client, replaced: Collection[UUID]) -> None:
    """Moves the duplicate's rows. The survivor keeps its primary contact and location, if it has them."""
    if survivor.primary_support_contact_id:
        _unmark(work, Contact, duplicate, "is_primary_support")
    if survivor.primary_location_id:
        _unmark(work, Location, duplicate, "is_primary")
    for row in merges.move(work, Base, duplicate.id, survivor.id, replaced):
        work.emit(EVENT_OF[type(row)](row), row)
    work.session.expire(survivor, ["primary_support_contact", "primary_location"])
    work.session.expire(duplicate, ["primary_support_contact", "primary_location"])
    _move_technicians(work, survivor, duplicate)
    _move_tags(work, survivor, duplicate)


def _unmark(work: UnitOfWork, model: type[Any], client: Client, mark: str) -> None:
    """Clears a mark that only one row of a client can have. The move raises the version later."""
    marked = update(model).where(model.client_id == client.id, getattr(model, mark))
    values = {mark: False, "version": model.version, "updated_at": model.updated_at}
    work.session.execute(marked.values(values), execution_options={"synchronize_session": False})


def _move_technicians(work: UnitOfWork, survivor: Client, duplicate: Client) -> None:
    """Moves assignments. A technician assigned to both clients keeps the survivor's assignment; the other ends."""
    row = ClientTechnician
    both = select(row).where(row.client_id.in_([survivor.id, duplicate.id])).order_by(row.id).with_for_update()
    assignments = work.session.scalars(both).all()
    by_user = {assignment.user_id: assignment for assignment in assignments if assignment.client_id == survivor.id}
    for assignment in assignments:
        if assignment.client_id != duplicate.id:
            continue
        kept = by_user.get(assignment.user_id)
        if kept is None:
            assignment.client_id = survivor.id
            work.emit(technician_events.ASSIGNED if assignment.active else technician_events.UNASSIGNED, assignment)
        elif assignment.active:
            assignment.active = False
            work.emit(technician_events.UNASSIGNED, assignment)
            if not kept.active:
                kept.active = True
                work.emit(technician_events.ASSIGNED, kept)


def _move_tags(work: UnitOfWork, survivor: Client, duplicate: Client) -> None:
    tags = client_tag.c
    survivors_tags = select(tags.tag_id).where(tags.client_id == survivor.id)
    missing_tags = select(literal(survivor.id, Uuid), tags.tag_id).where(
        tags.client_id == duplicate.id, tags.tag_id.not_in(survivors_tags)
    )
    work.session.execute(insert(client_tag).from_select(["client_id", "tag_id"], missing_tags))
    work.session.execute(delete(client_tag).where(tags.client_id == duplicate.id))
    work.session.expire(survivor, ["labels"])
    work.session.expire(duplicate, ["labels"])
