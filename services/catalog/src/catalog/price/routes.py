"""Routes of price lists and quotes."""

from typing import Any
from uuid import UUID

from catalog.price import queries, quoting, scheduling
from catalog.price.models import ServicePrice
from catalog.price.schemas import FILTERS, PRICE, PRICE_BODY, PRICE_PATCH, QUOTE, QUOTE_BODY, REHEARSAL_BODY
from catalog.service.queries import get as get_service
from common.http.routes import Routes
from common.pages import Page
from common.roles import ADMINS, BILLING_READERS
from common.uow import UnitOfWork

routes = Routes("prices", "Prices of a service, by currency and effective date")

ALL = "/services/<uuid:service_id>/prices"
ONE = f"{ALL}/<uuid:price_id>"


@routes.list(ALL, "listServicePrices", returns=PRICE, filters=FILTERS, roles=BILLING_READERS)
def list_prices(work: UnitOfWork, page: Page, service_id: UUID) -> dict[str, Any]:
    get_service(work, service_id)
    return queries.page_of_prices(work, service_id, page)


@routes.post(ALL, "createServicePrice", body=PRICE_BODY, returns=PRICE, roles=ADMINS)
def create_price(work: UnitOfWork, body: dict[str, Any], service_id: UUID) -> ServicePrice:
    """Sets a price from today or schedules it. Fields left out keep their current value in that currency."""
    return scheduling.add(work, service_id, **body)


@routes.get(ONE, "getServicePrice", returns=PRICE, roles=BILLING_READERS)
def get_price(work: UnitOfWork, service_id: UUID, price_id: UUID) -> ServicePrice:
    return queries.get(work, service_id, price_id)


@routes.patch(ONE, "updateServicePrice", body=PRICE_PATCH, returns=PRICE, roles=ADMINS)
def update_price(work: UnitOfWork, body: dict[str, Any], service_id: UUID, price_id: UUID) -> ServicePrice:
    """Changes a scheduled price. To change a current price, create a new one."""
    return scheduling.update(work, service_id, price_id, **body)


@routes.delete(ONE, "deleteServicePrice", roles=ADMINS)
def delete_price(work: UnitOfWork, service_id: UUID, price_id: UUID) -> None:
    """Cancels a scheduled price."""
    scheduling.remove(work, service_id, price_id)


@routes.post(f"{ONE}/end", "endServicePrice", returns=PRICE, roles=ADMINS, status=200)
def end_price(work: UnitOfWork, service_id: UUID, price_id: UUID) -> ServicePrice:
    """Removes a currency from the price list as of today."""
    return scheduling.end(work, service_id, price_id)


@routes.post(
    "/services/<uuid:service_id>/quote",
    "quoteService",
    body=QUOTE_BODY,
    returns=QUOTE,
    roles=BILLING_READERS,
    status=200,
)
def quote_service(work: UnitOfWork, body: dict[str, Any], service_id: UUID) -> dict[str, Any]:
    """Prices a quantity. The date defaults to today, the currency to the service's own."""
    return quoting.quote(work, service_id, **body)


@routes.post("/services/quote", "quotePrice", body=REHEARSAL_BODY, returns=QUOTE, roles=BILLING_READERS, status=200)
def quote_price(work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
    """Prices a quantity at a price that is not saved yet. Nothing is saved."""
    return quoting.preview(work, **body)
