"""What a client has beside its card: people, places, things and notes, moved in a statement each."""

from typing import Any

from sqlalchemy import Uuid, delete, insert, literal, select, update

from clients.asset import events as asset_events
from clients.asset.models import ARCHIVED as ASSET_ARCHIVED
from clients.asset.models import Asset
from clients.client.models import Client
from clients.contact import events as contact_events
from clients.contact.models import ACTIVE, Contact
from clients.location import events as location_events
from clients.location.models import Location
from clients.note import events as note_events
from clients.note.models import Note
from clients.tag.models import client_tag
from clients.technician import events as technician_events
from clients.technician.models import ClientTechnician
from common.uow import UnitOfWork


def move(work: UnitOfWork, survivor: Client, duplicate: Client) -> None:
    """The survivor keeps its primary contact and location; without one it gets the duplicate's."""
    for contact in _moved(work, Contact, survivor, duplicate, is_primary_support=survivor.primary_support_contact_id):
        work.emit(contact_events.CHANGED if contact.status == ACTIVE else contact_events.ARCHIVED, contact)
    for place in _moved(work, Location, survivor, duplicate, is_primary=survivor.primary_location_id):
        work.emit(location_events.CHANGED if place.status == ACTIVE else location_events.ARCHIVED, place)
    for asset in _moved(work, Asset, survivor, duplicate):
        work.emit(asset_events.CHANGED if asset.status != ASSET_ARCHIVED else asset_events.ARCHIVED, asset)
    for note in _moved(work, Note, survivor, duplicate):
        work.emit(note_events.CHANGED if note.removed_at is None else note_events.DELETED, note)
    work.session.expire(survivor, ["primary_support_contact", "primary_location"])
    work.session.expire(duplicate, ["primary_support_contact", "primary_location"])
    _move_technicians(work, survivor, duplicate)
    _move_tags(work, survivor, duplicate)


def _moved(work: UnitOfWork, model: type[Any], survivor: Client, duplicate: Client, **taken: Any) -> list[Any]:
    """`taken`: a mark only one row of a client has, and who has it at the survivor."""
    changes: dict[str, Any] = {"client_id": survivor.id, "version": model.version + 1, "updated_at": work.now}
    changes |= {mark: False for mark, holder in taken.items() if holder is not None}
    statement = update(model).where(model.client_id == duplicate.id).values(changes).returning(model)
    options = {"synchronize_session": False, "populate_existing": True}
    return list(work.session.scalars(statement, execution_options=options))


def _move_technicians(work: UnitOfWork, survivor: Client, duplicate: Client) -> None:
    """Whoever worked for one works for both. Somebody is assigned to a client once, so of two rows the survivor's
    goes on and the other ends."""
    row = ClientTechnician
    both = select(row).where(row.client_id.in_([survivor.id, duplicate.id])).order_by(row.id).with_for_update()
    found = work.session.scalars(both).all()
    own = {assignment.user_id: assignment for assignment in found if assignment.client_id == survivor.id}
    for assignment in found:
        if assignment.client_id != duplicate.id:
            continue
        kept = own.get(assignment.user_id)
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
    own = select(tags.tag_id).where(tags.client_id == survivor.id)
    more = select(literal(survivor.id, Uuid), tags.tag_id).where(
        tags.client_id == duplicate.id, tags.tag_id.not_in(own)
    )
    work.session.execute(insert(client_tag).from_select(["client_id", "tag_id"], more))
    work.session.execute(delete(client_tag).where(tags.client_id == duplicate.id))
    work.session.expire(survivor, ["labels"])
    work.session.expire(duplicate, ["labels"])
