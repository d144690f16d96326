"""Events about merges."""

from collections.abc import Mapping
from uuid import UUID

from marshmallow import Schema, fields

from clients.rate_card.events import CardRow
from common.events import EventType


class ReplacedRow(Schema):
    id = fields.UUID()
    into_id = fields.UUID()


class MergeState(Schema):
    """A merge. `id` is the surviving client; rows of `merged_client_id` belong to it from now on.

    References to a row in `client_services` become references to its `into_id`. `services` are the survivor's card rows
    that the merge changed, so that consumers can price by them without another event.
    """

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
    """Returns replaced rows as the event lists them."""
    return [{"id": old, "into_id": kept} for old, kept in rows.items()]
