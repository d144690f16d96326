"""Creating, changing, archiving and restoring clients."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from clients import naming
from clients.client import events, search
from clients.client.models import ARCHIVED, Client
from clients.client.queries import get
from clients.contact import primary
from clients.custom_field import values as custom
from clients.custom_field.models import CLIENT
from clients.inbound import replicas
from clients.inbound.replicas import TaxCode
from clients.location import belonging as locations
from clients.rate_card import catalog_changes, inheriting
from clients.rate_card.models import ClientService
from clients.reference.phones import e164
from clients.scheduled_rate import running as scheduled_rates
from clients.tag import tagging
from common import emails
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.money import fits, minor_unit
from common.replicas import find
from common.texts import one_line
from common.uow import UnitOfWork


def create(
    work: UnitOfWork,
    *,
    name: str,
    currency: str | None = None,
    time_zone: str | None = None,
    locale: str | None = None,
    net_terms: int | None = None,
    primary_support_contact_id: UUID | None = None,
    inherit_services: str | None = None,
    service_set_id: UUID | None = None,
    tags: list[str] | None = None,
    custom_fields: dict[str, Any] | None = None,
    **values: Any,
) -> Client:
    """Adds a client and fills its rate card by `inherit_services` or, without it, by the setting."""
    if values.get("billing_location_id") is not None:
        raise Invalid({"billing_location_id": ["A new client has no locations yet. Add one, then choose it."]})
    if primary_support_contact_id is not None:
        raise Invalid(
            {
                "primary_support_contact_id": [
                    "A new client has no contacts yet. Add a contact; the first one becomes primary."
                ]
            }
        )
    client = Client(
        id=new_id(),
        name=one_line(name),
        name_key=naming.key(name),
        currency=currency or work.organisation.currency,
        time_zone=time_zone or str(work.organisation.time_zone),
        locale=locale or work.organisation.locale,
        net_terms=work.organisation.net_terms if net_terms is None else net_terms,
        **inheriting.policy(work, inherit_services, service_set_id),
        custom_fields=custom.merged(work, CLIENT, custom_fields),
        labels=list(tagging.named(work, tags or ()).values()),
        created_at=work.now,
        updated_at=work.now,
        **values,
    )
    _normalize_phone(client)
    fold_cc(client)
    search.note(client)
    _check(work, client, tax_code_is_new=True)
    inheriting.await_catalog(work)
    work.session.add(client)
    work.emit(events.CREATED, client)
    inheriting.inherit(work, client)
    return client


def update(work: UnitOfWork, client_id: UUID, **changes: Any) -> Client:
    client = get(work, client_id, lock=True)
    work.check_version(client)
    if "name" in changes:
        changes |= {"name": one_line(changes["name"]), "name_key": naming.key(changes["name"])}
    if client.status == ARCHIVED and "status" in changes:
        raise Conflict(f'"{client.name}" is archived. Restore it first.')
    support_moved = "primary_support_contact_id" in changes and primary.choose(
        work, client, changes.pop("primary_support_contact_id")
    )
    currency, tax_code_id = client.currency, client.tax_code_id
    if "custom_fields" in changes:
        changes["custom_fields"] = custom.merged(work, CLIENT, changes["custom_fields"], client.custom_fields)
    tagged = "tags" in changes and _tag(work, client, changes.pop("tags"))
    if (location_id := changes.get("billing_location_id")) is not None and location_id != client.billing_location_id:
        locations.check(work, client.id, location_id, "billing_location_id")
    for name, value in changes.items():
        setattr(client, name, value)
    if changes.get("phone"):
        _normalize_phone(client)
    fold_cc(client)
    search.note(client)
    _check(work, client, tax_code_is_new=client.tax_code_id != tax_code_id)
    if support_moved or tagged:
        client.touch(work.now)
    changed = work.session.is_modified(client)  # a flush would reset it
    if client.currency != currency:
        _check_card(work, client)
        catalog_changes.settle(work, client.id)
    if changed:
        work.emit(events.CHANGED, client)
    return client


def archive(work: UnitOfWork, client_id: UUID) -> Client:
    client = get(work, client_id, lock=True)
    work.check_version(client)
    client.archive(work.now)
    work.emit(events.ARCHIVED, client)
    return client


def restore(work: UnitOfWork, client_id: UUID) -> Client:
    client = get(work, client_id, lock=True)
    work.check_version(client)
    client.restore()
    work.emit(events.RESTORED, client)
    return client


def _tag(work: UnitOfWork, client: Client, names: list[str]) -> bool:
    """Sets the client's tags; returns True if they changed."""
    labels = list(tagging.named(work, names).values())
    if {tag.id for tag in labels} == {tag.id for tag in client.labels}:
        return False
    client.labels = sorted(labels, key=lambda tag: tag.name_key)
    return True


def _normalize_phone(client: Client) -> None:
    client.phone = e164(client.phone, client.country) if client.phone else None


def fold_cc(client: Client) -> None:
    """Removes the billing email from the addresses for copies."""
    to = emails.key(client.billing_email or "")
    copies = client.billing_cc_emails or []
    others = [email for email in copies if emails.key(email) != to]
    if others != copies:
        client.billing_cc_emails = others


def mistakes(client: Client) -> dict[str, list[str]]:
    """Returns errors by field that need no look at other rows."""
    if client.hourly_rate is None or fits(client.hourly_rate, client.currency):
        return {}
    return {"hourly_rate": [f"{client.currency} amounts can't be finer than {minor_unit(client.currency)}."]}


def _check(work: UnitOfWork, client: Client, *, tax_code_is_new: bool) -> None:
    errors = mistakes(client)
    with work.session.no_autoflush:
        if tax_code_is_new and client.tax_code_id is not None:
            tax_code = find(work, TaxCode, client.tax_code_id)
            if tax_code is None:
                errors["tax_code_id"] = ["Tax code not found."]
            elif tax_code.status != replicas.ACTIVE:
                errors["tax_code_id"] = [f'The tax code "{tax_code.name}" is archived. Choose an active tax code.']
        if errors:
            raise Invalid(errors)
        same_name = select(Client.name).where(Client.name_key == client.name_key, Client.id != client.id)
        if (existing := work.session.scalar(same_name)) is not None:
            message = f'A client named "{existing}" already exists. Choose another name.'
            raise Conflict(message, {"name": [message]})


def _check_card(work: UnitOfWork, client: Client) -> None:
    """Raises Invalid if the client has rates with more decimals than its currency allows."""
    unit = minor_unit(client.currency)
    of_client = ClientService.client_id == client.id
    count = select(func.count()).select_from(ClientService)
    custom = count.where(of_client, func.mod(ClientService.custom_rate, unit) != 0)
    with work.session.no_autoflush:
        counts = {
            "custom rates": work.session.scalar(custom),
            "scheduled rates": scheduled_rates.not_in_steps(work, client.id, unit),
        }
    misfits = " and ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    if misfits:
        message = f"{client.currency} amounts can't be finer than {unit}. Change the {misfits} that don't fit first."
        raise Invalid({"currency": [message]})
