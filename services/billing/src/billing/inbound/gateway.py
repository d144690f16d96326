"""Replicas of users, for the names of technicians."""

from typing import Any

from marshmallow import fields

from billing.inbound.replicas import User
from common.events import Reader
from common.handlers import Handlers
from common.replicas import upsert
from common.uow import UnitOfWork

handlers = Handlers()


class UserChanged(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    status = fields.String(required=True)
    sequence = fields.Integer(required=True, data_key="version")


@handlers.handles(
    "gateway.user.created.v1",
    "gateway.user.changed.v1",
    "gateway.user.disabled.v1",
    "gateway.user.deleted.v1",
    reader=UserChanged(),
)
def on_user(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, User, [data])
