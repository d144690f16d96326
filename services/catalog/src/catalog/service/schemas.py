"""Services as the public sees them."""

from marshmallow import Schema, fields, validate

from catalog.service.models import ACTIVE, ARCHIVED, CYCLES, KINDS
from common.http import fields as own

LARGEST_BATCH = 500


class ServiceBody(Schema):
    """What a service is made of; as PUT, what is left out goes back to what a new service would have."""

    name = own.text(200, required=True)
    description = own.text(2000, required=True)
    kind = own.one_of(*KINDS, load_default="labor")
    category = own.text(100, allow_none=True, load_default=None)
    default_rate = own.Money(required=True, above_zero=True)
    default_unit = own.text(20, load_default="Hour")
    currency = own.currency(load_default=None, allow_none=True)
    tax_code_id = fields.UUID(allow_none=True, load_default=None)
    minimum_hours = own.Hours(allow_none=True, load_default=None, minimum="0")
    sort_order = fields.Integer(load_default=0, strict=True, validate=validate.Range(-10_000, 10_000))
    internal_notes = own.text(10_000, allow_none=True, load_default=None)
    billing_cycle = own.one_of(*CYCLES, allow_none=True, load_default=None)
    setup_fee = own.Money(allow_none=True, load_default=None, minimum="0")
    cost = own.Money(allow_none=True, load_default=None, minimum="0")


class Service(ServiceBody):
    """A service as it stands. Technicians see no money: its amounts are null for them."""

    id = fields.UUID(dump_only=True)
    default_rate = own.Money(required=True, allow_none=True)
    status = fields.String(dump_only=True)
    client_count = fields.Integer(dump_only=True)
    agreement_count = fields.Integer(dump_only=True)
    archived_at = fields.DateTime(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class ServicePatch(ServiceBody):
    """The same fields, each on its own."""

    class Meta:
        exclude = ("currency",)


class CloneService(Schema):
    name = own.text(200, required=True)
    default_rate = own.Money(required=True, above_zero=True)


class BulkChange(Schema):
    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, LARGEST_BATCH))


class BatchResult(Schema):
    id = fields.UUID()
    status = own.one_of("succeeded", "failed", "skipped")
    error = fields.String()


class BatchResults(Schema):
    results = fields.List(fields.Nested(BatchResult()))
    succeeded = fields.Integer()
    failed = fields.Integer()
    skipped = fields.Integer()


class RateChange(Schema):
    id = fields.UUID()
    old_rate = own.Money(allow_none=True)
    new_rate = own.Money()
    changed_at = fields.DateTime()
    changed_by = fields.String()
    changed_by_name = fields.String()


class ServiceFilters(Schema):
    status = own.one_of(ACTIVE, ARCHIVED)
    category = fields.String()
    kind = own.one_of(*KINDS)


SERVICE = Service()
SERVICE_BODY = ServiceBody()
SERVICE_PATCH = ServicePatch(partial=True)
CLONE = CloneService()
BULK, RESULTS = BulkChange(), BatchResults()
RATE_CHANGE = RateChange()
FILTERS = ServiceFilters()
