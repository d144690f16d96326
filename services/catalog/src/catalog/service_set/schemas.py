"""Schemas of service sets in the API."""

from marshmallow import Schema, fields, validate

from catalog.service_set.models import ACTIVE, ARCHIVED
from common import fields as own

MOST_SERVICES = 1000


class SetBody(Schema):
    name = own.text(100, required=True)
    description = own.text(2000, allow_none=True, load_default=None)
    service_ids = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=MOST_SERVICES, error=f"At most {MOST_SERVICES} services."),
    )
    is_default = fields.Boolean(
        load_default=False,
        metadata={
            "description": "New clients start with this set if the policy is `set`. Only one set can be the default."
        },
    )


class SetMember(Schema):
    id = fields.UUID()
    name = fields.String()
    status = own.one_of(ACTIVE, ARCHIVED)


class ServiceSet(SetBody):
    id = fields.UUID(dump_only=True)
    services = fields.List(fields.Nested(SetMember()), dump_only=True)
    status = own.one_of(ACTIVE, ARCHIVED, dump_only=True)
    archived_at = fields.DateTime(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class SetPatch(SetBody):
    """Any subset of the fields; `service_ids` replaces the whole list."""


class SetFilters(Schema):
    status = own.one_of(ACTIVE, ARCHIVED)
    is_default = fields.Boolean()
    service_id = fields.UUID()


SERVICE_SET, BODY, PATCH, FILTERS = ServiceSet(), SetBody(), SetPatch(partial=True), SetFilters()
