"""Schemas of bulk changes in the API."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from clients.bulk_change.models import FAILED, FINISHED, PENDING, RUNNING, SKIPPED, SUCCEEDED
from clients.bulk_change.planning import FOLLOW_CATALOG, MOST_ROWS, RESET
from clients.rate_card.rates import AMOUNT, BADGES, DOWN, NEAREST, PERCENT, SET, UP
from clients.tag.fields import TagFilter
from common import fields as own
from common.roles import BILLING_READERS

KINDS = (PERCENT, AMOUNT, SET, RESET, FOLLOW_CATALOG)
LARGEST_BATCH = 500


class RowFilter(Schema):
    badge = own.one_of(*BADGES)
    service_id = fields.UUID()
    client_id = fields.UUID()
    category = fields.String()
    currency = own.currency()
    client_status = own.one_of("lead", "active", "archived")
    included = fields.Boolean()
    is_custom = fields.Boolean()
    rate_review = fields.Boolean()
    tag = TagFilter()
    q = fields.String(metadata={"description": "Free text search, as in the list"})


class ReviewFilter(Schema):
    service_id = fields.UUID()
    client_id = fields.UUID()
    category = fields.String()
    currency = own.currency()
    q = fields.String(metadata={"description": "Free text search, as in the list"})


class Chosen(Schema):
    """Either `ids`, or a `filter` with the number of rows the caller expects to change."""

    ids = fields.List(fields.UUID(), validate=validate.Length(1, MOST_ROWS))
    expected_count = own.Integer(strict=True, validate=validate.Range(0))
    dry_run = fields.Boolean(load_default=False)

    @validates_schema
    def _require_ids_or_filter(self, data: dict[str, Any], **_: Any) -> None:
        if ("ids" in data) == ("filter" in data):
            raise ValidationError({"ids": ["Send either ids or a filter."]})
        if "filter" in data and not data["dry_run"] and "expected_count" not in data:
            raise ValidationError(
                {"expected_count": ["With a filter, send expected_count: the number of rows you expect to change."]}
            )


class RateChange(Schema):
    kind = own.one_of(*KINDS, required=True)
    value = own.Money(places=4, allow_none=True, load_default=None)

    @validates_schema
    def _value_fits_kind(self, data: dict[str, Any], **_: Any) -> None:
        kind, value = data["kind"], data["value"]
        if kind in (RESET, FOLLOW_CATALOG):
            if value is not None:
                raise ValidationError({"value": [f"Not allowed with {kind}. Leave it out."]})
        elif value is None:
            raise ValidationError({"value": ["Enter the percentage, amount or rate."]})
        elif kind == SET and value < 0:
            raise ValidationError({"value": ["Must not be negative."]})
        elif kind == PERCENT and not -100 <= value <= 1000:
            raise ValidationError({"value": ["Must be from -100 to 1000 percent."]})


class Rounding(Schema):
    step = own.Money(above_zero=True, required=True, metadata={"example": "0.05"})
    mode = own.one_of(NEAREST, UP, DOWN, load_default=NEAREST)


class BulkChangeBody(Chosen):
    filter = fields.Nested(RowFilter())
    change = fields.Nested(RateChange(), required=True)
    rounding = fields.Nested(Rounding(), allow_none=True, load_default=None)
    valid_from = own.day(allow_none=True, load_default=None)
    reason = own.text(500, allow_none=True, load_default=None)
    dry_run = fields.Boolean(load_default=True)

    @validates_schema
    def _now_or_later(self, data: dict[str, Any], **_: Any) -> None:
        if data["valid_from"] is not None and data.get("change", {}).get("kind") == FOLLOW_CATALOG:
            message = "A switch to the catalog rate can't be scheduled. Leave valid_from out."
            raise ValidationError({"valid_from": [message]})


class RateReviewDecision(Chosen):
    filter = fields.Nested(ReviewFilter())


class BulkChangeRow(Schema):
    """A row with its result. `pending`: in a preview the row would change, else it has not been changed yet."""

    id = fields.UUID()
    client_id = fields.UUID(allow_none=True)
    client_name = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    currency = fields.String(allow_none=True)
    before = own.Money(seen_by=BILLING_READERS, allow_none=True)
    after = own.Money(seen_by=BILLING_READERS, allow_none=True)
    difference = own.Money(seen_by=BILLING_READERS, allow_none=True)
    hours_last_12_months = own.Hours(allow_none=True)
    revenue_effect = own.Money(seen_by=BILLING_READERS, allow_none=True)
    status = own.one_of(PENDING, SUCCEEDED, FAILED, SKIPPED)
    error = fields.String(allow_none=True)


class BulkChangeTotal(Schema):
    """The totals of the rows that change, in one currency."""

    currency = fields.String()
    rows = fields.Integer()
    hours_last_12_months = own.Hours()
    revenue_effect = own.Money(seen_by=BILLING_READERS)


class BulkChangeResult(Schema):
    id = fields.UUID(allow_none=True)
    dry_run = fields.Boolean()
    status = own.one_of(RUNNING, FINISHED)
    results = fields.List(fields.Nested(BulkChangeRow()))
    count = fields.Integer()
    pending = fields.Integer()
    succeeded = fields.Integer()
    failed = fields.Integer()
    skipped = fields.Integer()
    totals = fields.List(fields.Nested(BulkChangeTotal()))


class BulkChange(Schema):
    id = fields.UUID()
    kind = fields.String()
    change = fields.Dict()
    valid_from = fields.Date(allow_none=True)
    reason = fields.String(allow_none=True)
    status = own.one_of(RUNNING, FINISHED)
    created_by = fields.String()
    created_by_name = fields.String()
    created_at = fields.DateTime()
    finished_at = fields.DateTime(allow_none=True)


BODY, DECISION, RESULT, BULK_CHANGE = BulkChangeBody(), RateReviewDecision(), BulkChangeResult(), BulkChange()
