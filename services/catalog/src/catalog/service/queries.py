"""Reading services for lists and pages."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm.attributes import set_committed_value

from catalog.price.models import CURRENT, SCHEDULED, ServicePrice
from catalog.service import events
from catalog.service.models import CatalogService, RateChange
from common import searching
from common.errors import Invalid
from common.http.auth import TECHNICIAN
from common.http.pagination import Page, paginate
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
NOT_FOR_TECHNICIANS: dict[str, Any] = {
    "default_rate": None,
    "setup_fee": None,
    "cost": None,
    "internal_notes": None,
    "price_model": None,
    "open_prices": [],
}
FILTERS_BY_MONEY = ("rate_gte", "rate_lte", "has_scheduled_price")


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
"""Filters that are no column's value."""


def page_of_services(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement, sorts = matching(page.filters, page.q), SORTS
    if work.actor.role == TECHNICIAN:
        _refuse_money(page)
        # An order by rate, and its cursor, would tell what the rates are.
        sorts = {name: column for name, column in SORTS.items() if name not in NOT_FOR_TECHNICIANS}
    found = paginate(work.session, statement, page, sorts=sorts, default="sort_order,name", key=CatalogService.id)
    for service in found["items"]:
        for_reader(work, service)
    return found


def matching(filters: dict[str, Any], q: str | None = None) -> Select[CatalogService]:
    """The services a list's filters and search words find."""
    statement = select(CatalogService)
    for name, value in filters.items():
        own = CONDITIONS.get(name)
        statement = statement.where(own(value) if own else getattr(CatalogService, name) == value)
    if q:
        statement = statement.where(searching.matching(CatalogService.search_text, q))
    return statement


def _refuse_money(page: Page) -> None:
    if told := [name for name in FILTERS_BY_MONEY if name in page.filters]:
        raise Invalid({name: ["Tells rates, which technicians do not see."] for name in told})


def for_reader(work: UnitOfWork, service: CatalogService) -> CatalogService:
    """The service without what the asker is not to read."""
    if work.actor.role == TECHNICIAN:
        for name, nothing in NOT_FOR_TECHNICIANS.items():
            set_committed_value(service, name, nothing)
    return service


def rate_history(work: UnitOfWork, service: CatalogService, page: Page) -> dict[str, Any]:
    """In the order the changes were made, each under the service's lock: of two that began at the same moment the
    one that waited may have the earlier time, so it is their ids that tell."""
    statement = select(RateChange).where(RateChange.service_id == service.id)
    if wanted := page.filters.get("currency"):
        statement = statement.where(func.coalesce(RateChange.currency, service.currency) == wanted)
    sorts = {"changed_at": RateChange.id}
    found = paginate(work.session, statement, page, sorts=sorts, default="-changed_at", key=RateChange.id)
    for change in found["items"]:
        set_committed_value(change, "currency", change.currency or service.currency)
    return found


def republish(work: UnitOfWork) -> Iterator[None]:
    """Says everything again, a portion at a time, for replicas that were lost."""
    for portion in keyset(work.session, select(CatalogService), CatalogService.id):
        for service in portion:
            work.emit(events.CHANGED, service)
        yield
