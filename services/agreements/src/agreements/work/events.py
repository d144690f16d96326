"""Events about work orders and time entries, with the split of the hours."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class TimeState(Schema):
    """`hours` and `worked_hours` are as worked. `billed_hours` is after rounding and the minimum.

    `billable_hours` is the part that billing may charge. `overage` is true if it exceeds a block.
    """

    id = fields.UUID()
    work_order_id = fields.UUID()
    work_order_number = fields.String()
    client_id = fields.UUID()
    agreement_id = fields.UUID(allow_none=True)
    agreement_type = fields.String(allow_none=True)
    client_service_id = fields.UUID(allow_none=True)
    service_id = fields.UUID(allow_none=True)
    service_name = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    worked_on = fields.Date()
    hours = own.Hours()
    worked_hours = own.Hours()
    billed_hours = own.Hours()
    covered_hours = own.Hours()
    overage_hours = own.Hours()
    billable = fields.Boolean()
    billable_hours = own.Hours()
    overage = fields.Boolean()
    technician_id = fields.UUID(allow_none=True)
    technician_name = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    approval = fields.String(allow_none=True)
    deleted = fields.Boolean()
    version = fields.Integer()


class WorkOrderState(Schema):
    """Leaves out the description, which may contain confidential text."""

    id = fields.UUID()
    number = fields.String()
    client_id = fields.UUID()
    agreement_id = fields.UUID(allow_none=True)
    subject = fields.String()
    priority = fields.String()
    status = fields.String()
    technician_id = fields.UUID(allow_none=True)
    technician_name = fields.String(allow_none=True)
    billable = fields.Boolean()
    due_on = fields.Date(allow_none=True)
    estimated_hours = own.Hours(allow_none=True)
    tasks_total = fields.Integer()
    tasks_done = fields.Integer()
    version = fields.Integer()


class TargetPassed(WorkOrderState):
    """A work order with the target that is due soon or has passed. `due_at` is null if it passed before a pause."""

    work_order_id = fields.UUID()
    target = fields.String()
    minutes = fields.Integer()
    due_at = fields.DateTime(allow_none=True)
    met_at = fields.DateTime(allow_none=True)


LOGGED = EventType("agreements.time.logged.v1", TimeState(), "Time was logged on a work order")
CORRECTED = EventType("agreements.time.corrected.v1", TimeState(), "Logged time was corrected")
DELETED = EventType("agreements.time.deleted.v1", TimeState(), "Logged time was deleted")

ORDER_CREATED = EventType("agreements.work_order.created.v1", WorkOrderState(), "A work order was opened")
ORDER_CHANGED = EventType("agreements.work_order.changed.v1", WorkOrderState(), "A work order changed")
ORDER_MOVED = EventType("agreements.work_order.transitioned.v1", WorkOrderState(), "A work order's status changed")
ORDER_DELETED = EventType("agreements.work_order.deleted.v1", WorkOrderState(), "A work order without time was deleted")

TARGET_DUE_SOON = EventType(
    "agreements.work_order.target_due_soon.v1", TargetPassed(), "75 % of a target's time is used; once per target"
)
TARGET_BREACHED = EventType(
    "agreements.work_order.target_breached.v1", TargetPassed(), "A target passed unmet; once per target"
)

ALL = (
    LOGGED,
    CORRECTED,
    DELETED,
    ORDER_CREATED,
    ORDER_CHANGED,
    ORDER_MOVED,
    ORDER_DELETED,
    TARGET_DUE_SOON,
    TARGET_BREACHED,
)
