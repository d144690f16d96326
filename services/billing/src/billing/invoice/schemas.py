"""Request and response schemas of invoices."""

from marshmallow import Schema, fields, validate

from billing.invoice.commands import DraftChanges, NewInvoice, NewLine
from billing.invoice.models import OPEN, OVERDUE, STATUSES, Moment
from billing.invoice.offering import AGREEMENT, ALL
from billing.rates import SOURCES
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.roles import BILLING_READERS, MONEY_READERS


class LineTax(Schema):
    name = fields.String()
    rate_percent = own.Percent()
    inclusive = fields.Boolean()
    compound = fields.Boolean(metadata={"description": "Also charged on the taxes before it"})


class Line(Schema):
    id = fields.UUID()
    position = fields.Integer()
    service_id = fields.UUID(allow_none=True)
    client_service_id = fields.UUID(allow_none=True)
    service_name = fields.String()
    description = fields.String()
    quantity = own.Number()
    worked_hours = own.Hours(
        allow_none=True, metadata={"description": "Hours worked, if more are billed; null: same as quantity"}
    )
    unit = fields.String()
    unit_rate = own.Money(seen_by=MONEY_READERS)
    rate_source = own.one_of(*SOURCES, allow_none=True, metadata=seen_by(BILLING_READERS))
    rate_label = fields.String(allow_none=True)
    overridden = fields.Dict(
        keys=fields.String(), values=fields.String(), allow_none=True, metadata=seen_by(BILLING_READERS)
    )
    amount = own.Money(seen_by=MONEY_READERS)
    price_with_tax = own.Money(
        seen_by=MONEY_READERS,
        allow_none=True,
        metadata={"description": "Price including a tax the client does not owe; the amount is without it"},
    )
    work_orders = fields.List(fields.String())
    explanation = fields.String(allow_none=True, metadata=seen_by(BILLING_READERS))
    warning = fields.String(allow_none=True, metadata=seen_by(BILLING_READERS))
    in_agreement = fields.Boolean(allow_none=True, metadata=seen_by(BILLING_READERS))
    badge = fields.String(allow_none=True, metadata=seen_by(BILLING_READERS))
    tax_code_id = fields.UUID(allow_none=True)
    taxes = fields.List(fields.Nested(LineTax()))
    tax_exempt_reason = fields.String(allow_none=True)


class AppliedTax(Schema):
    tax_code_id = fields.UUID(allow_none=True)
    name = fields.String()
    rate_percent = own.Percent()
    inclusive = fields.Boolean()
    compound = fields.Boolean()
    base = own.Money(seen_by=MONEY_READERS)
    amount = own.Money(seen_by=MONEY_READERS)


class AppliedPayment(Schema):
    payment_id = fields.UUID()
    amount = own.Money(seen_by=MONEY_READERS)
    method = fields.String()
    reference = fields.String(allow_none=True)
    received_on = fields.Date()


class BillTo(Schema):
    name = fields.String()
    contact = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    address = fields.List(fields.String(), metadata={"description": "Address lines in the country's format"})
    country = fields.String(allow_none=True)
    tax_id = fields.String(allow_none=True)


class Seller(Schema):
    """The MSP's details."""

    name = fields.String()
    address = fields.List(fields.String())
    email = fields.String()
    tax_id = fields.String()
    payment_instructions = fields.List(fields.String())


class InvoiceSummary(Schema):
    id = fields.UUID()
    number = fields.String(allow_none=True)
    client_id = fields.UUID()
    client_name = fields.String()
    agreement_id = fields.UUID(allow_none=True)
    status = own.one_of(*STATUSES)
    overdue = fields.Boolean()
    issued_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    net_terms = fields.Integer()
    currency = fields.String()
    subtotal = own.Money(seen_by=MONEY_READERS)
    tax_total = own.Money(seen_by=MONEY_READERS)
    total = own.Money(seen_by=MONEY_READERS)
    amount_paid = own.Money(seen_by=MONEY_READERS)
    balance = own.Money(seen_by=MONEY_READERS)
    version = fields.Integer()
    created_at = fields.DateTime()
    updated_at = fields.DateTime()


class ChangeSinceDraft(Schema):
    field = fields.String(metadata={"example": "bill_to.tax_id"})
    was = fields.String(allow_none=True)
    now = fields.String(allow_none=True)


class InvoiceDetail(InvoiceSummary):
    tax_rounding = fields.String()
    notes = fields.String(allow_none=True, metadata=seen_by(MONEY_READERS, description="Printed on the invoice"))
    bill_to = fields.Nested(BillTo())
    seller = fields.Nested(Seller())
    lines = fields.List(fields.Nested(Line()))
    taxes = fields.List(fields.Nested(AppliedTax()))
    tax_exemptions = fields.List(fields.String(), metadata={"description": "Why no tax is charged"})
    payments = fields.List(fields.Nested(AppliedPayment()))
    warnings = fields.List(fields.String(), metadata=seen_by(BILLING_READERS))
    changes_since_draft = fields.List(
        fields.Nested(ChangeSinceDraft()),
        metadata={"description": "Client details that changed since; issuing uses the new ones"},
    )
    lines_fixed_because = fields.String(
        allow_none=True, metadata={"description": "Why the lines can't be edited; null if they can"}
    )
    voided_at = fields.DateTime(allow_none=True)


