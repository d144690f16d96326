"""Schemas of services in the API."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from catalog.plan.attributes import CATEGORIES
from catalog.price.fields import TIERED, ListedPrice, NextPrice, StoredPriceModel, Whole
from catalog.service.models import ACTIVE, ARCHIVED, CYCLES, KINDS
from common import fields as own
from common.audience import seen_by
from common.bulk import chosen
from common.roles import BILLING_READERS, MONEY_READERS

MOST_STEPS, LONGEST_TERM, MOST_PRICES = 50, 120, 50


class ChecklistStep(Schema):
    """A step to complete before a subscription to the plan becomes active."""

    name = own.text(200, required=True)
    description = own.text(2000, load_default="")
    required = fields.Boolean(load_default=True)


class ServiceBody(Schema):
    """The fields of a service. In a PUT, fields left out are reset to their defaults."""

    name = own.text(200, required=True)
    description = own.text(2000, required=True)
    kind = own.one_of(*KINDS, load_default="labor")
    category = own.text(
        100, allow_none=True, load_default=None, metadata={"description": "A new name creates the category"}
    )
    category_id = fields.UUID(allow_none=True, load_default=None)
    default_rate = own.Money(above_zero=True)
    """Optional if the price model has tiers; then it's the price of the first tier."""
    default_unit = own.text(20, load_default="Hour")
    currency = own.currency(load_default=None, allow_none=True)
    tax_code_id = fields.UUID(allow_none=True, load_default=None)
    minimum_hours = own.Hours(allow_none=True, load_default=None, minimum="0")
    sort_order = own.Integer(load_default=0, strict=True, validate=validate.Range(-10_000, 10_000))
    internal_notes = own.text(10_000, allow_none=True, load_default=None, metadata=seen_by(BILLING_READERS))
    billing_cycle = own.one_of(*CYCLES, allow_none=True, load_default=None)
    setup_fee = own.Money(seen_by=MONEY_READERS, allow_none=True, load_default=None, minimum="0")
    cost = own.Money(seen_by=BILLING_READERS, allow_none=True, load_default=None, minimum="0")
    price_model = StoredPriceModel(allow_none=True, load_default=None)
    subscription_category = own.one_of(*CATEGORIES, allow_none=True, load_default=None)
    term_months = own.Integer(allow_none=True, load_default=None, strict=True, validate=validate.Range(1, LONGEST_TERM))
    provisioning_checklist = fields.List(
        Whole(ChecklistStep()), load_default=list, validate=validate.Length(max=MOST_STEPS)
    )
    attribute_defaults = fields.Dict(keys=fields.String(), load_default=dict)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def _check_rate(self, data: dict[str, Any], sent: Any, *, partial: Any, **_: Any) -> None:
        tiered = (data.get("price_model") or {}).get("model") in TIERED
        if not partial and not tiered and isinstance(sent, dict) and "default_rate" not in sent:
            raise ValidationError({"default_rate": ["Missing data for required field."]})


class FurtherPrice(Schema):
    """The price in a further currency, from today."""

    currency = own.currency(required=True)
    default_rate = own.Money(above_zero=True)
    price_model = StoredPriceModel(allow_none=True)
    setup_fee = own.Money(allow_none=True, minimum="0")
    cost = own.Money(allow_none=True, minimum="0")


class ServiceCreate(ServiceBody):
    prices = fields.List(
        fields.Nested(FurtherPrice()),
        load_default=list,
        validate=validate.Length(max=MOST_PRICES),
        metadata={"description": "Prices in other currencies"},
    )


class Service(ServiceBody):
    """A service with its amounts."""

    id = fields.UUID(dump_only=True)
    default_rate = own.Money(seen_by=MONEY_READERS, required=True, allow_none=True)
    currency = own.currency()
    margin = own.Money(seen_by=BILLING_READERS, dump_only=True, allow_none=True)
    margin_percent = own.Percent(dump_only=True, allow_none=True, metadata=seen_by(BILLING_READERS))
    prices = fields.List(fields.Nested(ListedPrice()), dump_only=True, metadata=seen_by(MONEY_READERS))
    next_price = fields.Nested(NextPrice(), dump_only=True, allow_none=True, metadata=seen_by(MONEY_READERS))
    status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    client_count = own.Integer(dump_only=True)
    agreement_count = own.Integer(dump_only=True)
    archived_at = fields.DateTime(dump_only=True, allow_none=True)
    version = own.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ServicePatch(ServiceBody):
    """Any subset of the fields."""

    class Meta:
        exclude = ("currency",)


class CloneService(Schema):
    name = own.text(200, required=True)
    default_rate = own.Money(above_zero=True)


class RateChange(Schema):
    id = fields.UUID()
    currency = fields.String()
    old_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    new_rate = own.Money(seen_by=MONEY_READERS)
    changed_at = fields.DateTime()
    changed_by = fields.String()
    changed_by_name = fields.String()


class ServiceFilters(Schema):
    """Filters of services. `currency` matches the service's own currency and currencies of its price list."""

    status = own.one_of(ACTIVE, ARCHIVED)
    category = fields.String()
    category_id = fields.UUID()
    kind = own.one_of(*KINDS)
    subscription_category = own.one_of(*CATEGORIES)
    currency = own.currency()
    tax_code_id = fields.UUID()
    in_use = fields.Boolean()
    rate_gte = own.Money(seen_by=MONEY_READERS, minimum="0")
    rate_lte = own.Money(seen_by=MONEY_READERS, minimum="0")
    has_scheduled_price = fields.Boolean(metadata=seen_by(MONEY_READERS))


class ServiceSearch(ServiceFilters):
    """The filters of a bulk change: those of the list, with its search text."""

    q = fields.String()


class RateHistoryFilters(Schema):
    currency = own.currency()


SERVICE = Service()
SERVICE_CREATE, SERVICE_BODY = ServiceCreate(), ServiceBody()
SERVICE_PATCH = ServicePatch(partial=True)
CLONE = CloneService()
BULK = chosen(ServiceSearch(), "ServiceBulk")
RATE_CHANGE, RATE_HISTORY_FILTERS = RateChange(), RateHistoryFilters()
FILTERS = ServiceFilters()
