"""Archiving and restoring many services at once, each with a result of its own."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from catalog.service import events
from catalog.service.models import CatalogService
from common.errors import Conflict
from common.events import EventType
from common.uow import UnitOfWork

SUCCEEDED, FAILED, SKIPPED = "succeeded", "failed", "skipped"


def archive(work: UnitOfWork, *, ids: Sequence[UUID]) -> dict[str, Any]:
    return _change(work, ids, lambda service: service.archive(work.now), events.ARCHIVED)


def restore(work: UnitOfWork, *, ids: Sequence[UUID]) -> dict[str, Any]:
    return _change(work, ids, CatalogService.restore, events.RESTORED)


def _change(
    work: UnitOfWork, ids: Sequence[UUID], change: Callable[[CatalogService], None], event: EventType
) -> dict[str, Any]:
    """Locks all of them in one order; a service that is so already is skipped, an unknown one has failed."""
    statement = select(CatalogService).where(CatalogService.id.in_(ids)).order_by(CatalogService.id).with_for_update()
    services = {service.id: service for service in work.session.scalars(statement)}
    results = [_result(work, service_id, services.get(service_id), change, event) for service_id in dict.fromkeys(ids)]
    counts = {status: sum(result["status"] == status for result in results) for status in (SUCCEEDED, FAILED, SKIPPED)}
    return {"results": results, **counts}


def _result(
    work: UnitOfWork,
    service_id: UUID,
    service: CatalogService | None,
    change: Callable[[CatalogService], None],
    event: EventType,
) -> dict[str, Any]:
    if service is None:
        return {"id": service_id, "status": FAILED, "error": "There is no such service."}
    try:
        change(service)
    except Conflict as conflict:
        return {"id": service_id, "status": SKIPPED, "error": conflict.detail}
    work.emit(event, service)
    return {"id": service_id, "status": SUCCEEDED}
