"""What billing says about payments."""

from marshmallow import Schema, fields

from common.events import EventType
from common.http import fields as own


class AllocationState(Schema):
    invoice_id = fields.UUID()
    amount = own.Money()


class PaymentState(Schema):
    id = fields.UUID()
    client_id = fields.UUID()
    amount = own.Money()
    currency = fields.String()
    method = fields.String()
    received_on = fields.Date()
    allocations = fields.List(fields.Nested(AllocationState()))
    version = fields.Integer()


RECEIVED = EventType("billing.payment.received.v1", PaymentState(), "A client paid")

ALL = (RECEIVED,)
