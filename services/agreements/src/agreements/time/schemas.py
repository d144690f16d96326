"""Requests and responses of timers and approval."""

from typing import Any, ClassVar

from marshmallow import Schema, fields

from agreements.time.approving import Approval, Return
from agreements.time.timing import NewTimer, Resume
from agreements.work.schemas import TIME_FILTERS
from common import fields as own
from common.audience import seen_by
from common.bulk import Chosen
from common.commands import CommandSchema
from common.roles import STAFF

OTHERS = {"description": "True: pauses your running timers. False: refused with 409 while another one runs"}


class Timer(Schema):
    """Your timer, with the fields of its work order that logging needs."""

    id = fields.UUID()
    work_order_id = fields.UUID()
    work_order_number = fields.String()
    work_order_subject = fields.String()
    client_id = fields.UUID()
    client_name = fields.String(allow_none=True)
    agreement_id = fields.UUID(allow_none=True)
    client_service_id = fields.UUID(allow_none=True)
    billable = fields.Boolean()
    note = fields.String(allow_none=True, metadata=seen_by(STAFF))
    running = fields.Boolean()
    started_at = fields.DateTime()
    seconds = fields.Integer(metadata={"description": "Seconds worked until now, without pauses"})
    hours = own.Hours(metadata={"description": "The same in hours, at least 0.01"})
    worked_on = fields.Date(metadata={"description": "The day of the start in the MSP's time zone"})
    version = fields.Integer()


class Timers(Schema):
    items = fields.List(fields.Nested(Timer()))


class TimerStart(CommandSchema):
    command = NewTimer

    work_order_id = fields.UUID(required=True)
    note = own.text(10_000, allow_none=True)
    pause_others = fields.Boolean(metadata=OTHERS)


class TimerResume(CommandSchema):
    command = Resume

    pause_others = fields.Boolean(metadata=OTHERS)


class TimeApproval(Chosen, CommandSchema):
    command: ClassVar[type[Any] | None] = Approval

    filter = fields.Nested(TIME_FILTERS)


class TimeReturn(TimeApproval):
    command = Return

    reason = own.text(1000, required=True)


TIME_APPROVAL, TIME_RETURN = TimeApproval(), TimeReturn()
TIMER, TIMERS, TIMER_START, TIMER_RESUME = Timer(), Timers(), TimerStart(), TimerResume()
