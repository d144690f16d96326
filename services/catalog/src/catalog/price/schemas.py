"""Schemas of prices in the API."""

from marshmallow import Schema, fields

from catalog.price.fields import StoredPriceModel
from catalog.price.models import STATES
from common import fields as own
from common.roles import BILLING_READERS, MONEY_READERS


class PriceBody(Schema):
    """A price from a date. Fields left out keep their value; null clears them."""

    currency = own.currency(required=True)
    default_rate = own.Money(above_zero=True)
    price_model = StoredPriceModel(allow_none=True)
    setup_fee = own.Money(allow_none=True, minimum="0")
    cost = own.Money(allow_none=True, minimum="0")
    valid_from = own.day(metadata={"description": "In the MSP's time zone; default: today"})


class PricePatch(PriceBody):
    """Any subset of the fields of a scheduled price."""

    class Meta:
        exclude = ("currency",)


class Price(Schema):
    id = fields.UUID()
    service_id = fields.UUID()
    currency = fields.String()
    default_rate = own.Money(seen_by=MONEY_READERS)
    setup_fee = own.Money(seen_by=MONEY_READERS, allow_none=True)
    cost = own.Money(seen_by=BILLING_READERS, allow_none=True)
    price_model = StoredPriceModel(allow_none=True)
    keeps = fields.List(fields.String())
    state = own.one_of(*STATES)
    valid_from = fields.Date()
    valid_until = fields.Date(allow_none=True)
    created_by = fields.String()
    created_by_name = fields.String()
    applied_at = fields.DateTime(allow_none=True)
    version = fields.Integer()
    created_at = fields.DateTime()
    updated_at = fields.DateTime()


class PriceFilters(Schema):
    currency = own.currency()
    state = own.one_of(*STATES)


class QuoteBody(Schema):
    quantity = own.Number(required=True, minimum="0")
    currency = own.currency(allow_none=True, load_default=None)
    on = own.day(allow_none=True, load_default=None)


class RehearsalBody(Schema):
    """A price that is not saved yet."""

    quantity = own.Number(required=True, minimum="0")
    currency = own.currency(allow_none=True, load_default=None)
    default_rate = own.Money(allow_none=True, load_default=None, above_zero=True)
    price_model = StoredPriceModel(allow_none=True, load_default=None)


class QuoteStep(Schema):
    description = fields.String()
    quantity = own.Number()
    unit_price = own.Money(seen_by=MONEY_READERS, allow_none=True)
    flat_fee = own.Money(seen_by=MONEY_READERS, allow_none=True)
    amount = own.Money(seen_by=MONEY_READERS)


class Quote(Schema):
    quantity = own.Number()
    currency = fields.String()
    on = fields.Date()
    amount = own.Money(seen_by=MONEY_READERS)
    steps = fields.List(fields.Nested(QuoteStep()))
    explanation = fields.String()


PRICE, PRICE_BODY, PRICE_PATCH, FILTERS = Price(), PriceBody(), PricePatch(), PriceFilters()
QUOTE, QUOTE_BODY, REHEARSAL_BODY = Quote(), QuoteBody(), RehearsalBody()
