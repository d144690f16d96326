"""Reading billable items."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from billing.invoice.models import LineItem
from billing.item.models import BILLABLE, CLOSED, TO_BILL, BillableItem
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork

SORTS = {"dated_on": BillableItem.dated_on, "created_at": BillableItem.id}
"""Ids sort by creation time, which saves an index on rows that runs update by the ten thousand."""


DAYS = {"dated_gte": "dated_on", "dated_lte": "dated_on"}


def page_of_items(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns a page. Closed items are included only on request or for a single source."""
    statement = select(BillableItem).where(*(_condition(name, value) for name, value in page.filters.items()))
    if "status" not in page.filters and "source_id" not in page.filters:
        statement = statement.where(BillableItem.status != CLOSED)
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(searching.matching(BillableItem.search_text, page.q))
    with_names = statement.options(joinedload(BillableItem.client))
    return paginate(work.session, with_names, page, sorts=SORTS, default="dated_on", key=BillableItem.id)


def _condition(name: str, value: Any) -> ColumnElement[bool]:
    if name == "invoice_line_id":
        return BillableItem.id.in_(select(LineItem.item_id).where(LineItem.line_id == value))
    column: InstrumentedAttribute[Any] = getattr(BillableItem, DAYS.get(name, name))
    condition: ColumnElement[bool] = column == value
    if name in DAYS:
        condition = column >= value if name == "dated_gte" else column <= value
    elif value == TO_BILL:
        condition = column.in_(BILLABLE)
    return condition


def get(work: UnitOfWork, item_id: UUID, *, lock: bool = False) -> BillableItem:
    item = work.session.get(BillableItem, item_id, with_for_update=lock or None)
    if item is None:
        raise NotFound("Billable item not found.")
    return item
