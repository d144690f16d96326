"""HTTP routes for billable items."""

from typing import Any
from uuid import UUID

from billing.item import adding, editing, queries
from billing.item.commands import ItemChanges, NewItem
from billing.item.models import BillableItem
from billing.item.schemas import FILTERS, ITEM, PATCH
from common.http.routes import Routes
from common.pages import Page
from common.roles import BILLERS, BILLING_READERS
from common.uow import UnitOfWork

routes = Routes("billable-items", "Billable items: work not invoiced yet")


@routes.list("/billable-items", "listBillableItems", returns=ITEM, filters=FILTERS, roles=BILLING_READERS)
def list_items(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_items(work, page)


@routes.post("/billable-items", "createBillableItem", body=ITEM, returns=ITEM, roles=BILLERS, money=True)
def create_item(work: UnitOfWork, body: NewItem) -> BillableItem:
    item = adding.add(work, body)
    work.flush()
    return item


@routes.get("/billable-items/<uuid:item_id>", "getBillableItem", returns=ITEM, roles=BILLING_READERS)
def get_item(work: UnitOfWork, item_id: UUID) -> BillableItem:
    return queries.get(work, item_id)


@routes.patch("/billable-items/<uuid:item_id>", "updateBillableItem", body=PATCH, returns=ITEM, roles=BILLERS)
def update_item(work: UnitOfWork, body: ItemChanges, item_id: UUID) -> BillableItem:
    """Edits a manual item that is not invoiced."""
    return editing.update(work, item_id, body)


@routes.delete("/billable-items/<uuid:item_id>", "deleteBillableItem", roles=BILLERS)
def delete_item(work: UnitOfWork, item_id: UUID) -> None:
    """Deletes a manual item that is not invoiced."""
    editing.delete(work, item_id)
