"""Puts catalog services on rate cards: all or a set for a new client, or later if a service's event was late."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Uuid, any_, exists, func, literal, or_, select, text, true
from sqlalchemy.dialects.postgresql import ARRAY, insert

from clients.client.models import Client
from clients.inbound.replicas import ACTIVE, CatalogService, ServiceSet, catalog_rate
from clients.rate_card import events
from clients.rate_card.models import ClientService
from common.errors import Invalid
from common.organisation.settings import ALL, SET
from common.replicas import find
from common.uow import UnitOfWork

PORTION = 200
"""The number of clients whose cards are written in one statement, to limit memory."""
log = structlog.get_logger(__name__)

# Without the lock, a client and a service committed at the same time would miss each other.
_AWAIT = text("SELECT pg_advisory_xact_lock_shared(hashtextextended('clients: catalog', 0))")
_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended('clients: catalog', 0))")


def await_catalog(work: UnitOfWork) -> None:
    """Waits for handlers of catalog events and holds further ones off. Call it before copying from the catalog."""
    work.session.execute(_AWAIT)


def hold_catalog(work: UnitOfWork) -> None:
    """Waits for transactions that copy from the catalog and holds new ones off. Call it in handlers of its events."""
    work.session.execute(_HOLD)


def policy(work: UnitOfWork, inherit_services: str | None, service_set_id: UUID | None) -> dict[str, Any]:
    """Returns a new client's `inherits_services` and `service_set_id`; for None, the setting applies.

    Raises Invalid if the set is unknown or archived, or if there is no default set.
    """
    choice = inherit_services or (SET if service_set_id else work.organisation.inherit_services)
    if choice != SET:
        if service_set_id is not None:
            raise Invalid({"service_set_id": [f'Only allowed with inherit_services "{SET}".']})
        return {"inherits_services": choice == ALL, "service_set_id": None}
    chosen = service_set(work, service_set_id) if service_set_id else _default_set(work)
    if chosen is None:
        if inherit_services == SET:
            raise Invalid({"service_set_id": ["The catalog has no default service set. Choose a set."]})
        log.warning("default_service_set_missing")
    return {"inherits_services": False, "service_set_id": chosen.id if chosen else None}


def service_set(work: UnitOfWork, service_set_id: UUID) -> ServiceSet:
    """Returns an active set, waiting briefly for its event. Raises Invalid if it is unknown or not active."""
    row = find(work, ServiceSet, service_set_id)
    if row is None:
        raise Invalid({"service_set_id": ["Service set not found."]})
    if row.status != ACTIVE:
        raise Invalid({"service_set_id": [f'The service set "{row.name}" is {row.status}. Choose an active set.']})
    assert isinstance(row, ServiceSet)
    return row


def _default_set(work: UnitOfWork) -> ServiceSet | None:
    statement = select(ServiceSet).where(ServiceSet.is_default, ServiceSet.status == ACTIVE)
    return work.session.scalar(statement.order_by(ServiceSet.id).limit(1))


def inherit(work: UnitOfWork, client: Client) -> None:
    """Puts all active services, or the services of the client's set, on a new client's card."""
    if client.inherits_services:
        events.announce(work, _copy(work, Client.id == client.id))
    elif client.service_set_id is not None:
        events.announce(work, _copy(work, Client.id == client.id, _in_set(Client.service_set_id)))


def inherit_all(work: UnitOfWork, client_ids: Sequence[UUID]) -> None:
    """Does the same as `inherit` for many new clients in portions, to limit memory."""
    inherits = or_(Client.inherits_services.is_(True), _in_set(Client.service_set_id))
    for start in range(0, len(client_ids), PORTION):
        portion = literal(list(client_ids[start : start + PORTION]), ARRAY(Uuid))
        rows = _copy(work, Client.id == any_(portion), inherits)
        events.announce(work, rows)
        work.flush()
        for row in rows:
            work.session.expunge(row)


def inherit_late(work: UnitOfWork, service_id: UUID) -> None:
    """Puts a new service on the cards of clients created at the same time or later.

    Its event may arrive after those clients were created. Older clients do not get it.
    """
    is_newer = Client.created_at >= CatalogService.created_at
    inherits = or_(Client.inherits_services.is_(True), _in_set(Client.service_set_id))
    is_not_merged = Client.merged_into_id.is_(None)
    events.announce(work, _copy(work, CatalogService.id == service_id, inherits, is_newer, is_not_merged))


def _in_set(set_id: Any) -> ColumnElement[bool]:
    return exists().where(ServiceSet.id == set_id, CatalogService.id == any_(ServiceSet.service_ids))


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
        "default_rate": catalog_rate(Client.currency),
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
