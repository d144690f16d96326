"""Request and response schemas of materials and expenses."""

from marshmallow import fields

from agreements.expense.editing import ExpenseChanges
from agreements.expense.models import KINDS, MATERIAL
from agreements.expense.recording import NewExpense
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.roles import BILLING_READERS, MONEY_READERS

MARKUP_LIMIT = "1000"


class Expense(CommandSchema):
    """A material or an expense of a work order. The client is charged `quantity` times `unit_price`."""

    command = NewExpense

    id = fields.UUID(dump_only=True)
    work_order_id = fields.UUID(dump_only=True)
    work_order_number = fields.String(dump_only=True)
    kind = own.one_of(*KINDS, load_default=MATERIAL)
    description = own.text(500, required=True, metadata={"example": "SSD 1 TB"})
    quantity = own.Number(required=True, above_zero=True, metadata={"example": "2"})
    incurred_on = own.day(required=True)
    currency = fields.String(dump_only=True)
    unit_cost = own.Money(
        seen_by=BILLING_READERS, load_default=None, allow_none=True, minimum="0", metadata={"example": "80.00"}
    )
    markup_percent = own.Percent(
        load_default=None,
        allow_none=True,
        minimum="0",
        maximum=MARKUP_LIMIT,
        metadata=seen_by(BILLING_READERS, description="Added to the cost; leave it out if you send a price"),
    )
    unit_price = own.Money(
        seen_by=MONEY_READERS,
        load_default=None,
        allow_none=True,
        minimum="0",
        metadata={"description": "By default the cost plus the markup"},
    )
    amount = own.Money(seen_by=MONEY_READERS, dump_only=True, allow_none=True, metadata={"description": "Before taxes"})
    tax_code_id = fields.UUID(
        load_default=None, allow_none=True, metadata={"description": "Default: the client's tax code"}
    )
    billable = fields.Boolean(load_default=None, allow_none=True, metadata={"description": "Default: as the order"})
    technician_id = fields.UUID(load_default=None, allow_none=True, metadata={"description": "Default: you"})
    technician_name = fields.String(dump_only=True, allow_none=True)
    invoice_id = fields.UUID(dump_only=True, allow_none=True)
    invoice_number = fields.String(dump_only=True, allow_none=True)
    confirm = own.confirm()
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ExpensePatch(CommandSchema):
    """The same fields, each optional. A new markup replaces an entered price, and the other way round."""

    command = ExpenseChanges

    kind = own.one_of(*KINDS)
    description = own.text(500)
    quantity = own.Number(above_zero=True)
    incurred_on = own.day()
    unit_cost = own.Money(allow_none=True, minimum="0")
    markup_percent = own.Percent(allow_none=True, minimum="0", maximum=MARKUP_LIMIT)
    unit_price = own.Money(allow_none=True, minimum="0")
    tax_code_id = fields.UUID(allow_none=True)
    billable = fields.Boolean()
    technician_id = fields.UUID(allow_none=True)
    confirm = own.confirm()


EXPENSE, EXPENSE_PATCH = Expense(), ExpensePatch()
