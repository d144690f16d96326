"""Request and response schemas of notes and of the timeline."""

from marshmallow import Schema, fields, validate

from agreements.conversation.notes import NewNote
from agreements.conversation.timeline import KINDS
from agreements.work.models import WORK_STATUSES
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.roles import EVERYONE, STAFF


class WorkAttachment(Schema):
    id = fields.UUID()
    name = fields.String()
    media_type = fields.String()
    size = fields.Integer(metadata={"description": "Bytes"})
    visible = fields.Boolean()
    by_client = fields.Boolean()
    author_name = fields.String()
    created_at = fields.DateTime()


class AttachmentQuery(Schema):
    name = own.text(200, required=True, metadata={"example": "error.png"})
    visible = fields.Boolean(metadata={"description": "Whether the client sees the file"})


class WorkNote(CommandSchema):
    """`visible`: whether the client sees the note. Clients' notes always are, and notes of staff only if it is set."""

    command = NewNote

    id = fields.UUID(dump_only=True)
    text = own.text(20_000, required=True)
    visible = fields.Boolean(allow_none=True, load_default=None)
    attachment_ids = fields.List(
        fields.UUID(),
        load_only=True,
        load_default=(),
        validate=validate.Length(max=20, error="A note has at most 20 attachments."),
        metadata={"description": "Your attachments of this work order that belong to the note"},
    )
    attachments = fields.List(fields.Nested(WorkAttachment()), dump_only=True)
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
    """One of `note`, `status_change`, `attachment` and `time`, as `kind` says.

    Client users see visible notes and attachments, and no time.
    """

    id = fields.UUID()
    kind = own.one_of(*KINDS)
    at = fields.DateTime()
    by_name = fields.String(allow_none=True)
    by_client = fields.Boolean()
    note = fields.Nested(WorkNote(), allow_none=True, metadata=seen_by(EVERYONE))
    status_change = fields.Nested(WorkStatusChange(), allow_none=True)
    attachment = fields.Nested(WorkAttachment(), allow_none=True)
    time = fields.Nested(TimelineTime(), allow_none=True, metadata=seen_by(STAFF))


NOTE, TIMELINE_ENTRY = WorkNote(), TimelineEntry()
ATTACHMENT, ATTACHMENT_QUERY = WorkAttachment(), AttachmentQuery()
