"""Events about locations."""

from marshmallow import Schema, fields

from common.events import EventType


class LocationState(Schema):
    id = fields.UUID()
    client_id = fields.UUID()
    name = fields.String()
    line1 = fields.String(allow_none=True)
    line2 = fields.String(allow_none=True)
    city = fields.String(allow_none=True)
    subdivision = fields.String(allow_none=True)
    postal_code = fields.String(allow_none=True)
    country = fields.String(allow_none=True)
    formatted = fields.String()
    phone = fields.String(allow_none=True)
    time_zone = fields.String(allow_none=True)
    hours = fields.String(allow_none=True)
    contact_id = fields.UUID(allow_none=True)
    custom_fields = fields.Dict()
    is_primary = fields.Boolean()
    status = fields.String()
    version = fields.Integer()


CHANGED = EventType("clients.location.changed.v1", LocationState(), "A location was added, changed or restored")
ARCHIVED = EventType("clients.location.archived.v1", LocationState(), "A location was archived")

ALL = (CHANGED, ARCHIVED)
