"""Schemas of scheduled rates in the API."""

from marshmallow import Schema, fields

from clients.client.fields import Forgiving
from clients.scheduled_rate.models import STATUSES
from common import fields as own
from common.roles import BILLING_READERS, MONEY_READERS


class ScheduledRate(Forgiving):
    """A rate that applies from `valid_from` until before `valid_until`; null means the default rate."""

    id = fields.UUID(dump_only=True)
    client_service_id = fields.UUID(dump_only=True)
    custom_rate = own.Money(seen_by=MONEY_READERS, required=True, allow_none=True, minimum="0")
    valid_from = own.day(required=True)
    valid_until = own.day(load_default=None, allow_none=True)
    reason = own.text(500, load_default=None, allow_none=True)
    status = own.one_of(*STATUSES, dump_only=True)
    former_rate = own.Money(seen_by=BILLING_READERS, dump_only=True, allow_none=True)
    applied_at = fields.DateTime(dump_only=True, allow_none=True)
    ended_at = fields.DateTime(dump_only=True, allow_none=True)
    created_by = fields.String(dump_only=True)
    created_by_name = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ScheduledRateFilters(Schema):
    status = own.one_of(*STATUSES)


SCHEDULED_RATE, FILTERS = ScheduledRate(), ScheduledRateFilters()
