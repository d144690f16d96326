"""Archives and restores many services at once, with a result for each."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from catalog.service import events, queries
from catalog.service.models import CatalogService
from common import bulk
from common.errors import Conflict
from common.events import EventType
from common.uow import UnitOfWork

Change = Callable[[CatalogService], None]


def archive(work: UnitOfWork, **selection: Any) -> dict[str, Any]:
    return _change(work, selection, lambda service: service.archive(work.now), events.ARCHIVED)


def restore(work: UnitOfWork, **selection: Any) -> dict[str, Any]:
    return _change(work, selection, CatalogService.restore, events.RESTORED)


def _change(work: UnitOfWork, selection: dict[str, Any], change: Change, event: EventType) -> dict[str, Any]:
    """Changes each service. A service already in the target state is skipped, an unknown service fails."""
    if "ids" in selection:
        services = _locked(work, select(CatalogService).where(CatalogService.id.in_(selection["ids"])))
        ids: Sequence[UUID] = list(dict.fromkeys(selection["ids"]))
    else:
        services = _select(work, **selection)
        ids = list(services)
    return bulk.tally([_result(work, service_id, services.get(service_id), change, event) for service_id in ids])


def _select(work: UnitOfWork, *, filter: dict[str, Any], expected_count: int) -> dict[UUID, CatalogService]:
    """Returns the services that match the filter. Raises Conflict if their number is not `expected_count`."""
    values = dict(filter)
    statement = queries.matching({name: values[name] for name in values if name != "q"}, values.get("q"))
    count = work.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    bulk.check_count(count, expected_count)
    services = _locked(work, statement)
    bulk.check_count(len(services), expected_count)  # rows can change while this waits for locks
    return services


def _locked(work: UnitOfWork, statement: Select[CatalogService]) -> dict[UUID, CatalogService]:
    """Returns the services by id, locked in the order of their ids."""
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
