"""Reading services for lists and pages."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm.attributes import set_committed_value

from catalog.service import events
from catalog.service.models import CatalogService, RateChange, ServiceUse
from common.http.auth import TECHNICIAN
from common.http.pagination import Page, paginate
from common.uow import UnitOfWork

SORTS = {
    "name": CatalogService.name,
    "category": func.coalesce(CatalogService.category, ""),
    "default_rate": CatalogService.default_rate,
    "status": CatalogService.status,
    "sort_order": CatalogService.sort_order,
    "updated_at": CatalogService.updated_at,
    "created_at": CatalogService.created_at,
}
NOT_FOR_TECHNICIANS = ("default_rate", "setup_fee", "cost", "internal_notes")
PORTION = 500


def page_of_services(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(CatalogService)
    for name, value in page.filters.items():
        statement = statement.where(getattr(CatalogService, name) == value)
    if page.q:
        statement = statement.where(
            or_(
                CatalogService.name.icontains(page.q, autoescape=True),
                CatalogService.description.icontains(page.q, autoescape=True),
            )
        )
    # An order by rate, and its cursor, would tell what the rates are.
    hidden = NOT_FOR_TECHNICIANS if work.actor.role == TECHNICIAN else ()
    sorts = {name: column for name, column in SORTS.items() if name not in hidden}
    found = paginate(work.session, statement, page, sorts=sorts, default="sort_order,name", key=CatalogService.id)
    with_counts(work, found["items"])
    for service in found["items"]:
        for_reader(work, service)
    return found


def for_reader(work: UnitOfWork, service: CatalogService) -> CatalogService:
    """The service without what the asker is not to read."""
    if work.actor.role == TECHNICIAN:
        for name in NOT_FOR_TECHNICIANS:
            set_committed_value(service, name, None)
    return service


def with_counts(work: UnitOfWork, services: list[CatalogService]) -> None:
    """Sets `client_count` and `agreement_count` on each, in one query."""
    ids = [service.id for service in services]
    counted = select(ServiceUse.service_id, ServiceUse.kind, func.count()).where(ServiceUse.service_id.in_(ids))
    rows = work.session.execute(counted.group_by(ServiceUse.service_id, ServiceUse.kind))
    counts = {(service_id, kind): count for service_id, kind, count in rows}
    for service in services:
        for kind in ("client", "agreement"):
            setattr(service, f"{kind}_count", counts.get((service.id, kind), 0))


def rate_history(work: UnitOfWork, service_id: UUID, page: Page) -> dict[str, Any]:
    statement = select(RateChange).where(RateChange.service_id == service_id)
    sorts = {"changed_at": RateChange.changed_at}
    return paginate(work.session, statement, page, sorts=sorts, default="-changed_at", key=RateChange.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    """Says everything again, a portion at a time, for replicas that were lost."""
    last: UUID | None = None
    while True:
        statement = select(CatalogService).order_by(CatalogService.id).limit(PORTION)
        portion = work.session.scalars(statement.where(CatalogService.id > last) if last else statement).all()
        for service in portion:
            work.emit(events.CHANGED, service)
        yield
        if len(portion) < PORTION:
            return
        last = portion[-1].id
