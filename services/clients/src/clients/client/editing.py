"""Creating, changing, archiving and restoring clients."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from clients.client import events, naming
from clients.client.models import ARCHIVED, Client
from clients.client.queries import get
from clients.config import ALL, settings_of
from clients.contact import primary
from clients.inbound import replicas
from clients.inbound.replicas import TaxCode
from clients.rate_card import inheriting
from clients.rate_card.models import ClientService
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.money import fits, minor_unit
from common.replicas import find
from common.uow import UnitOfWork

DEFAULT_LOCALE = "en-US"


def create(
    work: UnitOfWork,
    *,
    name: str,
    currency: str | None = None,
    time_zone: str | None = None,
    locale: str | None = None,
    primary_support_contact_id: UUID | None = None,
    **values: Any,
) -> Client:
    """Adds a client; its rate card starts as the setting says, in the same transaction."""
    if primary_support_contact_id is not None:
        raise Invalid({"primary_support_contact_id": ["A new client has no contacts yet: add one, it becomes this."]})
    client = Client(
        id=new_id(),
        name=naming.one_line(name),
        name_key=naming.key(name),
        currency=currency or work.settings.currency,
        time_zone=time_zone or str(work.settings.time_zone),
        locale=locale or DEFAULT_LOCALE,
        inherits_services=settings_of(work).inherit_services == ALL,
        created_at=work.now,
        updated_at=work.now,
        **values,
    )
    _fold_cc(client)
    _check(work, client, tax_code_is_new=True)
    inheriting.await_catalog(work)
    work.session.add(client)
    work.emit(events.CREATED, client)
    work.session.flush()
    inheriting.inherit(work, client)
    return client


def update(work: UnitOfWork, client_id: UUID, **changes: Any) -> Client:
    client = get(work, client_id, lock=True)
    work.check_version(client)
    if "name" in changes:
        changes |= {"name": naming.one_line(changes["name"]), "name_key": naming.key(changes["name"])}
    if client.status == ARCHIVED and "status" in changes:
        raise Conflict(f'"{client.name}" is archived: restore it first.')
    support_moved = "primary_support_contact_id" in changes and primary.choose(
        work, client, changes.pop("primary_support_contact_id")
    )
    currency, tax_code_id = client.currency, client.tax_code_id
    for name, value in changes.items():
        setattr(client, name, value)
    _fold_cc(client)
    _check(work, client, tax_code_is_new=client.tax_code_id != tax_code_id)
    if client.currency != currency:
        _check_card(work, client)
    if support_moved:
        client.touch(work.now)
    if work.session.is_modified(client):
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


def _fold_cc(client: Client) -> None:
    """Who the invoice goes to anyway needs no copy of it."""
    to = (client.billing_email or "").casefold()
    copies = client.billing_cc_emails or []
    others = [email for email in copies if email.casefold() != to]
    if others != copies:
        client.billing_cc_emails = others


def _check(work: UnitOfWork, client: Client, *, tax_code_is_new: bool) -> None:
    errors: dict[str, list[str]] = {}
    if client.hourly_rate is not None and not fits(client.hourly_rate, client.currency):
        errors["hourly_rate"] = [f"{client.currency} has steps of {minor_unit(client.currency)}."]
    with work.session.no_autoflush:
        if tax_code_is_new and client.tax_code_id is not None:
            tax_code = find(work, TaxCode, client.tax_code_id)
            if tax_code is None:
                errors["tax_code_id"] = ["There is no such tax code."]
            elif tax_code.status != replicas.ACTIVE:
                errors["tax_code_id"] = [f'The tax code "{tax_code.name}" is archived: choose another one.']
        if errors:
            raise Invalid(errors)
        twin = select(Client.name).where(Client.name_key == client.name_key, Client.id != client.id)
        if (taken := work.session.scalar(twin)) is not None:
            message = f'There is a client named "{taken}" already.'
            raise Conflict(message, {"name": [message]})


def _check_card(work: UnitOfWork, client: Client) -> None:
    """A currency with larger steps must not leave rates behind that it cannot express."""
    unit = minor_unit(client.currency)
    with work.session.no_autoflush:
        awkward = work.session.scalar(
            select(func.count())
            .select_from(ClientService)
            .where(ClientService.client_id == client.id, func.mod(ClientService.custom_rate, unit) != 0)
        )
    if awkward:
        raise Invalid(
            {
                "currency": [
                    f"{client.currency} has steps of {unit}, and {awkward} custom rates do not fit: change them."
                ]
            }
        )
