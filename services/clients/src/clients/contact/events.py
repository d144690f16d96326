"""Events about contacts."""

from marshmallow import Schema, fields

from common.events import EventType


class ContactState(Schema):
    id = fields.UUID()
    client_id = fields.UUID()
    name = fields.String()
    title = fields.String(allow_none=True)
    department = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    extension = fields.String(allow_none=True)
    mobile = fields.String(allow_none=True)
    location_id = fields.UUID(allow_none=True)
    custom_fields = fields.Dict()
    is_primary_support = fields.Boolean()
    is_technical_support = fields.Boolean()
    is_billing = fields.Boolean()
    version = fields.Integer()


CHANGED = EventType("clients.contact.changed.v1", ContactState(), "A contact was added or changed")
ARCHIVED = EventType("clients.contact.archived.v1", ContactState(), "A contact was archived")

ALL = (CHANGED, ARCHIVED)
