"""Reading materials and expenses."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.expense import events
from agreements.expense.models import Expense
from agreements.work.queries import get_order
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {"incurred_on": Expense.incurred_on}


def page_of_expenses(work: UnitOfWork, page: Page, work_order_id: UUID) -> dict[str, Any]:
    get_order(work, work_order_id)
    statement = select(Expense).where(Expense.work_order_id == work_order_id, Expense.deleted_at.is_(None))
    return paginate(work.session, statement, page, sorts=SORTS, default="-incurred_on", key=Expense.id)


def get_expense(work: UnitOfWork, work_order_id: UUID, expense_id: UUID, *, lock: bool = False) -> Expense:
    """Returns an expense of a work order that the actor may see. Raises NotFound."""
    get_order(work, work_order_id)
    statement = select(Expense).where(
        Expense.id == expense_id, Expense.work_order_id == work_order_id, Expense.deleted_at.is_(None)
    )
    expense = work.session.scalar(statement.with_for_update() if lock else statement)
    if expense is None:
        raise NotFound("Expense not found on this work order.")
    return expense


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes all expenses again, deleted ones included, because a replica may have missed the deletion."""
    for expenses in keyset(work.session, select(Expense), Expense.id):
        for expense in expenses:
            work.emit(events.DELETED if expense.deleted else events.RECORDED, expense)
        yield
