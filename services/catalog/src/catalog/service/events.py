"""Events about services; each carries the whole state."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class PriceState(Schema):
    currency = fields.String()
    default_rate = own.Money()
    setup_fee = own.Money(allow_none=True)
    price_model = fields.Raw(allow_none=True)


class ScheduledPriceState(PriceState):
    valid_from = fields.Date()


class ServiceState(Schema):
    id = fields.UUID()
    name = fields.String()
    description = fields.String()
    kind = fields.String()
    category = fields.String(allow_none=True)
    category_id = fields.UUID(allow_none=True)
    default_rate = own.Money()
    default_unit = fields.String()
    currency = fields.String()
    status = fields.String()
    tax_code_id = fields.UUID(allow_none=True)
    minimum_hours = own.Hours(allow_none=True)
    sort_order = fields.Integer()
    billing_cycle = fields.String(allow_none=True)
    setup_fee = own.Money(allow_none=True)
    cost = own.Money(allow_none=True)
    price_model = fields.Raw(allow_none=True)
    prices = fields.List(fields.Nested(PriceState()))
    scheduled_prices = fields.List(fields.Nested(ScheduledPriceState()))
    subscription_category = fields.String(allow_none=True)
    term_months = fields.Integer(allow_none=True)
    provisioning_checklist = fields.Raw()
    attribute_defaults = fields.Raw()
    created_at = fields.DateTime()
    version = fields.Integer()


class RateChanged(ServiceState):
    old_rate = own.Money()


CREATED = EventType("catalog.service.created.v1", ServiceState(), "A service was added to the catalog")
CHANGED = EventType("catalog.service.changed.v1", ServiceState(), "A service changed, except its default rate")
RATE_CHANGED = EventType("catalog.service.rate_changed.v1", RateChanged(), "A service's default rate changed")
ARCHIVED = EventType("catalog.service.archived.v1", ServiceState(), "A service was archived")
RESTORED = EventType("catalog.service.restored.v1", ServiceState(), "An archived service was restored")
DELETED = EventType("catalog.service.deleted.v1", ServiceState(), "An unused service was deleted")

ALL = (CREATED, CHANGED, RATE_CHANGED, ARCHIVED, RESTORED, DELETED)
