"""Billable items over HTTP."""

from typing import Any

from billing.item import adding, queries
from billing.item.models import BillableItem
from billing.item.schemas import FILTERS, ITEM
from common.http.auth import BILLERS, BILLING_READERS
from common.http.pagination import Page
from common.http.routes import Routes
from common.uow import UnitOfWork

routes = Routes("billable-items", "What an invoice has yet to ask money for")


@routes.list("/billable-items", "listBillableItems", returns=ITEM, filters=FILTERS, roles=BILLING_READERS)
def list_items(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_items(work, page)


@routes.post("/billable-items", "createBillableItem", body=ITEM, returns=ITEM, roles=BILLERS, money=True)
def create_item(work: UnitOfWork, body: dict[str, Any]) -> BillableItem:
    item = adding.add(work, **body)
    work.flush()
    return item
