"""Reads services."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm.attributes import set_committed_value

from catalog.price.models import CURRENT, SCHEDULED, ServicePrice
from catalog.service import events
from catalog.service.models import CatalogService, RateChange
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {
    "name": CatalogService.name,
    "category": func.coalesce(CatalogService.category, ""),
    "kind": CatalogService.kind,
    "default_rate": CatalogService.default_rate,
    "status": CatalogService.status,
    "sort_order": CatalogService.sort_order,
    "client_count": CatalogService.client_count,
    "agreement_count": CatalogService.agreement_count,
    "updated_at": CatalogService.updated_at,
    "created_at": CatalogService.created_at,
}


def get(work: UnitOfWork, service_id: UUID, *, lock: bool = False) -> CatalogService:
    service = work.session.get(CatalogService, service_id, with_for_update=lock or None)
    if service is None:
        raise NotFound("Service not found.")
    return service


def _priced(*conditions: ColumnElement[bool]) -> Select[UUID]:
    return select(ServicePrice.service_id).where(*conditions)


IN_USE = or_(CatalogService.client_count > 0, CatalogService.agreement_count > 0)
WITH_SCHEDULED_PRICE = CatalogService.id.in_(_priced(ServicePrice.state == SCHEDULED))
CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "in_use": IN_USE.is_,
    "has_scheduled_price": WITH_SCHEDULED_PRICE.is_,
    "rate_gte": CatalogService.default_rate.__ge__,
    "rate_lte": CatalogService.default_rate.__le__,
    "currency": lambda code: or_(
        CatalogService.currency == code,
        CatalogService.id.in_(_priced(ServicePrice.state == CURRENT, ServicePrice.currency == code)),
    ),
}
"""Conditions of filters that are not a column's value."""


def page_of_services(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = matching(page.filters, page.q)
    return paginate(work.session, statement, page, sorts=SORTS, default="sort_order,name", key=CatalogService.id)


def matching(filters: dict[str, Any], q: str | None = None) -> Select[CatalogService]:
    """Returns the statement of the services that match the filters and the search text."""
    statement = select(CatalogService)
    for name, value in filters.items():
        condition = CONDITIONS.get(name)
        statement = statement.where(condition(value) if condition else getattr(CatalogService, name) == value)
    if q:
        statement = statement.where(searching.matching(CatalogService.search_text, q))
    return statement


def rate_history(work: UnitOfWork, service: CatalogService, page: Page) -> dict[str, Any]:
    """Returns a page of the rate history in the order of the changes, by id.

    Times can be out of order, because a change that waited for the service's lock may have started earlier.
    """
    statement = select(RateChange).where(RateChange.service_id == service.id)
    if currency := page.filters.get("currency"):
        statement = statement.where(func.coalesce(RateChange.currency, service.currency) == currency)
    sorts = {"changed_at": RateChange.id}
    result = paginate(work.session, statement, page, sorts=sorts, default="-changed_at", key=RateChange.id)
    for change in result["items"]:
        set_committed_value(change, "currency", change.currency or service.currency)
    return result


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes all services again in portions."""
    for portion in keyset(work.session, select(CatalogService), CatalogService.id):
        for service in portion:
            work.emit(events.CHANGED, service)
        yield
