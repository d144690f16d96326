"""Events about categories."""

from marshmallow import Schema, fields

from common.events import EventType


class CategoryState(Schema):
    id = fields.UUID()
    name = fields.String()
    description = fields.String(allow_none=True)
    color = fields.String(allow_none=True)
    sort_order = fields.Integer()
    status = fields.String()
    version = fields.Integer()


CREATED = EventType("catalog.category.created.v1", CategoryState(), "A service category was added")
CHANGED = EventType("catalog.category.changed.v1", CategoryState(), "A service category changed")
DELETED = EventType("catalog.category.deleted.v1", CategoryState(), "An empty category was deleted")

ALL = (CREATED, CHANGED, DELETED)
