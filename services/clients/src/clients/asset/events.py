"""Events about assets."""

from marshmallow import Schema, fields

from common.events import EventType


class AssetState(Schema):
    id = fields.UUID()
    client_id = fields.UUID()
    name = fields.String()
    kind = fields.String()
    make = fields.String(allow_none=True)
    model = fields.String(allow_none=True)
    serial_number = fields.String(allow_none=True)
    os = fields.String(allow_none=True)
    location_id = fields.UUID(allow_none=True)
    contact_id = fields.UUID(allow_none=True)
    purchased_on = fields.Date(allow_none=True)
    warranty_until = fields.Date(allow_none=True)
    expires_on = fields.Date(allow_none=True)
    ip_address = fields.String(allow_none=True)
    mac_address = fields.String(allow_none=True)
    attributes = fields.Dict()
    custom_fields = fields.Dict()
    status = fields.String()
    version = fields.Integer()


CHANGED = EventType("clients.asset.changed.v1", AssetState(), "An asset was added, changed or restored")
ARCHIVED = EventType("clients.asset.archived.v1", AssetState(), "An asset was archived")

ALL = (CHANGED, ARCHIVED)
