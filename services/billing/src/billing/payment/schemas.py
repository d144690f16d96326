"""Payments as the public sees them."""

from marshmallow import Schema, fields, validate

from billing.payment.models import METHODS
from common.http import fields as own


class Allocation(Schema):
    invoice_id = fields.UUID(required=True)
    amount = own.Money(required=True, above_zero=True)


class Payment(Schema):
    id = fields.UUID(dump_only=True)
    client_id = fields.UUID(required=True)
    amount = own.Money(required=True, above_zero=True)
    currency = own.currency(load_default=None, allow_none=True)
    method = own.one_of(*METHODS, required=True)
    reference = own.text(200, load_default=None, allow_none=True)
    received_on = own.day(required=True)
    allocations = fields.List(
        fields.Nested(Allocation()),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=500, error="At most 500 invoices."),
    )
    unallocated = own.Money(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class PaymentFilters(Schema):
    client_id = fields.UUID()
    method = own.one_of(*METHODS)
    received_on_gte = own.day()
    received_on_lte = own.day()


PAYMENT, FILTERS = Payment(), PaymentFilters()
