"""Stores users from the gateway's events."""

from typing import Any

from marshmallow import fields

from clients.inbound.replicas import User
from common.events import Reader
from common.handlers import Handlers
from common.replicas import upsert
from common.uow import UnitOfWork

handlers = Handlers()


class UserState(Reader):
    id = fields.UUID(required=True)
    sequence = fields.Integer(required=True, data_key="version")
    email = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    status = fields.String(required=True)


@handlers.handles("gateway.user.created.v1", "gateway.user.changed.v1", "gateway.user.disabled.v1", reader=UserState())
def on_user(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, User, [data])


@handlers.handles("gateway.user.deleted.v1", reader=UserState())
def on_user_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Keeps the user as deleted, so that a late older event does not restore it."""
    upsert(work.session, User, [{**data, "status": "deleted"}])
