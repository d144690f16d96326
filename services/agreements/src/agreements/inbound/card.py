"""Finding rows of a client's rate card, by their own id or by the catalog service's."""

from collections.abc import Collection, Sequence
from time import monotonic, sleep
from uuid import UUID

from sqlalchemy import or_, select

from agreements.inbound.replicas import CatalogService, Client, ClientService
from common.clock import now
from common.ids import born_at
from common.replicas import PATIENCE, STEP, YOUNG
from common.uow import UnitOfWork


def find_rows(work: UnitOfWork, client_id: UUID, ids: Collection[UUID]) -> dict[UUID, ClientService]:
    """Returns the client's rows by the requested ids, each a row's own id or a catalog service's.

    Cards of new clients and services arrive as events. If a missing id could be that new, this waits up to two
    seconds for it.
    """
    found = _rows(work, client_id, ids)
    deadline = monotonic() + PATIENCE
    while any(_may_come(client_id, missing) for missing in set(ids) - set(found)) and monotonic() < deadline:
        sleep(STEP)
        found = _rows(work, client_id, ids)
    return found


def why_not(work: UnitOfWork, client: Client, identifier: UUID) -> str:
    """Returns the error text for an id that `find_rows` did not find."""
    service = work.session.get(CatalogService, identifier)
    if service is not None:
        return f'"{service.name}" is not on the rate card of {client.name}.'
    return f"Service not found on the rate card of {client.name}."


def _rows(work: UnitOfWork, client_id: UUID, ids: Collection[UUID]) -> dict[UUID, ClientService]:
    if not ids:
        return {}
    statement = select(ClientService).where(ClientService.client_id == client_id)
    statement = statement.where(or_(ClientService.id.in_(ids), ClientService.service_id.in_(ids)))
    rows: Sequence[ClientService] = work.session.scalars(statement).all()
    wanted = set(ids)
    return {key: row for row in rows for key in (row.service_id, row.id) if key in wanted}


def _may_come(*ids: UUID) -> bool:
    births = [born_at(identifier) for identifier in ids]
    return any(birth is not None and abs(now() - birth) < YOUNG for birth in births)
