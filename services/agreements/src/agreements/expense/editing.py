"""Correcting and deleting materials and expenses until they are invoiced."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from agreements.access import is_technician, user_id
from agreements.expense import events
from agreements.expense.models import Expense
from agreements.expense.queries import get_expense
from agreements.expense.recording import check_day, check_tax_code, set_price
from agreements.inbound.replicas import Client
from agreements.work import technicians
from common.commands import UNSET, Unset, sent
from common.errors import Conflict, Forbidden
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpenseChanges:
    description: str | Unset = UNSET
    quantity: Decimal | Unset = UNSET
    incurred_on: date | Unset = UNSET
    kind: str | Unset = UNSET
    unit_cost: Decimal | Unset | None = UNSET
    markup_percent: Decimal | Unset | None = UNSET
    unit_price: Decimal | Unset | None = UNSET
    tax_code_id: UUID | Unset | None = UNSET
    billable: bool | Unset = UNSET
    technician_id: UUID | Unset | None = UNSET
    confirm: bool = False


def correct(work: UnitOfWork, work_order_id: UUID, expense_id: UUID, command: ExpenseChanges) -> Expense:
    """Corrects an expense. Raises Conflict if it is invoiced."""
    expense = _changeable(work, work_order_id, expense_id)
    changes = technicians.named(work, sent(command, "confirm"))
    technician_id = changes.get("technician_id", expense.technician_id)
    if technician_id != expense.technician_id:
        technicians.check(work, technicians.read(work, [technician_id]), technician_id)
    if changes.get("tax_code_id", expense.tax_code_id) != expense.tax_code_id:
        check_tax_code(work, changes["tax_code_id"])
    if changes.get("incurred_on", expense.incurred_on) != expense.incurred_on:
        client = work.session.get_one(Client, expense.client_id)
        check_day(work, client, changes["incurred_on"], confirm=command.confirm)
    markup, price = _wanted_price(expense, changes)
    for name, value in changes.items():
        if name not in {"markup_percent", "unit_price"}:
            setattr(expense, name, value)
    set_price(expense, markup, price)
    expense.touch(work.now)
    work.session.flush()
    work.emit(events.CORRECTED, expense)
    return expense


def delete(work: UnitOfWork, work_order_id: UUID, expense_id: UUID) -> None:
    """Deletes an expense. Raises Conflict if it is invoiced."""
    expense = _changeable(work, work_order_id, expense_id)
    expense.deleted_at = work.now
    expense.touch(work.now)
    work.session.flush()
    work.emit(events.DELETED, expense)


def _changeable(work: UnitOfWork, work_order_id: UUID, expense_id: UUID) -> Expense:
    expense = get_expense(work, work_order_id, expense_id, lock=True)
    work.check_version(expense)
    if is_technician(work) and expense.technician_id != user_id(work):
        name = expense.technician_name or "another technician"
        raise Forbidden(f"{name} recorded this. Ask a manager to correct it.")
    if expense.invoice_id is not None:
        raise Conflict(f"This is on invoice {expense.invoice_number}. Void that invoice first.")
    return expense


def _wanted_price(expense: Expense, changes: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Returns the markup and the entered price: those sent, else a new one of the two replaces the other."""
    markup = changes.get("markup_percent", expense.markup_percent)
    price = changes.get("unit_price", expense.unit_price if expense.markup_percent is None else None)
    if changes.get("unit_price") is not None and "markup_percent" not in changes:
        markup = None
    if changes.get("markup_percent") is not None and "unit_price" not in changes:
        price = None
    return markup, price
