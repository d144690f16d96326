"""Request and response schemas of labor rates."""

from marshmallow import Schema, fields

from billing.labor_rate.editing import LaborRateChanges, NewLaborRate
from common import fields as own
from common.commands import CommandSchema
from common.roles import MANAGERS


class LaborRate(CommandSchema):
    """What an hour of the technician costs the MSP from `valid_from` until the technician's next rate."""

    command = NewLaborRate

    id = fields.UUID(dump_only=True)
    technician_id = fields.UUID(required=True)
    valid_from = own.day(required=True)
    rate = own.Money(seen_by=MANAGERS, required=True, minimum="0", metadata={"example": "48.50"})
    currency = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class LaborRatePatch(CommandSchema):
    command = LaborRateChanges

    valid_from = own.day()
    rate = own.Money(minimum="0")


class TechnicianLaborRates(Schema):
    """A technician with all rates, the newest first."""

    technician_id = fields.UUID()
    name = fields.String()
    active = fields.Boolean()
    current_rate = own.Money(seen_by=MANAGERS, allow_none=True)
    currency = fields.String()
    rates = fields.List(fields.Nested(LaborRate()))


LABOR_RATE, LABOR_RATE_PATCH, TECHNICIAN = LaborRate(), LaborRatePatch(), TechnicianLaborRates()