class TimelineFact(Schema):
    """What a fact does not have is null."""

    kind = own.one_of(*Moment)
    at = fields.DateTime(
        allow_none=True,
        dump_default=None,
        metadata={"description": "Time of the event; null for the issue, which has only a date"},
    )
    on = fields.Date(
        allow_none=True,
        dump_default=None,
        metadata={"description": "The day on the invoice, or the day the payment was received"},
    )
    amount = own.Money(seen_by=MONEY_READERS, allow_none=True, dump_default=None)
    payment_id = fields.UUID(allow_none=True, dump_default=None)
    method = fields.String(allow_none=True, dump_default=None)
    reference = fields.String(allow_none=True, dump_default=None)


class Timeline(Schema):
    invoice_id = fields.UUID()
    currency = fields.String()
    items = fields.List(fields.Nested(TimelineFact()))


class LineBody(CommandSchema):
    command = NewLine

    service_id = fields.UUID(load_default=None, allow_none=True)
    client_service_id = fields.UUID(load_default=None, allow_none=True)
    description = own.text(500, load_default=None, allow_none=True)
    quantity = own.Hours(required=True)
    unit = own.text(20, load_default=None, allow_none=True)
    unit_rate = own.Money(load_default=None, allow_none=True, minimum="0")


LINES = validate.Length(max=500, error="At most 500 lines.")


class InvoiceBody(CommandSchema):
    command = NewInvoice

    client_id = fields.UUID(required=True)
    agreement_id = fields.UUID(load_default=None, allow_none=True)
    lines = fields.List(fields.Nested(LineBody()), required=True, validate=LINES)
    notes = own.text(5000, load_default=None, allow_none=True)
    issued_on = own.day(
        load_default=None,
        allow_none=True,
        metadata={"description": "Invoice date; default: the day it is issued"},
    )


class InvoicePatch(CommandSchema):
    command = DraftChanges

    agreement_id = fields.UUID(allow_none=True)
    lines = fields.List(fields.Nested(LineBody()), validate=LINES)
    notes = own.text(5000, allow_none=True)
    issued_on = own.day(allow_none=True)


class InvoiceFilters(Schema):
    client_id = fields.UUID()
    status = own.one_of(
        *(*STATUSES, OPEN, OVERDUE),
        metadata={"description": "open: issued and not paid in full; overdue: open and past the due date"},
    )
    currency = own.currency()
    issued_on_gte = own.day()
    issued_on_lte = own.day()
    due_on_gte = own.day()
    due_on_lte = own.day()
    overdue = fields.Boolean()


class TotalsQuery(InvoiceFilters):
    q = fields.String(metadata={"description": "Free text search, as in the list"})


class InvoiceSums(Schema):
    currency = fields.String()
    count = fields.Integer()
    void_count = fields.Integer(metadata={"description": "Void invoices, which the sums leave out"})
    subtotal = own.Money(seen_by=MONEY_READERS)
    tax_total = own.Money(seen_by=MONEY_READERS)
    total = own.Money(seen_by=MONEY_READERS)
    amount_paid = own.Money(seen_by=MONEY_READERS, metadata={"description": "Paid on issued invoices"})
    balance = own.Money(seen_by=MONEY_READERS, metadata={"description": "Balance of issued invoices"})


class InvoiceTotals(Schema):
    items = fields.List(fields.Nested(InvoiceSums()))


class PdfQuery(Schema):
    form = own.one_of(
        "issued",
        "current",
        data_key="as",
        load_default="issued",
        metadata={"description": "issued: the PDF as issued; current: with payments and balance as of today"},
    )


class ServiceQuery(Schema):
    scope = own.one_of(AGREEMENT, ALL, load_default=ALL)


class OfferedService(Schema):
    client_service_id = fields.UUID()
    service_id = fields.UUID(allow_none=True)
    name = fields.String()
    description = fields.String(allow_none=True)
    category = fields.String(allow_none=True)
    unit = fields.String()
    unit_rate = own.Money(seen_by=MONEY_READERS)
    rate_source = own.one_of(*SOURCES)
    rate_label = fields.String(allow_none=True)
    explanation = fields.String()
    in_agreement = fields.Boolean(allow_none=True)
    badge = fields.String(allow_none=True)


class OfferedServices(Schema):
    items = fields.List(fields.Nested(OfferedService()))


SUMMARY, DETAIL = InvoiceSummary(), InvoiceDetail()
BODY, PATCH, FILTERS = InvoiceBody(), InvoicePatch(), InvoiceFilters()
TIMELINE = Timeline()
TOTALS_QUERY, TOTALS = TotalsQuery(), InvoiceTotals()
SERVICE_QUERY, OFFERED = ServiceQuery(), OfferedServices()
PDF_QUERY = PdfQuery()
