"""Events about invoices."""

from marshmallow import Schema, fields

from common import fields as own
from common.blobs.files import FileClaim
from common.events import EventType


class InvoiceState(Schema):
    id = fields.UUID()
    number = fields.String(allow_none=True)
    client_id = fields.UUID()
    client_name = fields.String()
    status = fields.String()
    issued_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    currency = fields.String()
    subtotal = own.Money()
    tax_total = own.Money()
    total = own.Money()
    balance = own.Money()
    time_entry_ids = fields.List(fields.UUID())
    expense_ids = fields.List(fields.UUID())
    version = fields.Integer()


class DocumentReady(Schema):
    invoice_id = fields.UUID(attribute="id")
    number = fields.String()
    client_id = fields.UUID()
    client_name = fields.String()
    currency = fields.String()
    total = own.Money()
    balance = own.Money()
    total_display = fields.String(metadata={"description": "The balance as display text"})
    invoice_total_display = fields.String()
    paid_display = fields.String(allow_none=True, metadata={"description": "Payments and credit; null: none"})
    due_on = fields.Date()
    document = fields.Nested(FileClaim())
    version = fields.Integer()


CREATED = EventType("billing.invoice.created.v1", InvoiceState(), "An invoice was drafted")
ISSUED = EventType("billing.invoice.issued.v1", InvoiceState(), "An invoice was issued")
CHANGED = EventType(
    "billing.invoice.changed.v1", InvoiceState(), "A draft was edited, or payments changed an invoice's balance"
)
VOIDED = EventType("billing.invoice.voided.v1", InvoiceState(), "An invoice was voided; its items can be billed again")
DELETED = EventType("billing.invoice.deleted.v1", InvoiceState(), "A draft was deleted; its items can be billed again")
DOCUMENT_READY = EventType(
    "billing.invoice.document_ready.v1", DocumentReady(), "An invoice's PDF, to be sent to its recipient"
)

ALL = (CREATED, ISSUED, CHANGED, VOIDED, DELETED, DOCUMENT_READY)
