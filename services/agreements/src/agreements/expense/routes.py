"""HTTP routes for the materials and expenses of work orders."""

from typing import Any
from uuid import UUID

from agreements.expense import editing, queries, recording
from agreements.expense.editing import ExpenseChanges
from agreements.expense.models import Expense
from agreements.expense.recording import NewExpense
from agreements.expense.schemas import EXPENSE, EXPENSE_PATCH
from common.http.routes import Routes
from common.pages import Page
from common.roles import STAFF, WORKERS
from common.uow import UnitOfWork

routes = Routes("expenses", "Materials and expenses of work orders")

ALL = "/work-orders/<uuid:work_order_id>/expenses"
ONE = f"{ALL}/<uuid:expense_id>"


@routes.list(ALL, "listExpenses", returns=EXPENSE, roles=STAFF)
def list_expenses(work: UnitOfWork, page: Page, work_order_id: UUID) -> dict[str, Any]:
    return queries.page_of_expenses(work, page, work_order_id)


@routes.post(ALL, "recordExpense", body=EXPENSE, returns=EXPENSE, roles=WORKERS)
def record_expense(work: UnitOfWork, body: NewExpense, work_order_id: UUID) -> Expense:
    """Records a material or an expense, which the next invoice run bills if it is billable."""
    return recording.add(work, work_order_id, body)


@routes.get(ONE, "getExpense", returns=EXPENSE, roles=STAFF)
def get_expense(work: UnitOfWork, work_order_id: UUID, expense_id: UUID) -> Expense:
    return queries.get_expense(work, work_order_id, expense_id)


@routes.patch(ONE, "correctExpense", body=EXPENSE_PATCH, returns=EXPENSE, roles=WORKERS)
def correct_expense(work: UnitOfWork, body: ExpenseChanges, work_order_id: UUID, expense_id: UUID) -> Expense:
    """Corrects it until it is invoiced. Technicians correct their own."""
    return editing.correct(work, work_order_id, expense_id, body)


@routes.delete(ONE, "deleteExpense", roles=WORKERS)
def delete_expense(work: UnitOfWork, work_order_id: UUID, expense_id: UUID) -> None:
    """Deletes it until it is invoiced. Technicians delete their own."""
    editing.delete(work, work_order_id, expense_id)
