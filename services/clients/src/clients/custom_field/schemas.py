"""Schemas of custom fields in the API."""

from marshmallow import Schema, fields, validate

from clients.custom_field.models import ACTIVE, ARCHIVED, ENTITIES, TYPES
from common import fields as own

_KEY = "Use lowercase letters, digits and underscores, starting with a letter, such as contract_number."


class CustomField(Schema):
    id = fields.UUID(dump_only=True)
    entity = own.one_of(*ENTITIES, required=True)
    key = fields.String(
        required=True, validate=validate.Regexp(r"^[a-z][a-z0-9_]{0,49}\Z", error=_KEY), metadata={"description": _KEY}
    )
    label = own.text(100, required=True)
    type = own.one_of(*TYPES, required=True)
    options = fields.List(own.text(100, required=True), load_default=list, validate=validate.Length(max=200))
    required = fields.Boolean(load_default=False)
    sort_order = own.Integer(strict=True, load_default=0, validate=validate.Range(-1_000_000, 1_000_000))
    status = own.one_of(ACTIVE, ARCHIVED, load_default=ACTIVE)
    version = own.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class CustomFieldPatch(CustomField):
    """Any subset of the fields; entity and key cannot change."""


class CustomFieldFilters(Schema):
    entity = own.one_of(*ENTITIES)
    status = own.one_of(ACTIVE, ARCHIVED)
    type = own.one_of(*TYPES)


CUSTOM_FIELD, CUSTOM_FIELD_PATCH, FILTERS = CustomField(), CustomFieldPatch(partial=True), CustomFieldFilters()
