"""Events about service sets; each carries the whole state."""

from marshmallow import Schema, fields

from common.events import EventType


class ServiceSetState(Schema):
    id = fields.UUID()
    name = fields.String()
    status = fields.String()
    is_default = fields.Boolean()
    service_ids = fields.List(fields.UUID())
    version = fields.Integer()


CHANGED = EventType("catalog.service_set.changed.v1", ServiceSetState(), "A service set was created or changed")
DELETED = EventType("catalog.service_set.deleted.v1", ServiceSetState(), "A service set was deleted")

ALL = (CHANGED, DELETED)
