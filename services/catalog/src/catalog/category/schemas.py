"""Schemas of categories in the API."""

from marshmallow import Schema, fields, validate

from catalog.category.models import ACTIVE, ARCHIVED
from common import fields as own

COLOR = validate.Regexp(r"#[0-9a-fA-F]{6}\Z", error='Enter a color such as "#1f6b4a".')


class CategoryBody(Schema):
    name = own.text(100, required=True)
    description = own.text(2000, allow_none=True, load_default=None)
    color = fields.String(allow_none=True, load_default=None, validate=COLOR, metadata={"example": "#1f6b4a"})
    sort_order = own.Integer(load_default=0, strict=True, validate=validate.Range(-10_000, 10_000))


class ServiceCategory(CategoryBody):
    id = fields.UUID(dump_only=True)
    status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    service_count = own.Integer(dump_only=True, metadata={"description": "Including archived services"})
    archived_at = fields.DateTime(dump_only=True, allow_none=True)
    version = own.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class CategoryPatch(CategoryBody):
    """Any subset of the fields."""


class CategoryFilters(Schema):
    status = own.one_of(ACTIVE, ARCHIVED)


CATEGORY, BODY, PATCH, FILTERS = ServiceCategory(), CategoryBody(), CategoryPatch(partial=True), CategoryFilters()
