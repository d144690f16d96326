"""Request and response schemas of notes and of the timeline."""

from marshmallow import Schema, fields

from agreements.conversation.notes import NewNote
from agreements.conversation.timeline import KINDS
from agreements.work.models import WORK_STATUSES
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.roles import EVERYONE, STAFF


class WorkNote(CommandSchema):
    """`visible`: whether the client sees the note. Clients' notes always are, and notes of staff only if it is set."""

    command = NewNote

    id = fields.UUID(dump_only=True)
    text = own.text(20_000, required=True)
    visible = fields.Boolean(allow_none=True, load_default=None)
    by_client = fields.Boolean(dump_only=True)
    author_name = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)


class WorkStatusChange(Schema):
    from_status = own.one_of(*WORK_STATUSES)
    to_status = own.one_of(*WORK_STATUSES)


class TimelineTime(Schema):
    worked_on = fields.Date()
    worked_hours = own.Hours()
    service_name = fields.String(allow_none=True)
    note = fields.String(allow_none=True, metadata=seen_by(STAFF))


class TimelineEntry(Schema):
    """One of `note`, `status_change` and `time`, as `kind` says. Client users see visible notes and no time."""

    id = fields.UUID()
    kind = own.one_of(*KINDS)
    at = fields.DateTime()
    by_name = fields.String(allow_none=True)
    by_client = fields.Boolean()
    note = fields.Nested(WorkNote(), allow_none=True, metadata=seen_by(EVERYONE))
    status_change = fields.Nested(WorkStatusChange(), allow_none=True)
    time = fields.Nested(TimelineTime(), allow_none=True, metadata=seen_by(STAFF))


NOTE, TIMELINE_ENTRY = WorkNote(), TimelineEntry()
