"""Adds services to a rate card, prices and removes them."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func

from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.inbound import replicas
from clients.inbound.replicas import CatalogService
from clients.rate_card import changing, events
from clients.rate_card.inheriting import await_catalog
from clients.rate_card.models import LABOR, ClientService
from clients.rate_card.queries import get, locked
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.replicas import find
from common.uow import UnitOfWork


def choose(work: UnitOfWork, client_id: UUID, *, service_id: UUID, **agreed: Any) -> ClientService:
    """Includes a catalog service, or changes the terms of a service already on the card."""
    client = get_client(work, client_id, lock=True)
    service = catalog_service(work, service_id)
    await_catalog(work)
    work.session.refresh(service)
    row = work.session.scalar(locked(client_id).where(ClientService.service_id == service_id))
    return _save(work, client, row or new_row(work, client), service, {**agreed, "included": True})


def add_custom(work: UnitOfWork, client_id: UUID, *, name: str, rate: Decimal, **values: Any) -> ClientService:
    """Adds a custom service, or includes a removed custom service with the same name again."""
    client = get_client(work, client_id, lock=True)
    changing.check_rate(client, rate, "rate")
    same_name = func.lower(ClientService.name) == func.lower(name)
    row = work.session.scalar(locked(client_id).where(ClientService.is_custom, same_name))
    if row is not None and row.included:
        message = changing.named_already(row.name)
        raise Conflict(message, {"name": [message]})
    changes = {**values, "name": name, "custom_rate": rate, "included": True}
    return _save(work, client, row or new_row(work, client, is_custom=True), None, changes)


def update(work: UnitOfWork, client_id: UUID, row_id: UUID, **changes: Any) -> ClientService:
    client = get_client(work, client_id, lock=True)
    service_id = get(work, client_id, row_id).service_id
    await_catalog(work)
    service = work.session.get(CatalogService, service_id) if service_id else None
    row = get(work, client_id, row_id, lock=True)
    work.check_version(row)
    return _save(work, client, row, service, changes)


def remove(work: UnitOfWork, client_id: UUID, row_id: UUID) -> None:
    """Removes the service from the card. The row stays for references to it and for its history."""
    client = get_client(work, client_id, lock=True)
    row = get(work, client_id, row_id, lock=True)
    work.check_version(row)
    _save(work, client, row, None, {"included": False})


def new_row(work: UnitOfWork, client: Client, *, is_custom: bool = False) -> ClientService:
    """Returns a row that is not included yet, so that including it is recorded as a change."""
    timestamps = {"created_at": work.now, "updated_at": work.now}
    defaults = {"description": "", "unit": "Hour", "kind": LABOR} if is_custom else {}
    return ClientService(
        id=new_id(),
        client_id=client.id,
        is_custom=is_custom,
        included=False,
        rate_review=False,
        **defaults,
        **timestamps,
    )


def catalog_service(work: UnitOfWork, service_id: UUID) -> CatalogService:
    """Returns the catalog service, waiting briefly for its event; raises Invalid if there is no such service."""
    service = find(work, CatalogService, service_id)
    if service is None or service.status == replicas.DELETED:
        raise Invalid({"service_id": ["Service not found in the catalog."]})
    assert isinstance(service, CatalogService)
    return service


def _save(
    work: UnitOfWork, client: Client, row: ClientService, service: CatalogService | None, changes: dict[str, Any]
) -> ClientService:
    if changing.apply(work, client, row, service, changes):
        events.announce(work, [row])
    return row
