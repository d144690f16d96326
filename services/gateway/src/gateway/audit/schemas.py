"""Schemas of the audit log in the API."""

from marshmallow import Schema, fields


class Change(Schema):
    field = fields.String(required=True)
    before = fields.Raw(allow_none=True, required=True)
    after = fields.Raw(allow_none=True, required=True)


class AuditEntry(Schema):
    id = fields.UUID(required=True)
    occurred_at = fields.DateTime(required=True)
    recorded_at = fields.DateTime(required=True)
    actor_id = fields.String(required=True)
    actor_role = fields.String(required=True)
    actor_name = fields.String(required=True, allow_none=True)
    type = fields.String(required=True)
    aggregate = fields.String(required=True, metadata={"description": "The entity type, such as `billing.invoice`"})
    subject = fields.String(required=True)
    summary = fields.String(required=True, metadata={"description": "One sentence about the change"})
    sequence = fields.Integer(required=True)
    correlation_id = fields.String(required=True)
    causation_id = fields.String(required=True, allow_none=True)
    data = fields.Dict(required=True)
    changes = fields.List(fields.Nested(Change()), required=True)


class ActivityFilters(Schema):
    actor = fields.String(metadata={"description": "A user's id, or `system`"})
    type = fields.String(metadata={"description": "An event type, or a prefix such as `billing.invoice.`"})
    occurred_at_gte = fields.AwareDateTime()
    occurred_at_lt = fields.AwareDateTime()


class AuditFilters(ActivityFilters):
    subject = fields.String(metadata={"description": "Id of the changed entity"})
    client_id = fields.UUID(metadata={"description": "The client the change belongs to"})
    correlation_id = fields.String()


class BeforeAfter(Schema):
    before = fields.Raw(allow_none=True, required=True)
    after = fields.Raw(allow_none=True, required=True)


class ActivityEntry(Schema):
    id = fields.UUID(required=True)
    occurred_at = fields.DateTime(required=True)
    actor_id = fields.String(required=True)
    actor_name = fields.String(required=True, allow_none=True)
    type = fields.String(required=True)
    subject = fields.String(required=True, metadata={"description": "Id of the changed entity"})
    summary = fields.String(required=True, metadata={"description": "One sentence about the change"})
    changes = fields.Dict(keys=fields.String(), values=fields.Nested(BeforeAfter()), required=True)


class EntityType(Schema):
    type = fields.String(required=True, metadata={"description": "Add a dot to filter by `type`"})
    name = fields.String(required=True)


class EntityTypes(Schema):
    items = fields.List(fields.Nested(EntityType()), required=True)


ENTRY, FILTERS, ENTITY_TYPES = AuditEntry(), AuditFilters(), EntityTypes()
ACTIVITY, ACTIVITY_FILTERS = ActivityEntry(), ActivityFilters()
