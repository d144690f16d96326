"""Events about tax codes."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class TaxComponentState(Schema):
    name = fields.String()
    rate_percent = own.Percent()
    compound = fields.Boolean()


class TaxCodeState(Schema):
    id = fields.UUID()
    name = fields.String()
    code = fields.String(allow_none=True)
    rate_percent = own.Percent()
    inclusive = fields.Boolean()
    exempt = fields.Boolean()
    exempt_reason = fields.String(allow_none=True)
    components = fields.List(fields.Nested(TaxComponentState()))
    status = fields.String()
    version = fields.Integer()


CREATED = EventType("catalog.tax_code.created.v1", TaxCodeState(), "A tax code was added")
CHANGED = EventType("catalog.tax_code.changed.v1", TaxCodeState(), "A tax code changed")

ALL = (CREATED, CHANGED)
