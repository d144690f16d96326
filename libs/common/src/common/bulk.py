"""Bulk requests: the selection of rows and the results."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from common import fields as own
from common.errors import Conflict

SUCCEEDED, FAILED, SKIPPED = STATUSES = ("succeeded", "failed", "skipped")
MOST_IDS = 500


class Chosen(Schema):
    """Either `ids`, or a `filter` of the list with the number of rows the caller expects."""

    ids = fields.List(fields.UUID(), validate=validate.Length(1, MOST_IDS))
    expected_count = own.Integer(
        strict=True,
        validate=validate.Range(0),
        metadata={"description": "With a filter: the number of rows it matches. 409 if it has changed"},
    )

    @validates_schema
    def _check_selection(self, data: dict[str, Any], **_: Any) -> None:
        if ("ids" in data) == ("filter" in data):
            raise ValidationError({"ids": ["Send either ids, or a filter with expected_count."]})
        if "filter" in data and "expected_count" not in data and not data.get("dry_run", False):
            raise ValidationError({"expected_count": ["Send the number of rows you expect the filter to match."]})
        if "ids" in data and "expected_count" in data:
            raise ValidationError({"expected_count": ["Only allowed with a filter."]})


class BulkResult(Schema):
    id = fields.UUID()
    status = own.one_of(*STATUSES)
    error = fields.String(allow_none=True, metadata={"description": "Why it failed or was skipped"})


class BulkResults(Schema):
    results = fields.List(fields.Nested(BulkResult()))
    succeeded = fields.Integer()
    failed = fields.Integer()
    skipped = fields.Integer()


RESULTS = BulkResults()


def chosen(filters: Schema, name: str, extra: Mapping[str, fields.Field[Any]] | None = None) -> Schema:
    """Returns the body of a bulk route: `ids`, or `filter` with `expected_count`, and `extra` fields."""
    parts = {"filter": fields.Nested(filters), **(extra or {})}
    schema: Schema = type(name, (Chosen,), parts)()
    return schema


def check_count(found: int, expected: int) -> None:
    """Raises Conflict if the number of rows is not the number that the caller expects."""
    if found != expected:
        message = f"The filter now matches {found} rows, not {expected}. Reload the list and try again."
        raise Conflict(message, {"expected_count": [message]}, found=found, expected_count=expected)


def result(identifier: UUID, status: str, error: str | None = None) -> dict[str, Any]:
    return {"id": identifier, "status": status, "error": error}


def tally(results: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Returns the answer of a bulk route: the results and their number by status."""
    rows = list(results)
    counts = Counter(row["status"] for row in rows)
    return {"results": rows, **{status: counts[status] for status in STATUSES}}
