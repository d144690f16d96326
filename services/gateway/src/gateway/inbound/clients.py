"""Stores clients and assignments from the clients service's events."""

from typing import Any

from marshmallow import fields

from common.events import Reader
from common.handlers import Handlers
from common.replicas import upsert
from common.uow import UnitOfWork
from gateway import merging
from gateway.inbound.replicas import Client
from gateway.session import assignments

handlers = Handlers()


class ClientState(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    status = fields.String(required=True)
    version = fields.Integer(required=True)


class TechnicianAssigned(Reader):
    client_id = fields.UUID(required=True)
    user_id = fields.UUID(required=True)
    version = fields.Integer(required=True)


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
    row = {"id": data["id"], "name": data["name"], "status": data["status"], "sequence": data["version"]}
    upsert(work.session, Client, [row])


@handlers.handles("clients.client.merged.v1", reader=ClientMerged())
def on_merged(work: UnitOfWork, data: dict[str, Any]) -> None:
    merging.merge(work, **data)


@handlers.handles("clients.technician.assigned.v1", reader=TechnicianAssigned())
def on_assigned(work: UnitOfWork, data: dict[str, Any]) -> None:
    assignments.reopen(work.session, **data)
