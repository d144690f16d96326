"""Schemas of bundles in the API."""

from decimal import Decimal

from marshmallow import Schema, fields, validate

from catalog.bundle.models import ACTIVE, ARCHIVED
from catalog.bundle.pricing import COMPONENTS, PRICINGS
from catalog.service.models import CYCLES
from common import fields as own

MOST_ITEMS = 100


class BundleItemBody(Schema):
    service_id = fields.UUID(required=True)
    quantity = own.Money(load_default=Decimal(1), above_zero=True)
    unit_price = own.Money(
        allow_none=True,
        load_default=None,
        minimum="0",
        metadata={"description": "Price in this bundle; null: the service's own price in the bundle's currency"},
    )


class BundleItem(BundleItemBody):
    service_name = fields.String(dump_only=True)
    service_status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    unit = fields.String(dump_only=True)
    quantity = own.Money()
    list_price = own.Money(dump_only=True, allow_none=True, metadata={"description": "Catalog price of one unit"})
    allocated_price = own.Money(
        dump_only=True, allow_none=True, metadata={"description": "This item's share of the bundle price"}
    )


class BundleBody(Schema):
    name = own.text(200, required=True)
    description = own.text(2000, allow_none=True, load_default=None)
    currency = own.currency(load_default=None, allow_none=True)
    pricing = own.one_of(*PRICINGS, load_default=COMPONENTS)
    price = own.Money(allow_none=True, load_default=None, minimum="0", metadata={"description": "For `fixed` only"})
    markup_percent = own.Money(
        allow_none=True,
        load_default=None,
        minimum="-100",
        maximum="1000",
        metadata={"description": "For `markup` only: percentage added to the items' total; negative is a discount"},
    )
    billing_cycle = own.one_of(*CYCLES, allow_none=True, load_default=None)
    items = fields.List(
        own.Whole(BundleItemBody()),
        required=True,
        validate=validate.Length(1, MOST_ITEMS, error=f"1 to {MOST_ITEMS} items."),
    )


class Bundle(BundleBody):
    """A bundle with its amounts, which are null for technicians."""

    id = fields.UUID(dump_only=True)
    status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    items = fields.List(fields.Nested(BundleItem()))
    currency = own.currency()
    list_price = own.Money(dump_only=True, allow_none=True, metadata={"description": "Null if an item has no price"})
    cost = own.Money(dump_only=True, allow_none=True, metadata={"description": "Null if an item's cost is unknown"})
    margin = own.Money(dump_only=True, allow_none=True)
    margin_percent = own.Money(dump_only=True, allow_none=True, metadata={"description": "Percentage of the price"})
    archived_at = fields.DateTime(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class BundleDraft(BundleBody):
    """An unsaved bundle, which needs no name."""

    class Meta:
        exclude = ("name", "description", "billing_cycle")


class BundlePatch(BundleBody):
    """Any subset of the fields; `items` replaces the whole list."""


class BundleFilters(Schema):
    status = own.one_of(ACTIVE, ARCHIVED)
    pricing = own.one_of(*PRICINGS)
    currency = own.currency()
    billing_cycle = own.one_of(*CYCLES)
    service_id = fields.UUID()


BUNDLE, BODY, PATCH, FILTERS = Bundle(), BundleBody(), BundlePatch(partial=True), BundleFilters()
DRAFT = BundleDraft()
