"""Archiving and restoring many services at once, each with a result of its own."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from catalog.service import events, queries
from catalog.service.models import CatalogService
from common.errors import Conflict
from common.events import EventType
from common.http import bulk
from common.uow import UnitOfWork

Change = Callable[[CatalogService], None]


def archive(work: UnitOfWork, **chosen: Any) -> dict[str, Any]:
    return _change(work, chosen, lambda service: service.archive(work.now), events.ARCHIVED)


def restore(work: UnitOfWork, **chosen: Any) -> dict[str, Any]:
    return _change(work, chosen, CatalogService.restore, events.RESTORED)


def _change(work: UnitOfWork, chosen: dict[str, Any], change: Change, event: EventType) -> dict[str, Any]:
    """A service that is so already is skipped, an unknown one has failed."""
    if "ids" in chosen:
        services = _locked(work, select(CatalogService).where(CatalogService.id.in_(chosen["ids"])))
        ids: Sequence[UUID] = list(dict.fromkeys(chosen["ids"]))
    else:
        services = _found(work, **chosen)
        ids = list(services)
    return bulk.tally([_result(work, service_id, services.get(service_id), change, event) for service_id in ids])


def _found(work: UnitOfWork, *, filter: dict[str, Any], expected_count: int) -> dict[UUID, CatalogService]:
    """What the filter finds, if it is as much as the caller saw."""
    words = dict(filter)
    statement = queries.matching({name: words[name] for name in words if name != "q"}, words.get("q"))
    found = work.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    bulk.check_count(found, expected_count)
    services = _locked(work, statement)
    bulk.check_count(len(services), expected_count)  # while the locks were waited for
    return services


def _locked(work: UnitOfWork, statement: Select[CatalogService]) -> dict[UUID, CatalogService]:
    """All of them locked, in the one order in which everybody locks them."""
    ordered = statement.order_by(CatalogService.id).with_for_update(of=CatalogService)
    return {service.id: service for service in work.session.scalars(ordered)}


def _result(
    work: UnitOfWork, service_id: UUID, service: CatalogService | None, change: Change, event: EventType
) -> dict[str, Any]:
    if service is None:
        return bulk.result(service_id, bulk.FAILED, "Service not found.")
    try:
        change(service)
    except Conflict as conflict:
        return bulk.result(service_id, bulk.SKIPPED, conflict.detail)
    work.emit(event, service)
    return bulk.result(service_id, bulk.SUCCEEDED)
