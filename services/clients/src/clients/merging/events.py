"""What this service says about merges."""

from collections.abc import Mapping
from uuid import UUID

from marshmallow import Schema, fields

from clients.rate_card.events import CardRow
from common.events import EventType


class ReplacedRow(Schema):
    id = fields.UUID()
    into_id = fields.UUID()


class MergeState(Schema):
    """`id` is the client that is left. Everything that names `merged_client_id` is its from now on, and what names a
    row of the merged card in `client_services` names `into_id` instead. `services` are the rows of its own card that
    came with the merge, so that whoever prices by them needs not wait for another event."""

    id = fields.UUID()
    name = fields.String()
    merged_client_id = fields.UUID()
    merged_client_name = fields.String()
    client_services = fields.List(fields.Nested(ReplacedRow()))
    services = fields.List(fields.Nested(CardRow()))
    version = fields.Integer()


MERGED = EventType("clients.client.merged.v1", MergeState(), "Two clients were merged")

ALL = (MERGED,)


def replaced(rows: Mapping[UUID, UUID]) -> list[dict[str, UUID]]:
    """As the event lists them."""
    return [{"id": old, "into_id": kept} for old, kept in rows.items()]
