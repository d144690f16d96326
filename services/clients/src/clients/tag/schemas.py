"""Schemas of tags in the API."""

from marshmallow import Schema, fields

from clients.tag.fields import TagName
from clients.tag.tagging import DEFAULT_COLOR
from common import fields as own

COLORS = ("gray", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink")


class Tag(Schema):
    id = fields.UUID(dump_only=True)
    name = TagName()
    color = own.one_of(*COLORS, load_default=DEFAULT_COLOR)
    client_count = fields.Integer(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class TagPatch(Tag):
    """Any subset of name and color."""


TAG, TAG_PATCH = Tag(), TagPatch(partial=True)
