"""Events about rate cards, with the changed rows; each row has its own version."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from marshmallow import Schema, fields

from clients.rate_card.models import ClientService
from common import fields as own
from common.events import EventType
from common.uow import UnitOfWork

MOST_ROWS = 200


class CardRow(Schema):
    id = fields.UUID()
    service_id = fields.UUID(allow_none=True)
    name = fields.String(attribute="display_name")
    description = fields.String()
    category = fields.String(allow_none=True)
    unit = fields.String()
    default_rate = own.Money(allow_none=True)
    custom_rate = own.Money(allow_none=True)
    effective_rate = own.Money(allow_none=True)
    rate_source = fields.String()
    included = fields.Boolean()
    is_custom = fields.Boolean()
    kind = fields.String(allow_none=True)
    version = fields.Integer()


class CardChange(Schema):
    client_id = fields.UUID()
    services = fields.List(fields.Nested(CardRow()))


CHANGED = EventType("clients.client_service.changed.v1", CardChange(), "Rows of a client's rate card changed")

ALL = (CHANGED,)


@dataclass(frozen=True)
class Change:
    """Changed rows of a client's card. The event's sequence is the version of its newest row."""

    client_id: UUID
    services: Sequence[ClientService]

    @property
    def id(self) -> UUID:
        return self.client_id

    @property
    def version(self) -> int:
        return max(row.version for row in self.services)


def announce(work: UnitOfWork, rows: Iterable[ClientService]) -> None:
    by_client: dict[UUID, list[ClientService]] = defaultdict(list)
    for row in rows:
        by_client[row.client_id].append(row)
    for client_id, changed in by_client.items():
        for portion in _portions(changed):
            work.emit(CHANGED, Change(client_id, portion))


def _portions(rows: Sequence[ClientService]) -> Iterator[Sequence[ClientService]]:
    for start in range(0, len(rows), MOST_ROWS):
        yield rows[start : start + MOST_ROWS]
