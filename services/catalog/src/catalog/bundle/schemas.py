"""Schemas of bundles in the API."""

from decimal import Decimal

from marshmallow import Schema, fields, validate

from catalog.bundle.models import ACTIVE, ARCHIVED
from catalog.bundle.pricing import COMPONENTS, PRICINGS
from catalog.service.models import CYCLES
from common import fields as own
from common.audience import seen_by
from common.roles import BILLING_READERS, MONEY_READERS

MOST_ITEMS = 100


class BundleItemBody(Schema):
    service_id = fields.UUID(required=True)
    quantity = own.Number(load_default=Decimal(1), above_zero=True)
    unit_price = own.Money(
        seen_by=MONEY_READERS,
        allow_none=True,
        load_default=None,
        minimum="0",
        metadata={"description": "Price in this bundle; null: the service's own price in the bundle's currency"},
    )


class BundleItem(BundleItemBody):
    service_name = fields.String(dump_only=True)
    service_status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    unit = fields.String(dump_only=True)
    quantity = own.Number()
    list_price = own.Money(
        seen_by=MONEY_READERS, dump_only=True, allow_none=True, metadata={"description": "Catalog price of one unit"}
    )
    allocated_price = own.Money(
        seen_by=MONEY_READERS,
        dump_only=True,
        allow_none=True,
        metadata={"description": "This item's share of the bundle price"},
    )


class BundleBody(Schema):
    name = own.text(200, required=True)
    description = own.text(2000, allow_none=True, load_default=None)
    currency = own.currency(load_default=None, allow_none=True)
    pricing = own.one_of(*PRICINGS, load_default=COMPONENTS)
    price = own.Money(
        seen_by=MONEY_READERS,
        allow_none=True,
        load_default=None,
        minimum="0",
        metadata={"description": "For `fixed` only"},
    )
    markup_percent = own.Percent(
        allow_none=True,
        load_default=None,
        minimum="-100",
        maximum="1000",
        metadata=seen_by(
            MONEY_READERS,
            description="For `markup` only: percentage added to the items' total; negative is a discount",
        ),
    )
    billing_cycle = own.one_of(*CYCLES, allow_none=True, load_default=None)
    items = fields.List(
        own.Whole(BundleItemBody()),
        required=True,
        validate=validate.Length(1, MOST_ITEMS, error=f"1 to {MOST_ITEMS} items."),
    )


class Bundle(BundleBody):
    """A bundle with its amounts."""

    id = fields.UUID(dump_only=True)
    status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    items = fields.List(fields.Nested(BundleItem()))
    currency = own.currency()
    list_price = own.Money(
        seen_by=MONEY_READERS, dump_only=True, allow_none=True, metadata={"description": "Null if an item has no price"}
    )
    cost = own.Money(
        seen_by=BILLING_READERS,
        dump_only=True,
        allow_none=True,
        metadata={"description": "Null if an item's cost is unknown"},
    )
    margin = own.Money(seen_by=BILLING_READERS, dump_only=True, allow_none=True)
    margin_percent = own.Percent(
        dump_only=True, allow_none=True, metadata=seen_by(BILLING_READERS, description="Percentage of the price")
    )
    archived_at = fields.DateTime(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class BundlePreview(Bundle):
    """The amounts of an unsaved bundle."""

    class Meta:
        fields = (
            *("currency", "pricing", "price", "markup_percent", "items"),
            *("list_price", "cost", "margin", "margin_percent"),
        )


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
DRAFT, PREVIEW = BundleDraft(), BundlePreview()
