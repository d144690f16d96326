"""Writes the imported locations, contacts, custom services and assets of clients."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from clients.asset import editing as assets
from clients.asset import events as asset_events
from clients.asset.models import Asset
from clients.client import search
from clients.client.models import Client
from clients.contact import events as contact_events
from clients.contact.models import ACTIVE, ARCHIVED, Contact
from clients.importing.lines import PartLine, Plan
from clients.importing.present import Present
from clients.location import events as location_events
from clients.location.models import Location
from clients.rate_card import changing
from clients.rate_card import events as card_events
from clients.rate_card.editing import new_row
from common.ids import new_id
from common.imports import CREATE, UPDATE
from common.uow import UnitOfWork
from common.writing import add_all, write_changes

Thing = Any
"""A contact, location or asset."""


def write_people_and_places(work: UnitOfWork, plan: Plan, present: Present) -> set[UUID]:
    """Writes locations and contacts. Returns the clients whose primary support contact or invoice email changed."""
    owners = {line.owner.target.id: line.owner.target for line in (*plan.contacts, *plan.locations)}
    before = {client_id: _invoice_recipients(client) for client_id, client in owners.items()}
    places = _write(work, plan.locations, Location, present.locations, "is_primary")
    people = _write(work, plan.contacts, Contact, present.contacts, "is_primary_support")
    _point_back(work, plan.locations)
    _set_holders(owners, present.contacts, plan.contacts, "primary_support_contact", "is_primary_support")
    for place in places:
        work.emit(location_events.CHANGED if place.status == ACTIVE else location_events.ARCHIVED, place)
    for person in people:
        work.emit(contact_events.CHANGED if person.status == ACTIVE else contact_events.ARCHIVED, person)
    return {client_id for client_id, client in owners.items() if _invoice_recipients(client) != before[client_id]}


def write_assets(work: UnitOfWork, plan: Plan) -> None:
    for asset in _write(work, plan.assets, Asset, {}, None):
        work.emit(asset_events.CHANGED if asset.status != ARCHIVED else asset_events.ARCHIVED, asset)
    work.session.flush()


def write_services(work: UnitOfWork, plan: Plan) -> None:
    """Writes custom services and publishes events about them."""
    changed = []
    for line in _open(plan.services):
        client: Client = line.owner.target
        row = line.present or new_row(work, client, is_custom=True)
        values = line.values if line.present is not None else {**line.values, "included": True}
        if changing.apply(work, client, row, None, values):
            changed.append(row)
        line.target = row
    work.session.flush()
    card_events.announce(work, changed)


def _write(
    work: UnitOfWork, lines: Sequence[PartLine], model: type[Thing], present: dict[UUID, list[Thing]], role: str | None
) -> list[Thing]:
    """Writes rows of one model and moves the primary role; returns all rows that changed."""
    for line in _open(lines):
        line.target = _build(work, line, model) if line.present is None else _change(line)
    off, on = _hand_over(lines, present, role) if role else ([], [])
    write_changes(work.session, off)  # before the role is set again, because of the unique index
    existing = [line.target for line in _open(lines) if line.present is not None]
    write_changes(work.session, [*existing, *on])
    add_all(work.session, [line.target for line in _open(lines) if line.present is None])
    work.session.flush()
    return list({thing.id: thing for thing in (*off, *(line.target for line in _open(lines)), *on)}.values())


def _open(lines: Iterable[PartLine]) -> list[PartLine]:
    return [line for line in lines if line.action in (CREATE, UPDATE)]


def _build(work: UnitOfWork, line: PartLine, model: type[Thing]) -> Thing:
    at = {"created_at": work.now, "updated_at": work.now}
    thing = model(id=new_id(), client_id=line.owner.target.id, **at, **line.values)
    thing.status = ARCHIVED if line.archived else ACTIVE
    thing.custom_fields = line.extra.get("custom_fields", {})
    _note(thing)
    for name, other in line.references.items():
        if other.target is not None:
            setattr(thing, name, other.target.id)
    return thing


def _change(line: PartLine) -> Thing:
    thing = line.present
    for name, value in line.values.items():
        setattr(thing, name, value)
    if line.archived is not None and (thing.status == ARCHIVED) != line.archived:
        thing.status = ARCHIVED if line.archived else ACTIVE
    if "custom_fields" in line.extra:
        thing.custom_fields = line.extra["custom_fields"]
    _note(thing)
    return thing


def _note(thing: Thing) -> None:
    """Sets the thing's search text."""
    if isinstance(thing, Asset):
        thing.search_text = assets.words_of(thing)
    else:
        search.note(thing)


def _hand_over(
    lines: Iterable[PartLine], present: dict[UUID, list[Thing]], role: str
) -> tuple[list[Thing], list[Thing]]:
    """Moves the role; returns the rows that lost it and the rows that got it.

    A client's last line with the role gets it, else its holder keeps it, else the oldest active row gets it.
    """
    by_client: dict[UUID, list[PartLine]] = defaultdict(list)
    for line in lines:
        by_client[line.owner.target.id].append(line)
    off: list[Thing] = []
    on: list[Thing] = []
    for client_id, its_lines in by_client.items():
        everyone = [*present.get(client_id, ()), *(line.target for line in its_lines if line.present is None)]
        active = [thing for thing in everyone if thing.status == ACTIVE]
        marked = [_thing(line) for line in its_lines if line.becomes_primary and _thing(line).status == ACTIVE]
        former = next((thing for thing in everyone if getattr(thing, role)), None)
        chosen = marked[-1] if marked else former if former in active else next(iter(active), None)
        if chosen is former:
            continue
        for thing, is_primary, moved in ((former, False, off), (chosen, True, on)):
            if thing is not None:
                setattr(thing, role, is_primary)
                moved.append(thing)
    return off, on


def _thing(line: PartLine) -> Thing:
    return line.target if line.target is not None else line.present


def _point_back(work: UnitOfWork, lines: Iterable[PartLine]) -> None:
    """Sets the contacts of locations, which are written before contacts."""
    pointing = []
    for line in _open(lines):
        other = line.references.get("contact_id")
        if other is not None and other.target is not None and line.target.contact_id != other.target.id:
            line.target.contact_id = other.target.id
            pointing.append(line.target)
    write_changes(work.session, pointing)


def _set_holders(
    owners: dict[UUID, Client], present: dict[UUID, list[Thing]], lines: Iterable[PartLine], name: str, role: str
) -> None:
    """Sets the clients' relationship `name` from the rows in memory, to avoid a query for each client."""
    new = [line.target for line in lines if line.present is None and line.target is not None]
    everyone = [*new, *(thing for client_id in owners for thing in present.get(client_id, ()))]
    holders = {thing.client_id: thing for thing in everyone if getattr(thing, role)}
    for client_id, client in owners.items():
        set_committed_value(client, name, holders.get(client_id))


def _invoice_recipients(client: Client) -> tuple[Any, Any]:
    return client.primary_support_contact_id, client.invoice_email
