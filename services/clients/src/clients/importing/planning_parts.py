"""Plans the changes of a client's contacts, locations, custom services and assets; writes nothing."""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from clients import naming
from clients.asset import schemas as assets
from clients.asset.models import ARCHIVED, Asset
from clients.client.models import Client
from clients.contact.editing import dialled
from clients.contact.models import Contact
from clients.custom_field.models import ASSET, CONTACT, LOCATION
from clients.importing.lines import PartLine, merge_errors
from clients.importing.planning_clients import custom_answers
from clients.importing.present import Present
from clients.importing.schemas import CONTACT as CONTACT_WHOLE
from clients.importing.schemas import CONTACT_PART, LOCATION_PART
from clients.importing.schemas import LOCATION as LOCATION_WHOLE
from clients.location import checking
from clients.location.models import Location
from clients.rate_card.changing import check_rate
from clients.rate_card.models import ClientService
from clients.rate_card.schemas import CLIENT_SERVICE_CREATE, CLIENT_SERVICE_PATCH
from common import emails, planning
from common.errors import Invalid


def judge_contact(line: PartLine, present: Present, empty: Collection[str] = ()) -> None:
    answers = line.given.pop("custom_fields", None)
    if not planning.read(line, CONTACT_WHOLE, CONTACT_PART):
        return
    _status(line)
    _primary(line, "is_primary_support")
    try:
        former = line.present.extension if line.present is not None else None
        line.values |= dialled(line.values, line.owner.country, former)
    except Invalid as invalid:
        merge_errors(line, invalid.errors)
    line.values.pop("custom_fields", None)
    _set_custom_fields(line, present, CONTACT, answers)
    _finish(line, CONTACT_WHOLE, empty)


def judge_location(line: PartLine, present: Present, empty: Collection[str] = ()) -> None:
    answers = line.given.pop("custom_fields", None)
    if not planning.read(line, LOCATION_WHOLE, LOCATION_PART):
        return
    _primary(line, "is_primary")
    if line.present is None:
        line.values["country"] = line.values.get("country") or line.owner.country
    try:
        line.values = checking.settle(line.present or Location(), line.values)
    except Invalid as invalid:
        merge_errors(line, invalid.errors)
    line.values.pop("custom_fields", None)
    _set_custom_fields(line, present, LOCATION, answers)
    _finish(line, LOCATION_WHOLE, empty)


def judge_asset(line: PartLine, present: Present) -> None:
    if planning.read(line, assets.ASSET_CREATE, assets.ASSET_PATCH):
        for name in ("status", "location_id", "contact_id"):
            line.values.pop(name, None)
        _set_custom_fields(line, present, ASSET, line.values.pop("custom_fields", None) or None)
        _finish(line, assets.ASSET, ())


def judge_service(line: PartLine) -> None:
    """Fills the line of a custom service. The rate of an existing service is kept, because it may be newer."""
    line.archived = None  # services of a card are not archived
    if line.present is None:
        line.given["is_custom"] = True
    else:
        line.given.pop("rate", None)
    if not planning.read(line, CLIENT_SERVICE_CREATE, CLIENT_SERVICE_PATCH):
        return
    line.values.pop("is_custom", None)
    if line.present is None:
        line.values["custom_rate"] = line.values.pop("rate")
        try:
            check_rate(Client(currency=line.owner.currency), line.values["custom_rate"], "rate")
        except Invalid as invalid:
            merge_errors(line, invalid.errors)
    _finish(line, CLIENT_SERVICE_PATCH, ())


T = TypeVar("T", Contact, Location, Asset, ClientService)


def contact_named(contacts: Iterable[Contact], email: str | None, name: str | None) -> Contact | None:
    """Returns the contact with the email or, without one, the name. Active contacts come before archived ones."""
    known = sorted(contacts, key=lambda contact: contact.status)
    email_key = emails.key(email) if email else None
    by_email = next((each for each in known if email_key and each.email and emails.key(each.email) == email_key), None)
    return by_email or _named(known, name)


def location_named(locations: Iterable[Location], name: str | None) -> Location | None:
    return _named(sorted(locations, key=lambda location: location.status), name)


def asset_named(assets_of_client: Iterable[Asset], kind: str | None, name: str | None) -> Asset | None:
    return _named([asset for asset in assets_of_client if asset.kind == kind], name)


def service_named(services: Iterable[ClientService], name: str | None) -> ClientService | None:
    return _named(services, name)


def _named(things: Iterable[T], name: str | None) -> T | None:
    key = naming.key(name or "")
    return next((thing for thing in things if key and naming.key(thing.name) == key), None)


def _status(line: PartLine) -> None:
    status = line.values.pop("status", None)
    if status is not None:
        line.archived = status == ARCHIVED


def _primary(line: PartLine, name: str) -> None:
    """Marks the line as the primary row; adds an error if the row is archived. A false value has no effect."""
    line.becomes_primary |= bool(line.values.pop(name, False))
    if not line.becomes_primary:
        return
    thing = line.present
    archived = line.archived if line.archived is not None else thing is not None and thing.status == ARCHIVED
    if archived:
        line.fail(name, "Is archived. Choose an active one.")
    elif thing is not None and not getattr(thing, name):
        line.changes[name] = {"before": False, "after": True}


def _set_custom_fields(line: PartLine, present: Present, entity: str, answers: Any) -> None:
    if answers is None and line.present is not None:
        return
    before = line.present.custom_fields if line.present is not None else {}
    after = custom_answers(line, present.questions[entity], answers or {}, before)
    if after is not None and after != before:
        line.extra["custom_fields"] = after


def _finish(line: PartLine, schema: Any, empty: Collection[str]) -> None:
    line.name = line.values.get("name") or line.name
    planning.compare(line, schema, empty)
    thing = line.present
    if thing is not None and line.archived is not None and (thing.status == ARCHIVED) != line.archived:
        line.changes["status"] = {"before": thing.status, "after": ARCHIVED if line.archived else "active"}
