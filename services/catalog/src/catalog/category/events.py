"""What the catalog says about categories."""

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


CREATED = EventType("catalog.category.created.v1", CategoryState(), "A category of services was added")
CHANGED = EventType("catalog.category.changed.v1", CategoryState(), "A category of services changed")
DELETED = EventType("catalog.category.deleted.v1", CategoryState(), "A category that no service is in is gone")

ALL = (CREATED, CHANGED, DELETED)
