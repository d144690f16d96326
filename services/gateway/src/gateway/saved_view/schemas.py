"""Schemas of saved views in the API."""

from marshmallow import Schema, fields, validate

from common import fields as own

LONGEST = 500


class SavedView(Schema):
    id = fields.UUID(dump_only=True)
    user_id = fields.UUID(dump_only=True)
    user_name = fields.String(dump_only=True)
    list = fields.String(
        required=True,
        validate=[
            validate.Length(max=100),
            validate.Regexp(r"/[a-z0-9/-]+\Z", error="Must be the path of a page, such as /agreements."),
        ],
        metadata={"example": "/agreements"},
    )
    name = own.text(80, required=True)
    search = fields.Dict(
        keys=fields.String(validate=validate.Length(max=50)),
        values=fields.String(validate=validate.Length(max=LONGEST)),
        required=True,
        validate=validate.Length(max=30),
        metadata={"description": "The parameters of the page's address", "example": {"status": "active"}},
    )
    shared = fields.Boolean(load_default=False, metadata={"description": "True: all staff see it"})
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class SavedViewPatch(SavedView):
    class Meta:
        exclude = ("list",)


class SavedViewFilters(Schema):
    list = fields.String(validate=validate.Length(max=100))


SAVED_VIEW = SavedView()
SAVED_VIEW_PATCH = SavedViewPatch(partial=True)
FILTERS = SavedViewFilters()
