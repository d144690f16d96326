"""Request and response schemas of blocks of bought hours."""

from marshmallow import Schema, fields, validate

from agreements.agreement.block_commands import NewBlock
from common import fields as own
from common.audience import seen_by
from common.commands import CommandSchema
from common.roles import MONEY_READERS, STAFF

OPEN, USED, EXPIRED, REMOVED = "open", "used", "expired", "removed"
BLOCK_STATUSES = (OPEN, USED, EXPIRED, REMOVED)


class BlockService(Schema):
    client_service_id = fields.UUID()
    name = fields.String(allow_none=True)


class HourBlock(Schema):
    """Hours that the client bought beside the included ones. Without services they serve all covered services."""

    id = fields.UUID()
    agreement_id = fields.UUID()
    status = own.one_of(*BLOCK_STATUSES)
    hours = own.Hours()
    hours_used = own.Hours()
    hours_expired = own.Hours()
    hours_remaining = own.Hours()
    price = own.Money(seen_by=MONEY_READERS, allow_none=True)
    bought_on = fields.Date()
    expires_on = fields.Date(allow_none=True, metadata={"description": "The last day whose work may draw from it"})
    services = fields.List(fields.Nested(BlockService()))
    note = fields.String(allow_none=True, metadata=seen_by(STAFF))
    created_at = fields.DateTime()


class HourBlockCreate(CommandSchema):
    command = NewBlock

    hours = own.Hours(required=True, above_zero=True)
    price = own.Money(allow_none=True, load_default=None, minimum="0")
    bought_on = own.day(
        allow_none=True,
        load_default=None,
        metadata={"description": "The first day whose work may draw from it; today without it"},
    )
    expires_on = own.day(allow_none=True, load_default=None)
    client_service_ids = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=100),
        metadata={"description": "The covered services that may draw from it; all of them without any"},
    )
    note = own.text(2000, allow_none=True, load_default=None)


class HourBlocks(Schema):
    items = fields.List(fields.Nested(HourBlock()))


HOUR_BLOCK, HOUR_BLOCK_CREATE, HOUR_BLOCKS = HourBlock(), HourBlockCreate(), HourBlocks()
