"""Events about clients; each carries the whole state."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class ClientState(Schema):
    id = fields.UUID()
    name = fields.String()
    abbreviation = fields.String(allow_none=True)
    status = fields.String()
    website = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    industry = fields.String(allow_none=True)
    referral_source = fields.String(allow_none=True)
    currency = fields.String()
    net_terms = fields.Integer()
    tax_id = fields.String(allow_none=True)
    tax_code_id = fields.UUID(allow_none=True)
    hourly_rate = own.Money(allow_none=True)
    country = fields.String(allow_none=True)
    time_zone = fields.String()
    locale = fields.String()
    billing_contact_name = fields.String(allow_none=True)
    billing_email = fields.String(allow_none=True)
    billing_cc_emails = fields.List(fields.String())
    primary_support_contact_id = fields.UUID(allow_none=True)
    invoice_email = fields.String(allow_none=True)
    billing_location_id = fields.UUID(allow_none=True)
    tags = fields.List(fields.String())
    custom_fields = fields.Dict()
    merged_into_id = fields.UUID(allow_none=True)
    version = fields.Integer()


CREATED = EventType("clients.client.created.v1", ClientState(), "A client was added")
CHANGED = EventType("clients.client.changed.v1", ClientState(), "A client changed, or the address its invoices go to")
ARCHIVED = EventType("clients.client.archived.v1", ClientState(), "A client was archived")
RESTORED = EventType("clients.client.restored.v1", ClientState(), "An archived client was restored")

ALL = (CREATED, CHANGED, ARCHIVED, RESTORED)
