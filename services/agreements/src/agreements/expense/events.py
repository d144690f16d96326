"""Events about materials and expenses."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class ExpenseState(Schema):
    """The client is charged `quantity` times `unit_price` if it is billable and not deleted."""

    id = fields.UUID()
    work_order_id = fields.UUID()
    work_order_number = fields.String()
    client_id = fields.UUID()
    agreement_id = fields.UUID(allow_none=True)
    kind = fields.String()
    description = fields.String()
    quantity = own.Number()
    unit_price = own.Money()
    cost = own.Money(allow_none=True)
    currency = fields.String()
    tax_code_id = fields.UUID(allow_none=True)
    billable = fields.Boolean()
    incurred_on = fields.Date()
    technician_id = fields.UUID(allow_none=True)
    technician_name = fields.String(allow_none=True)
    deleted = fields.Boolean()
    version = fields.Integer()


RECORDED = EventType("agreements.expense.recorded.v1", ExpenseState(), "A material or an expense was recorded")
CORRECTED = EventType("agreements.expense.corrected.v1", ExpenseState(), "A material or an expense was corrected")
DELETED = EventType("agreements.expense.deleted.v1", ExpenseState(), "A material or an expense was deleted")

ALL = (RECORDED, CORRECTED, DELETED)
