"""Schemas of merges and duplicates in the API."""

from marshmallow import Schema, fields, validate

from clients.client.models import STATUSES
from clients.merging.cards import KEPT, MOVED, TAKEN_OVER
from clients.merging.duplicates import WEIGHTS
from common import fields as own
from common.roles import BILLING_READERS


class MergeBody(Schema):
    duplicate_id = fields.UUID(required=True)
    dry_run = fields.Boolean(
        load_default=True,
        metadata={"description": "Preview only. The default, because a merge can't be undone"},
    )


class MergedService(Schema):
    id = fields.UUID(metadata={"description": "The duplicate's card row"})
    name = fields.String()
    outcome = own.one_of(MOVED, KEPT, TAKEN_OVER)
    into_id = fields.UUID(metadata={"description": "The surviving client's row; the same row if it moved"})
    duplicate_rate = own.Money(seen_by=BILLING_READERS, allow_none=True)
    survivor_rate = own.Money(seen_by=BILLING_READERS, allow_none=True)


class Difference(Schema):
    field = fields.String()
    survivor = fields.String(metadata={"description": "The surviving client's rate, which is kept"})
    duplicate = fields.String()


class Merge(Schema):
    id = fields.UUID(metadata={"description": "The surviving client"})
    name = fields.String()
    merged_client_id = fields.UUID()
    merged_client_name = fields.String()
    merged_at = fields.DateTime(allow_none=True)
    dry_run = fields.Boolean()
    moves = fields.Dict(keys=fields.String(), values=fields.Integer())
    services = fields.List(fields.Nested(MergedService()))
    filled = fields.Dict(keys=fields.String(), values=fields.String())
    differences = fields.List(fields.Nested(Difference()))
    refusals = fields.List(fields.String(), metadata={"description": "Why the merge is not possible"})


class Named(Schema):
    id = fields.UUID()
    name = fields.String()
    status = own.one_of(*STATUSES)
    created_at = fields.DateTime()


class Reason(Schema):
    kind = own.one_of(*WEIGHTS)
    value = fields.String()


class Candidate(Schema):
    client = fields.Nested(Named())
    duplicate = fields.Nested(Named())
    score = own.Integer(metadata={"description": "At most 100"})
    reasons = fields.List(fields.Nested(Reason()))


class Candidates(Schema):
    items = fields.List(fields.Nested(Candidate()))


class DuplicatesQuery(Schema):
    client_id = fields.UUID(load_default=None)
    limit = own.Integer(load_default=100, validate=validate.Range(1, 500))


MERGE_BODY, MERGE, DUPLICATES_QUERY, DUPLICATES = MergeBody(), Merge(), DuplicatesQuery(), Candidates()
