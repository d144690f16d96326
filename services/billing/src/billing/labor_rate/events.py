"""Events about labor rates, for the audit log: no other service copies what labor costs."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class LaborRateState(Schema):
    id = fields.UUID()
    technician_id = fields.UUID()
    technician_name = fields.String()
    valid_from = fields.Date()
    rate = own.Money()
    currency = fields.String()
    version = fields.Integer()


CREATED = EventType("billing.labor_rate.created.v1", LaborRateState(), "A technician got a labor rate from a day on")
CHANGED = EventType("billing.labor_rate.changed.v1", LaborRateState(), "A labor rate or its first day changed")
DELETED = EventType("billing.labor_rate.deleted.v1", LaborRateState(), "A labor rate was deleted")

ALL = (CREATED, CHANGED, DELETED)
