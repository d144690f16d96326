"""Request and response schemas of payments."""

from marshmallow import Schema, fields, validate

from billing.payment.allocation import Share
from billing.payment.commands import CreditUse, NewPayment
from billing.payment.models import METHODS
from common import fields as own
from common.commands import CommandSchema
from common.roles import MONEY_READERS


class Allocation(CommandSchema):
    command = Share

    invoice_id = fields.UUID(required=True)
    amount = own.Money(seen_by=MONEY_READERS, required=True, above_zero=True)


class PastAllocation(Schema):
    invoice_id = fields.UUID()
    invoice_number = fields.String()
    amount = own.Money(seen_by=MONEY_READERS)
    created_at = fields.DateTime()
    reversed_at = fields.DateTime(allow_none=True, metadata={"description": "When it was unapplied"})


ALLOCATIONS = fields.List(
    fields.Nested(Allocation()),
    load_default=None,
    allow_none=True,
    validate=validate.Length(max=500, error="At most 500 invoices."),
    metadata={"description": "Null: the invoices due first are paid first"},
)


class ApplyBody(CommandSchema):
    command = CreditUse

    allocations = ALLOCATIONS


class Payment(CommandSchema):
    command = NewPayment

    id = fields.UUID(dump_only=True)
    client_id = fields.UUID(required=True)
    client_name = fields.String(dump_only=True, allow_none=True)
    amount = own.Money(seen_by=MONEY_READERS, required=True, above_zero=True)
    currency = own.currency(load_default=None, allow_none=True)
    method = own.one_of(*METHODS, required=True)
    reference = own.text(200, load_default=None, allow_none=True)
    received_on = own.day(required=True)
    allocations = ALLOCATIONS
    confirm = own.confirm()
    unallocated = own.Money(seen_by=MONEY_READERS, dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class PaymentDetail(Payment):
    history = fields.List(fields.Nested(PastAllocation()), dump_only=True)


class PaymentFilters(Schema):
    client_id = fields.UUID()
    method = own.one_of(*METHODS)
    currency = own.currency()
    has_credit = fields.Boolean(metadata={"description": "Part of it is not applied to an invoice yet"})
    received_on_gte = own.day()
    received_on_lte = own.day()


PAYMENT, DETAIL, FILTERS, APPLY_BODY = Payment(), PaymentDetail(), PaymentFilters(), ApplyBody()
