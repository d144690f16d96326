"""Replicas of clients, their rate cards, contacts and technicians."""

from typing import Any

from marshmallow import fields

from agreements import merging
from agreements.inbound.replicas import Client, ClientService, Contact, Technician
from common import emails
from common.events import Reader
from common.fields import Money
from common.handlers import Handlers
from common.replicas import upsert
from common.uow import UnitOfWork

handlers = Handlers()


class ClientChanged(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    status = fields.String(required=True)
    currency = fields.String(required=True)
    net_terms = fields.Integer(load_default=30)
    hourly_rate = Money(allow_none=True, load_default=None)
    primary_support_contact_id = fields.UUID(allow_none=True, load_default=None)
    sequence = fields.Integer(required=True, data_key="version")


class CardRow(Reader):
    id = fields.UUID(required=True)
    service_id = fields.UUID(allow_none=True, load_default=None)
    name = fields.String(required=True)
    unit = fields.String(load_default="Hour")
    effective_rate = Money(allow_none=True, load_default=None)
    rate_source = fields.String(allow_none=True, load_default=None)
    included = fields.Boolean(required=True)
    kind = fields.String(allow_none=True, load_default=None)
    sequence = fields.Integer(required=True, data_key="version")


class CardChanged(Reader):
    client_id = fields.UUID(required=True)
    services = fields.List(fields.Nested(CardRow()), required=True)


class ReplacedRow(Reader):
    id = fields.UUID(required=True)
    into_id = fields.UUID(required=True)


class ClientMerged(Reader):
    id = fields.UUID(required=True)
    merged_client_id = fields.UUID(required=True)
    client_services = fields.List(fields.Nested(ReplacedRow()), load_default=list)
    services = fields.List(fields.Nested(CardRow()), load_default=list)


class ContactChanged(Reader):
    id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)
    name = fields.String(required=True)
    email = fields.String(allow_none=True, load_default=None)
    sequence = fields.Integer(required=True, data_key="version")


class TechnicianAssigned(Reader):
    id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)
    user_id = fields.UUID(required=True)
    active = fields.Boolean(required=True)
    sequence = fields.Integer(required=True, data_key="version")


@handlers.handles(
    "clients.client.created.v1",
    "clients.client.changed.v1",
    "clients.client.archived.v1",
    "clients.client.restored.v1",
    reader=ClientChanged(),
)
def on_client(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Client, [data])


@handlers.handles("clients.client.merged.v1", reader=ClientMerged())
def on_merged(work: UnitOfWork, data: dict[str, Any]) -> None:
    replaced = {row["id"]: row["into_id"] for row in data["client_services"]}
    merging.merge(work, **data | {"client_services": replaced})


@handlers.handles("clients.client_service.changed.v1", reader=CardChanged())
def on_card(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Applies each row by its own version, because events contain only changed rows in any order."""
    upsert(work.session, ClientService, [{**row, "client_id": data["client_id"]} for row in data["services"]])


@handlers.handles("clients.contact.changed.v1", reader=ContactChanged())
def on_contact_changed(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Contact, [_contact(data, removed=False)])


@handlers.handles("clients.contact.archived.v1", reader=ContactChanged())
def on_contact_archived(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Keeps the contact as removed, so that a late older change does not restore it."""
    upsert(work.session, Contact, [_contact(data, removed=True)])


def _contact(data: dict[str, Any], *, removed: bool) -> dict[str, Any]:
    email = data.pop("email")
    return {**data, "email_key": emails.key(email) if email else None, "removed": removed}


@handlers.handles("clients.technician.assigned.v1", "clients.technician.unassigned.v1", reader=TechnicianAssigned())
def on_technician(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Technician, [data])
