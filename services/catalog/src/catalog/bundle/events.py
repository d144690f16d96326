"""Events about bundles; each carries the whole state."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class BundleItemState(Schema):
    service_id = fields.UUID()
    quantity = own.Number()
    unit_price = own.Money(allow_none=True)


class BundleState(Schema):
    """A bundle with `price` and `markup_percent` as set; the items' total follows from their services' prices."""

    id = fields.UUID()
    name = fields.String()
    description = fields.String(allow_none=True)
    status = fields.String()
    currency = fields.String()
    pricing = fields.String()
    price = own.Money(allow_none=True, attribute="fixed_price")
    markup_percent = own.Percent(allow_none=True)
    billing_cycle = fields.String(allow_none=True)
    items = fields.List(fields.Nested(BundleItemState()))
    version = fields.Integer()


CHANGED = EventType("catalog.bundle.changed.v1", BundleState(), "A bundle was created or changed")
DELETED = EventType("catalog.bundle.deleted.v1", BundleState(), "A bundle was deleted")

ALL = (CHANGED, DELETED)
