"""What this service says about merges."""

from marshmallow import Schema, fields

from clients.rate_card.events import CardRow
from common.events import EventType


class MergeState(Schema):
    """`id` is the client that is left. Everything that names `merged_client_id` is its from now on, and what names a
    row in `client_services` names the row it leads to. `services` are the rows of its card that came with the merge,
    so that whoever prices by them needs not wait for another event."""

    id = fields.UUID()
    name = fields.String()
    merged_client_id = fields.UUID()
    merged_client_name = fields.String()
    client_services = fields.Dict(keys=fields.UUID(), values=fields.UUID())
    services = fields.List(fields.Nested(CardRow()))
    version = fields.Integer()


MERGED = EventType("clients.client.merged.v1", MergeState(), "Two clients became one")

ALL = (MERGED,)
