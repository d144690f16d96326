"""Replicas of clients and their rate cards."""

from typing import Any

from marshmallow import fields

from billing import merging
from billing.inbound.replicas import Client, ClientService, Location
from common import fields as own
from common import replicas
from common.events import Reader
from common.handlers import Handlers
from common.uow import UnitOfWork

handlers = Handlers()


class ClientState(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    status = fields.String(load_default="active")
    currency = fields.String(required=True)
    net_terms = fields.Integer(load_default=30)
    tax_id = fields.String(allow_none=True, load_default=None)
    tax_code_id = fields.UUID(allow_none=True, load_default=None)
    hourly_rate = own.Money(allow_none=True, load_default=None)
    country = fields.String(allow_none=True, load_default=None)
    billing_contact_name = fields.String(allow_none=True, load_default=None)
    invoice_email = fields.String(allow_none=True, load_default=None)
    billing_location_id = fields.UUID(allow_none=True, load_default=None)
    sequence = fields.Integer(required=True, data_key="version")


class LocationState(Reader):
    id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)
    formatted = fields.String(load_default="")
    is_primary = fields.Boolean(load_default=False)
    sequence = fields.Integer(required=True, data_key="version")


class CardRow(Reader):
    id = fields.UUID(required=True)
    service_id = fields.UUID(allow_none=True, load_default=None)
    name = fields.String(required=True)
    description = fields.String(allow_none=True, load_default=None)
    category = fields.String(allow_none=True, load_default=None)
    unit = fields.String(load_default="Hour")
    default_rate = own.Money(allow_none=True, load_default=None)
    custom_rate = own.Money(allow_none=True, load_default=None)
    effective_rate = own.Money(allow_none=True, load_default=None)
    included = fields.Boolean(load_default=True)
    is_custom = fields.Boolean(load_default=False)
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


@handlers.handles(
    "clients.client.created.v1",
    "clients.client.changed.v1",
    "clients.client.archived.v1",
    "clients.client.restored.v1",
    reader=ClientState(),
)
def on_client(work: UnitOfWork, data: dict[str, Any]) -> None:
    replicas.upsert(work.session, Client, [data])


@handlers.handles("clients.client.merged.v1", reader=ClientMerged())
def on_merged(work: UnitOfWork, data: dict[str, Any]) -> None:
    replaced = {row["id"]: row["into_id"] for row in data["client_services"]}
    merging.merge(work, **data | {"client_services": replaced})


@handlers.handles("clients.client_service.changed.v1", reader=CardChanged())
def on_client_services(work: UnitOfWork, data: dict[str, Any]) -> None:
    rows = [{**row, "client_id": data["client_id"]} for row in data["services"]]
    replicas.upsert(work.session, ClientService, rows)


@handlers.handles("clients.location.changed.v1", reader=LocationState())
def on_location(work: UnitOfWork, data: dict[str, Any]) -> None:
    replicas.upsert(work.session, Location, [{**data, "active": True}])


@handlers.handles("clients.location.archived.v1", reader=LocationState())
def on_location_archived(work: UnitOfWork, data: dict[str, Any]) -> None:
    replicas.upsert(work.session, Location, [{**data, "active": False}])
