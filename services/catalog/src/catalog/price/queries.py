"""Reads price lists."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from catalog.price.models import ServicePrice
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork

SORTS = {"valid_from": ServicePrice.valid_from, "currency": ServicePrice.currency, "state": ServicePrice.state}


def get(work: UnitOfWork, service_id: UUID, price_id: UUID) -> ServicePrice:
    statement = select(ServicePrice).where(ServicePrice.id == price_id, ServicePrice.service_id == service_id)
    price = work.session.scalar(statement)
    if price is None:
        raise NotFound("Price not found for this service.")
    return price


def page_of_prices(work: UnitOfWork, service_id: UUID, page: Page) -> dict[str, Any]:
    statement = select(ServicePrice).where(ServicePrice.service_id == service_id)
    for name, value in page.filters.items():
        statement = statement.where(getattr(ServicePrice, name) == value)
    return paginate(work.session, statement, page, sorts=SORTS, default="-valid_from", key=ServicePrice.id)
