"""The audit log as administrators see it."""

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
    subject = fields.String(required=True)
    sequence = fields.Integer(required=True)
    correlation_id = fields.String(required=True)
    causation_id = fields.String(required=True, allow_none=True)
    data = fields.Dict(required=True)
    changes = fields.List(fields.Nested(Change()), required=True)


class AuditFilters(Schema):
    actor = fields.String(metadata={"description": "A user's id, or `system`"})
    subject = fields.String(metadata={"description": "The id of what was changed"})
    type = fields.String(metadata={"description": "An event type, or its beginning such as `billing.invoice.`"})
    correlation_id = fields.String()
    occurred_at_gte = fields.AwareDateTime()
    occurred_at_lt = fields.AwareDateTime()


ENTRY, FILTERS = AuditEntry(), AuditFilters()
