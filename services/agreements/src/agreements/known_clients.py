"""The clients that new work orders and agreements may name."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from agreements.access import of_own_clients
from agreements.inbound.replicas import Client, Successor
from common.errors import Invalid
from common.replicas import patiently
from common.uow import UnitOfWork


@dataclass(frozen=True)
class KnownClients:
    """`visible` are those the actor may see; `survivors` the names of the clients that others were merged into."""

    clients: dict[UUID, Client]
    visible: frozenset[UUID]
    survivors: dict[UUID, str]

    def usable(self, client_id: UUID | None) -> Client:
        """Returns the client. Raises Invalid if it is unknown, not visible, merged or archived."""
        client = self.clients.get(client_id) if client_id in self.visible else None
        if client is None:
            raise Invalid({"client_id": ["Client not found."]})
        if client.id in self.survivors:
            survivor = self.survivors[client.id]
            raise Invalid({"client_id": [f'"{client.name}" was merged into "{survivor}". Use that client.']})
        if client.status == "archived":
            raise Invalid({"client_id": [f'"{client.name}" is archived. Restore it first.']})
        return client


def read(work: UnitOfWork, ids: Collection[UUID | None]) -> KnownClients:
    """Reads clients in one query, waiting briefly for new ones."""
    wanted = {identifier for identifier in ids if identifier is not None}
    survivor = aliased(Client)
    visible = of_own_clients(work, Client.id).label("visible")
    statement = (
        select(Client, visible, Successor.successor_id, survivor.name)
        .outerjoin(Successor, Successor.id == Client.id)
        .outerjoin(survivor, survivor.id == Successor.successor_id)
        .where(Client.id.in_(wanted))
    )

    def rows() -> dict[UUID, Any]:
        return {row[0].id: row for row in work.session.execute(statement)} if wanted else {}

    found = patiently(rows, lambda known: wanted - known.keys())
    return KnownClients(
        clients={key: client for key, (client, *_) in found.items()},
        visible=frozenset(key for key, (_, may_see, *_) in found.items() if may_see),
        survivors={key: name or str(into) for key, (*_, into, name) in found.items() if into is not None},
    )
