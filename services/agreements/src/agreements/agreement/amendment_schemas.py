"""Schemas of the history of an agreement's terms."""

from marshmallow import Schema, fields

from common import fields as own
from common.audience import seen_by
from common.roles import BILLING_READERS


class AsOf(Schema):
    as_of = own.day(metadata={"description": "The terms that applied on this day, with the present hours and status"})


class Change(Schema):
    """A changed field: of a service if it has one, else of the agreement. A service's `covered` is true or false."""

    field = fields.String()
    client_service_id = fields.UUID(allow_none=True)
    service_name = fields.String(allow_none=True)
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


class Amendment(Schema):
    """Terms that apply from `from_day` to `last_day`, which is null for the present ones.

    `last_day` is before `from_day` if terms were replaced from the same day on.
    """

    id = fields.UUID()
    number = fields.Integer()
    from_day = fields.Date()
    last_day = fields.Date(allow_none=True)
    reason = fields.String(allow_none=True, metadata=seen_by(BILLING_READERS))
    actor_name = fields.String()
    created_at = fields.DateTime()
    changes = fields.List(
        fields.Nested(Change()),
        metadata={"description": "Differences from the terms before; empty for the first ones"},
    )


class Amendments(Schema):
    items = fields.List(fields.Nested(Amendment()))


AS_OF, AMENDMENTS = AsOf(), Amendments()
