"""Events about recurring work orders; each carries the whole state."""

from marshmallow import Schema, fields

from common.events import EventType


class RecurringState(Schema):
    id = fields.UUID()
    client_id = fields.UUID()
    template_id = fields.UUID()
    agreement_id = fields.UUID(allow_none=True)
    subject = fields.String(allow_none=True)
    technician_id = fields.UUID(allow_none=True)
    technician_name = fields.String(allow_none=True)
    billable = fields.Boolean()
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    every = fields.Integer()
    unit = fields.String()
    due_in_days = fields.Integer(allow_none=True)
    catch_up = fields.String()
    status = fields.String()
    next_on = fields.Date(allow_none=True)
    problem = fields.String(allow_none=True)
    version = fields.Integer()


CHANGED = EventType(
    "agreements.recurring_work_order.changed.v1",
    RecurringState(),
    "A recurring work order was created or changed, or created an order",
)
DELETED = EventType(
    "agreements.recurring_work_order.deleted.v1", RecurringState(), "A recurring work order was deleted"
)

ALL = (CHANGED, DELETED)
