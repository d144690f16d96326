"""The targets of a work order in answers."""

from marshmallow import Schema, fields

from agreements.sla.targets import STATES, TARGETS
from common import fields as own


class SlaTarget(Schema):
    """A target counts business hours, and stands still while the order waits for the client or is done."""

    target = own.one_of(*TARGETS, metadata={"description": "response: the first reply, or staff began; resolution"})
    minutes = fields.Integer(metadata={"description": "Minutes of business hours, by priority"})
    due_at = fields.DateTime(allow_none=True, metadata={"description": "Null while the clock stands still"})
    met_at = fields.DateTime(allow_none=True)
    state = own.one_of(*STATES, metadata={"description": "warning: from 75 % on; missed: met after it was due"})
    percent = fields.Integer(metadata={"description": "How much of the time is used"})
