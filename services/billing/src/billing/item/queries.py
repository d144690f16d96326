"""Reading billable items."""

from typing import Any

from sqlalchemy import select

from billing.item.models import CLOSED, BillableItem
from common.http.pagination import Page, paginate
from common.uow import UnitOfWork

SORTS = {"dated_on": BillableItem.dated_on, "created_at": BillableItem.id}
"""Ids sort by birth: an index less on the rows that a run moves by the ten thousand."""


def page_of_items(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Closed ones (nothing to bill) are listed only when asked for, or when one source is looked at."""
    asked = dict(page.filters)
    statement = select(BillableItem)
    if "dated_lte" in asked:
        statement = statement.where(BillableItem.dated_on <= asked.pop("dated_lte"))
    if "status" not in asked and "source_id" not in asked:
        statement = statement.where(BillableItem.status != CLOSED)
    for name, value in asked.items():
        statement = statement.where(getattr(BillableItem, name) == value)
    if page.q:
        statement = statement.where(BillableItem.service_name.icontains(page.q, autoescape=True))
    return paginate(work.session, statement, page, sorts=SORTS, default="dated_on", key=BillableItem.id)
