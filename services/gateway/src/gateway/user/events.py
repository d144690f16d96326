"""Events about users."""

from marshmallow import Schema, fields

from common.events import EventType


class UserState(Schema):
    id = fields.UUID()
    email = fields.String()
    name = fields.String()
    role = fields.String()
    client_id = fields.UUID(allow_none=True)
    status = fields.String()
    version = fields.Integer()


CREATED = EventType("gateway.user.created.v1", UserState(), "A user was created")
CHANGED = EventType("gateway.user.changed.v1", UserState(), "A user changed or was enabled")
DISABLED = EventType("gateway.user.disabled.v1", UserState(), "A user was disabled")
DELETED = EventType("gateway.user.deleted.v1", UserState(), "A user who never signed in was deleted")

ALL = (CREATED, CHANGED, DISABLED, DELETED)
