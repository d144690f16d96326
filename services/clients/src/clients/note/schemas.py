"""Schemas of notes in the API."""

from marshmallow import Schema, fields

from clients.client.fields import Forgiving
from common import fields as own


class Note(Forgiving):
    id = fields.UUID(dump_only=True)
    client_id = fields.UUID(dump_only=True)
    title = own.text(200, allow_none=True, load_default=None)
    body = own.text(50_000, required=True)
    pinned = fields.Boolean(load_default=False)
    author_id = fields.String(dump_only=True)
    author_name = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class NotePatch(Note):
    """Any subset of the fields."""


class NoteVersion(Schema):
    number = fields.Integer(required=True)
    title = fields.String(allow_none=True, required=True)
    body = fields.String(required=True)
    edited_at = fields.DateTime(required=True)
    edited_by = fields.String(required=True)
    edited_by_name = fields.String(required=True)


class NoteFilters(Schema):
    pinned = fields.Boolean()
    author_id = fields.String()


NOTE, NOTE_PATCH, NOTE_VERSION, FILTERS = Note(), NotePatch(partial=True), NoteVersion(), NoteFilters()
