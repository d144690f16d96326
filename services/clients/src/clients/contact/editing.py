"""Adding, changing, archiving and restoring contacts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from clients.client import events as client_events
from clients.client import search
from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.contact import events, primary
from clients.contact.models import ACTIVE, ARCHIVED, Contact
from clients.contact.queries import get
from clients.custom_field import values as custom
from clients.custom_field.models import CONTACT
from clients.location import belonging as locations
from clients.reference.phones import e164, extension
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.uow import UnitOfWork


def create(
    work: UnitOfWork,
    client_id: UUID,
    *,
    is_primary_support: bool = False,
    custom_fields: dict[str, Any] | None = None,
    **values: Any,
) -> Contact:
    """Adds a contact; a client's first contact becomes its primary support contact."""
    client = get_client(work, client_id, lock=True)
    contact = Contact(id=new_id(), client_id=client.id, created_at=work.now, updated_at=work.now)
    _write(work, client, contact, {**values, "custom_fields": custom.merged(work, CONTACT, custom_fields)})
    if is_primary_support or primary.current(work, client) is None:
        _hand_over(work, client, contact)
    else:
        work.session.add(contact)
        work.emit(events.CHANGED, contact)
    return contact


def update(work: UnitOfWork, client_id: UUID, contact_id: UUID, **changes: Any) -> Contact:
    client, contact = _locked(work, client_id, contact_id)
    work.check_version(contact)
    wants_primary = changes.pop("is_primary_support", contact.is_primary_support)
    if contact.is_primary_support and not wants_primary:
        message = "Every client needs a primary support contact. Make another contact primary instead."
        raise Invalid({"is_primary_support": [message]})
    if "custom_fields" in changes:
        changes["custom_fields"] = custom.merged(work, CONTACT, changes["custom_fields"], contact.custom_fields)
    address = client.invoice_email
    _write(work, client, contact, changes)
    if wants_primary and not contact.is_primary_support:
        if contact.status != ACTIVE:
            raise Conflict(f'"{contact.name}" is archived. Restore this contact first.')
        _hand_over(work, client, contact)
    elif work.session.is_modified(contact):
        work.emit(events.CHANGED if contact.status == ACTIVE else events.ARCHIVED, contact)
        _announce_new_address(work, client, address)
    return contact


def archive(work: UnitOfWork, client_id: UUID, contact_id: UUID) -> Contact:
    """Archives the contact; the oldest other contact takes over the primary role."""
    client, contact = _locked(work, client_id, contact_id)
    work.check_version(contact)
    if contact.status == ARCHIVED:
        raise Conflict(f'"{contact.name}" is already archived.')
    contact.status = ARCHIVED
    if contact.is_primary_support:
        _hand_over(work, client, primary.next_in_line(work, client, contact))
    work.emit(events.ARCHIVED, contact)
    return contact


def restore(work: UnitOfWork, client_id: UUID, contact_id: UUID) -> Contact:
    client, contact = _locked(work, client_id, contact_id)
    work.check_version(contact)
    if contact.status == ACTIVE:
        raise Conflict(f'"{contact.name}" is already active.')
    contact.status = ACTIVE
    if primary.current(work, client) is None:
        _hand_over(work, client, contact)
    else:
        work.emit(events.CHANGED, contact)
    return contact


def _locked(work: UnitOfWork, client_id: UUID, contact_id: UUID) -> tuple[Client, Contact]:
    """Returns client and contact, locked in this order so that writers of the same client take turns."""
    client = get_client(work, client_id, lock=True)
    return client, get(work, client_id, contact_id, lock=True)


def _write(work: UnitOfWork, client: Client, contact: Contact, changes: dict[str, Any]) -> None:
    changes |= dialled(changes, client.country, contact.extension)
    if changes.get("location_id") and changes["location_id"] != contact.location_id:
        locations.check(work, client.id, changes["location_id"])
    for name, value in changes.items():
        setattr(contact, name, value)
    search.note(contact)


def dialled(values: Mapping[str, Any], country: str | None, former_extension: str | None) -> dict[str, Any]:
    """Returns the phone numbers in E.164; an extension written after the number becomes `extension`."""
    numbers: dict[str, Any] = {}
    if phone := values.get("phone"):
        numbers["phone"] = e164(phone, country)
        numbers["extension"] = extension(phone, country) or values.get("extension", former_extension)
    if values.get("mobile"):
        numbers["mobile"] = e164(values["mobile"], country, "mobile")
    return numbers


def _hand_over(work: UnitOfWork, client: Client, contact: Contact | None) -> None:
    primary.move(work, client, contact)
    client.touch(work.now)
    work.emit(client_events.CHANGED, client)


def _announce_new_address(work: UnitOfWork, client: Client, former: str | None) -> None:
    work.session.flush()
    work.session.expire(client, ["primary_support_contact"])
    if client.invoice_email != former:
        client.touch(work.now)
        work.emit(client_events.CHANGED, client)
