"""Finding rows of clients' rate cards, by their own id or by the catalog service's."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_, select

from agreements.inbound.replicas import CatalogService, Client, ClientService
from common.errors import Invalid
from common.replicas import patiently
from common.uow import UnitOfWork

Place = tuple[UUID, UUID]
"""A client's id, with the id of a row of its card or of a catalog service."""


def find_rows(work: UnitOfWork, client_id: UUID, ids: Collection[UUID]) -> dict[UUID, ClientService]:
    """Returns the client's rows by the requested ids, each a row's own id or a catalog service's."""
    found = find_places(work, {(client_id, identifier) for identifier in ids})
    return {identifier: row for (_, identifier), row in found.items()}


def find_places(work: UnitOfWork, places: Collection[Place]) -> dict[Place, ClientService]:
    """Returns the rows of several clients' cards in one query.

    Cards of new clients and services arrive as events. If a missing id could be that new, this waits up to two
    seconds for it.
    """

    def missing(found: dict[Place, ClientService]) -> Iterable[UUID]:
        return (identifier for place in places if place not in found for identifier in place)

    return patiently(lambda: _rows(work, places), missing)


@dataclass(frozen=True)
class Cards:
    """Clients with the requested rows of their cards, and those rows' catalog services."""

    clients: dict[UUID, Client]
    rows: dict[Place, ClientService]
    catalog: dict[UUID, CatalogService]


def read(work: UnitOfWork, client_ids: Collection[UUID], places: Collection[Place]) -> Cards:
    """Reads clients, rows and catalog services in one query, waiting as `find_places` does."""
    ids = {identifier for _, identifier in places}
    requested = or_(ClientService.id.in_(ids), ClientService.service_id.in_(ids))
    statement = (
        select(Client, ClientService, CatalogService)
        .outerjoin(ClientService, and_(ClientService.client_id == Client.id, requested))
        .outerjoin(CatalogService, CatalogService.id == ClientService.service_id)
        .where(Client.id.in_(client_ids))
    )

    def cards() -> Cards:
        found = work.session.execute(statement).all()
        return Cards(
            {client.id: client for client, _, _ in found},
            _by_place([row for _, row, _ in found if row is not None], places),
            {service.id: service for _, _, service in found if service is not None},
        )

    def missing(found: Cards) -> Iterable[UUID]:
        yield from (identifier for place in places if place not in found.rows for identifier in place)
        yield from {row.service_id for row in found.rows.values() if row.service_id} - found.catalog.keys()

    return patiently(cards, missing)


def included(work: UnitOfWork, client: Client, identifier: UUID, row: ClientService | None) -> ClientService:
    """Returns the client's row found for an id. Raises Invalid for `service_id` if none was, or it is excluded."""
    if row is None:
        raise Invalid({"service_id": [why_not(work, client, identifier)]})
    if not row.included:
        raise Invalid({"service_id": [f'"{row.name}" is not included in the rate card of {client.name}.']})
    return row


def included_id(work: UnitOfWork, client_id: UUID | None, service_id: UUID | None) -> UUID | None:
    """Returns the client's row of a catalog service, or None if its card does not include that."""
    if client_id is None or service_id is None:
        return None
    row = find_rows(work, client_id, [service_id]).get(service_id)
    return row.id if row is not None and row.included else None


def why_not(work: UnitOfWork, client: Client, identifier: UUID) -> str:
    """Returns the error text for an id that `find_rows` did not find."""
    service = work.session.get(CatalogService, identifier)
    if service is not None:
        return f'"{service.name}" is not on the rate card of {client.name}.'
    return f"Service not found on the rate card of {client.name}."


def _rows(work: UnitOfWork, places: Collection[Place]) -> dict[Place, ClientService]:
    if not places:
        return {}
    clients, ids = ({place[position] for place in places} for position in (0, 1))
    statement = select(ClientService).where(ClientService.client_id.in_(clients))
    statement = statement.where(or_(ClientService.id.in_(ids), ClientService.service_id.in_(ids)))
    return _by_place(work.session.scalars(statement).all(), places)


def _by_place(rows: Sequence[ClientService], places: Collection[Place]) -> dict[Place, ClientService]:
    by_place = {(row.client_id, row.service_id): row for row in rows} | {(row.client_id, row.id): row for row in rows}
    return {place: by_place[place] for place in places if place in by_place}
