"""Request and response schemas of billable items."""

from marshmallow import Schema, fields

from billing.item.commands import ItemChanges, NewItem
from billing.item.models import CLOSED, EXPENSE, INVOICED, MANUAL, OPEN, PARKED, TIME, TO_BILL
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.roles import BILLING_READERS, MONEY_READERS


class Item(CommandSchema):
    command = NewItem

    id = fields.UUID(dump_only=True)
    source_type = fields.String(dump_only=True)
    source_id = fields.UUID(dump_only=True)
    status = own.one_of(OPEN, INVOICED, PARKED, CLOSED, dump_only=True)
    client_id = fields.UUID(required=True)
    client_name = fields.String(dump_only=True, allow_none=True)
    agreement_id = fields.UUID(load_default=None, allow_none=True)
    client_service_id = fields.UUID(load_default=None, allow_none=True)
    service_id = fields.UUID(load_default=None, allow_none=True)
    service_name = fields.String(dump_only=True)
    description = own.text(500, load_default=None, allow_none=True)
    quantity = own.Hours(required=True)
    worked_hours = own.Hours(
        dump_only=True,
        allow_none=True,
        metadata={"description": "Hours worked, if more are billed; null: same as quantity"},
    )
    unit = own.text(20, load_default=None, allow_none=True)
    unit_rate = own.Money(seen_by=MONEY_READERS, load_default=None, allow_none=True, minimum="0")
    currency = own.currency(load_default=None, allow_none=True)
    billing_currency = fields.String(
        dump_only=True, allow_none=True, metadata={"description": "The item's currency; default: the client's"}
    )
    dated_on = own.day(required=True)
    overage = fields.Boolean(dump_only=True)
    work_order_number = own.text(50, load_default=None, allow_none=True)
    technician_name = fields.String(dump_only=True, allow_none=True)
    tax_code_id = fields.UUID(
        dump_only=True,
        allow_none=True,
        metadata={"description": "An expense's own tax code; null: the service's or the client's"},
    )
    note = own.text(2000, load_default=None, allow_none=True, metadata=seen_by(BILLING_READERS))
    confirm = own.confirm()
    parked_cause = fields.String(dump_only=True, allow_none=True)
    invoice_id = fields.UUID(dump_only=True, allow_none=True)
    fixed_because = fields.String(
        dump_only=True, allow_none=True, metadata={"description": "Why it can't be edited or deleted; null if it can"}
    )
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ItemPatch(CommandSchema):
    command = ItemChanges

    description = own.text(500, allow_none=True)
    quantity = own.Hours()
    unit = own.text(20)
    unit_rate = own.Money(allow_none=True, minimum="0")
    currency = own.currency(allow_none=True)
    dated_on = own.day()
    work_order_number = own.text(50, allow_none=True)
    note = own.text(2000, allow_none=True)
    confirm = own.confirm()


class ItemFilters(Schema):
    client_id = fields.UUID()
    status = own.one_of(
        *(OPEN, INVOICED, PARKED, CLOSED, TO_BILL),
        metadata={"description": "to_bill: open or parked; the next invoice run includes them"},
    )
    source_type = own.one_of(TIME, EXPENSE, MANUAL)
    source_id = fields.UUID()
    invoice_id = fields.UUID()
    invoice_line_id = fields.UUID(metadata={"description": "The source of an invoice line"})
    dated_gte = own.day()
    dated_lte = own.day()


ITEM, PATCH, FILTERS = Item(), ItemPatch(), ItemFilters()
