"""Filters and rows of billing's reports."""

from marshmallow import Schema, fields

from common import fields as own
from common.audience import seen_by
from common.roles import BILLING_READERS, MANAGERS

CLIENT, AGREEMENT, WORK_ORDER = KINDS = ("client", "agreement", "work_order")


class MarginRow(Schema):
    """Revenue before taxes, against the cost of labor and of materials and expenses, of work in the range."""

    id = fields.String()
    name = fields.String()
    client_id = fields.UUID()
    client_name = fields.String(allow_none=True)
    agreement_id = fields.UUID(allow_none=True)
    work_order_id = fields.UUID(allow_none=True)
    currency = fields.String()
    hours = own.Hours(metadata={"description": "As worked, covered or not"})
    hours_without_rate = own.Hours(metadata={"description": "Hours of technicians without a labor rate on that day"})
    revenue_billed = own.Money(seen_by=MANAGERS, allow_none=True, metadata={"description": "On issued invoices"})
    revenue_unbilled = own.Money(
        seen_by=MANAGERS, allow_none=True, metadata={"description": "On drafts, or to bill at today's rates"}
    )
    labor_cost = own.Money(seen_by=MANAGERS, allow_none=True)
    expense_cost = own.Money(seen_by=MANAGERS, allow_none=True)
    margin = own.Money(
        seen_by=MANAGERS,
        allow_none=True,
        metadata={"description": "Null if labor costs are unknown or in another currency"},
    )
    margin_percent = own.Percent(allow_none=True, metadata=seen_by(MANAGERS))
    incomplete = fields.List(fields.String(), metadata={"description": "What the figures leave out"})


class MarginFilters(Schema):
    by = own.one_of(*KINDS, metadata={"description": "client if left out"})
    client_id = fields.UUID()
    agreement_id = fields.UUID()
    worked_on_gte = own.day(metadata={"description": "90 days ago if left out"})
    worked_on_lte = own.day(metadata={"description": "Today if left out"})


class UnbilledRow(Schema):
    """The unbilled items of a client. Parked items without a price count, but have no amount."""

    id = fields.UUID()
    client_id = fields.UUID()
    client_name = fields.String()
    currency = fields.String()
    oldest_on = fields.Date()
    items = fields.Integer()
    hours = own.Hours()
    time_amount = own.Money(seen_by=BILLING_READERS, allow_none=True)
    expense_amount = own.Money(seen_by=BILLING_READERS, allow_none=True)
    other_amount = own.Money(seen_by=BILLING_READERS, allow_none=True)
    total = own.Money(seen_by=BILLING_READERS, allow_none=True)
    parked = fields.Integer()
    held = fields.Integer(metadata={"description": "Time that waits for approval, and holds the invoice back"})
    incomplete = fields.List(fields.String(), metadata={"description": "What the amounts leave out"})


class UnbilledFilters(Schema):
    client_id = fields.UUID()
    dated_lte = own.day()


MARGIN, MARGIN_FILTERS = MarginRow(), MarginFilters()
UNBILLED, UNBILLED_FILTERS = UnbilledRow(), UnbilledFilters()
