"""How catalog services come to a card: all or a set with a new client, or late, when their event was."""

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
"""Clients whose cards are made at once: memory stays flat however many there are."""
log = structlog.get_logger(__name__)

# A client made while a service arrives would else see no service, and the service no client.
_AWAIT = text("SELECT pg_advisory_xact_lock_shared(hashtextextended('clients: catalog', 0))")
_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended('clients: catalog', 0))")


def await_catalog(work: UnitOfWork) -> None:
    """Waits for catalog news on their way in and keeps further ones out: call it before copying from the catalog."""
    work.session.execute(_AWAIT)


def hold_catalog(work: UnitOfWork) -> None:
    """For the one who brings catalog news: waits until all who copy are done, and lets new ones wait."""
    work.session.execute(_HOLD)


def policy(work: UnitOfWork, inherit_services: str | None, service_set_id: UUID | None) -> dict[str, Any]:
    """What a new client's `inherits_services` and `service_set_id` are to be; None takes what the settings say.

    Raises Invalid for a set that is unknown or archived, and for one asked for where there is none.
    """
    wanted = inherit_services or (SET if service_set_id else work.organisation.inherit_services)
    if wanted != SET:
        if service_set_id is not None:
            raise Invalid({"service_set_id": [f'Only allowed with inherit_services "{SET}".']})
        return {"inherits_services": wanted == ALL, "service_set_id": None}
    chosen = service_set(work, service_set_id) if service_set_id else _default_set(work)
    if chosen is None:
        if inherit_services == SET:
            raise Invalid({"service_set_id": ["The catalog has no default service set. Choose a set."]})
        log.warning("default_service_set_missing")
    return {"inherits_services": False, "service_set_id": chosen.id if chosen else None}


def service_set(work: UnitOfWork, service_set_id: UUID) -> ServiceSet:
    """An active set, waiting a moment for one just made."""
    found = find(work, ServiceSet, service_set_id)
    if found is None:
        raise Invalid({"service_set_id": ["Service set not found."]})
    if found.status != ACTIVE:
        raise Invalid({"service_set_id": [f'The service set "{found.name}" is {found.status}. Choose an active set.']})
    assert isinstance(found, ServiceSet)
    return found


def _default_set(work: UnitOfWork) -> ServiceSet | None:
    statement = select(ServiceSet).where(ServiceSet.is_default, ServiceSet.status == ACTIVE)
    return work.session.scalar(statement.order_by(ServiceSet.id).limit(1))


def inherit(work: UnitOfWork, client: Client) -> None:
    """Puts every active service, or those of the client's set, on a new client's card, in one statement."""
    if client.inherits_services:
        events.announce(work, _copy(work, Client.id == client.id))
    elif client.service_set_id is not None:
        events.announce(work, _copy(work, Client.id == client.id, _in_set(Client.service_set_id)))


def inherit_all(work: UnitOfWork, client_ids: Sequence[UUID]) -> None:
    """As `inherit` for many new clients: a statement a portion, whose events are written before the next one."""
    meant = or_(Client.inherits_services.is_(True), _in_set(Client.service_set_id))
    for start in range(0, len(client_ids), PORTION):
        portion = literal(list(client_ids[start : start + PORTION]), ARRAY(Uuid))
        rows = _copy(work, Client.id == any_(portion), meant)
        events.announce(work, rows)
        work.flush()
        for row in rows:
            work.session.expunge(row)


def inherit_late(work: UnitOfWork, service_id: UUID) -> None:
    """A service seen for the first time belongs on the cards of all clients made at or after its making.

    Its event may have taken longer than the making of those clients; older clients never get it by themselves.
    """
    made_after = Client.created_at >= CatalogService.created_at
    meant = or_(Client.inherits_services.is_(True), _in_set(Client.service_set_id))
    alone = Client.merged_into_id.is_(None)
    events.announce(work, _copy(work, CatalogService.id == service_id, meant, made_after, alone))


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
