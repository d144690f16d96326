"""How catalog services come to a card: all at once with a new client, or late, when their event was."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, select, text, true
from sqlalchemy.dialects.postgresql import insert

from clients.client.models import Client
from clients.inbound.replicas import ACTIVE, CatalogService
from clients.rate_card import events
from clients.rate_card.models import ClientService
from common.uow import UnitOfWork

# A client made while a service arrives would else see no service, and the service no client.
_AWAIT = text("SELECT pg_advisory_xact_lock_shared(hashtextextended('clients: catalog', 0))")
_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended('clients: catalog', 0))")


def await_catalog(work: UnitOfWork) -> None:
    """Waits for catalog news on their way in and keeps further ones out: call it before copying from the catalog."""
    work.session.execute(_AWAIT)


def hold_catalog(work: UnitOfWork) -> None:
    """For the one who brings catalog news: waits until all who copy are done, and lets new ones wait."""
    work.session.execute(_HOLD)


def inherit(work: UnitOfWork, client: Client) -> None:
    """Puts every active service on a new client's card, in one statement."""
    if client.inherits_services:
        events.announce(work, _copy(work, Client.id == client.id))


def inherit_late(work: UnitOfWork, service_id: UUID) -> None:
    """A service seen for the first time belongs on the cards of all clients made at or after its making.

    Its event may have taken longer than the making of those clients; older clients never get it by themselves.
    """
    made_after = Client.created_at >= CatalogService.created_at
    events.announce(work, _copy(work, CatalogService.id == service_id, Client.inherits_services.is_(True), made_after))


def _copy(work: UnitOfWork, *conditions: ColumnElement[bool]) -> Sequence[ClientService]:
    copied: dict[str, Any] = {
        "id": func.uuid_v7(work.now),
        "version": literal(1),
        "created_at": literal(work.now),
        "updated_at": literal(work.now),
        "client_id": Client.id,
        "service_id": CatalogService.id,
        "name": CatalogService.name,
        "description": CatalogService.description,
        "category": CatalogService.category,
        "unit": CatalogService.unit,
        "default_rate": CatalogService.default_rate,
    }
    source = (
        select(*copied.values())
        .select_from(Client)
        .join(CatalogService, true())
        .where(CatalogService.status == ACTIVE, *conditions)
        .order_by(Client.id, CatalogService.sort_order, CatalogService.name)
    )
    statement = insert(ClientService).from_select(list(copied), source).on_conflict_do_nothing()
    return work.session.scalars(statement.returning(ClientService)).all()
