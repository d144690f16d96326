"""The event about a note."""

from marshmallow import Schema, fields

from common.events import EventType


class NoteAdded(Schema):
    """A note with the people of its work order. `text` and the names in `files` are left out for an internal note."""

    id = fields.UUID()
    work_order_id = fields.UUID()
    work_order_number = fields.String()
    work_order_subject = fields.String()
    work_order_status = fields.String()
    client_id = fields.UUID()
    contact_id = fields.UUID(allow_none=True)
    technician_id = fields.UUID(allow_none=True)
    visible = fields.Boolean()
    by_client = fields.Boolean()
    author_id = fields.String()
    author_name = fields.String()
    text = fields.String(allow_none=True)
    files = fields.List(fields.String())
    version = fields.Integer()


ADDED = EventType("agreements.work_note.added.v1", NoteAdded(), "A note was written on a work order")

ALL = (ADDED,)
