"""Events about payments."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


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


class ChangedPayment(PaymentState):
    unallocated = own.Money()


RECEIVED = EventType("billing.payment.received.v1", PaymentState(), "A payment was received")
CHANGED = EventType("billing.payment.changed.v1", ChangedPayment(), "A payment's allocation to invoices changed")

ALL = (RECEIVED, CHANGED)
