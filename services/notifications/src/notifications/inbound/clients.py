"""Handles events from the clients service."""

from typing import Any

from marshmallow import fields

from common.events import Reader
from common.handlers import Handlers
from common.replicas import upsert
from common.uow import UnitOfWork
from notifications import merging
from notifications.inbound.replicas import Client, Contact, Technician

handlers = Handlers()


class ClientState(Reader):
    id = fields.UUID(required=True)
    sequence = fields.Integer(required=True, data_key="version")
    name = fields.String(required=True)
    status = fields.String(required=True)
    currency = fields.String(required=True)
    locale = fields.String(load_default=None, allow_none=True)
    billing_contact_name = fields.String(load_default=None, allow_none=True)
    invoice_email = fields.String(load_default=None, allow_none=True)
    billing_cc_emails = fields.List(fields.String(), load_default=list)
    primary_support_contact_id = fields.UUID(load_default=None, allow_none=True)


class ContactState(Reader):
    id = fields.UUID(required=True)
    sequence = fields.Integer(required=True, data_key="version")
    client_id = fields.UUID(required=True)
    name = fields.String(required=True)
    email = fields.String(load_default=None, allow_none=True)


class AssignmentState(Reader):
    id = fields.UUID(required=True)
    sequence = fields.Integer(required=True, data_key="version")
    client_id = fields.UUID(required=True)
    user_id = fields.UUID(required=True)
    active = fields.Boolean(required=True)


class ClientMerged(Reader):
    id = fields.UUID(required=True)
    merged_client_id = fields.UUID(required=True)


@handlers.handles(
    "clients.client.created.v1",
    "clients.client.changed.v1",
    "clients.client.archived.v1",
    "clients.client.restored.v1",
    reader=ClientState(),
)
def on_client(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Client, [data])


@handlers.handles("clients.client.merged.v1", reader=ClientMerged())
def on_merged(work: UnitOfWork, data: dict[str, Any]) -> None:
    merging.merge(work, **data)


@handlers.handles("clients.contact.changed.v1", reader=ContactState())
def on_contact(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Contact, [{**data, "removed": False}])


@handlers.handles("clients.contact.archived.v1", reader=ContactState())
def on_contact_archived(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Contact, [{**data, "removed": True}])


@handlers.handles("clients.technician.assigned.v1", "clients.technician.unassigned.v1", reader=AssignmentState())
def on_technician(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Technician, [data])
