"""Events about notes, without their text."""

from marshmallow import Schema, fields

from common.events import EventType


class NoteState(Schema):
    """The state of a note without its text, because only staff may read notes."""

    id = fields.UUID()
    client_id = fields.UUID()
    title = fields.String(allow_none=True)
    pinned = fields.Boolean()
    author_id = fields.String()
    author_name = fields.String()
    version = fields.Integer()


CHANGED = EventType("clients.note.changed.v1", NoteState(), "A note was added, edited or pinned")
DELETED = EventType("clients.note.deleted.v1", NoteState(), "A note was deleted")

ALL = (CHANGED, DELETED)
