"""Adds the services of a set to an existing rate card."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.client.queries import get as get_client
from clients.inbound.replicas import ACTIVE, CatalogService
from clients.rate_card import changing, events
from clients.rate_card.editing import new_row
from clients.rate_card.inheriting import await_catalog, service_set
from clients.rate_card.queries import locked
from common.uow import UnitOfWork


def apply_set(work: UnitOfWork, client_id: UUID, *, service_set_id: UUID) -> dict[str, Any]:
    """Includes the set's services that are not included yet; nothing else changes. Archived services are skipped."""
    client = get_client(work, client_id, lock=True)
    chosen = service_set(work, service_set_id)
    await_catalog(work)
    statement = select(CatalogService).where(CatalogService.id.in_(chosen.service_ids))
    services = {s.id: s for s in work.session.scalars(statement.execution_options(populate_existing=True))}
    rows = {row.service_id: row for row in work.session.scalars(locked(client_id))}
    added, skipped = [], []
    for service_id in chosen.service_ids:
        service, row = services.get(service_id), rows.get(service_id)
        if row is not None and row.included:
            continue
        if service is None or service.status != ACTIVE:
            skipped.append(service.name if service else str(service_id))
            continue
        if row is None:
            row = rows[service_id] = new_row(work, client)
            row.service_id = service_id
        changing.apply(work, client, row, service, {"included": True}, f"Service set {chosen.name}")
        added.append(row)
    events.announce(work, added)
    present = [rows[service_id] for service_id in chosen.service_ids if service_id in rows]
    return {"items": present, "added": len(added), "skipped": skipped}
