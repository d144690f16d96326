"""Billable items as the public sees them."""

from marshmallow import Schema, fields

from billing.item.models import CLOSED, INVOICED, OPEN, PARKED
from common.http import fields as own


class Item(Schema):
    id = fields.UUID(dump_only=True)
    source_type = fields.String(dump_only=True)
    source_id = fields.UUID(dump_only=True)
    status = own.one_of(OPEN, INVOICED, PARKED, CLOSED, dump_only=True)
    client_id = fields.UUID(required=True)
    agreement_id = fields.UUID(load_default=None, allow_none=True)
    client_service_id = fields.UUID(load_default=None, allow_none=True)
    service_id = fields.UUID(load_default=None, allow_none=True)
    service_name = fields.String(dump_only=True)
    description = own.text(500, load_default=None, allow_none=True)
    quantity = own.Hours(required=True)
    unit = own.text(20, load_default=None, allow_none=True)
    unit_rate = own.Money(load_default=None, allow_none=True, minimum="0")
    currency = own.currency(load_default=None, allow_none=True)
    dated_on = own.day(required=True)
    overage = fields.Boolean(dump_only=True)
    work_order_number = own.text(50, load_default=None, allow_none=True)
    technician_name = fields.String(dump_only=True, allow_none=True)
    note = own.text(2000, load_default=None, allow_none=True)
    parked_cause = fields.String(dump_only=True, allow_none=True)
    invoice_id = fields.UUID(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ItemFilters(Schema):
    client_id = fields.UUID()
    status = own.one_of(OPEN, INVOICED, PARKED, CLOSED)
    source_id = fields.UUID()
    invoice_id = fields.UUID()
    dated_lte = own.day()


ITEM, FILTERS = Item(), ItemFilters()
