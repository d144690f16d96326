"""Billable items from the materials and expenses of work orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from billing.item.models import CLOSED, EXPENSE, OPEN
from billing.item.recording import record
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Expense:
    """A version of a material or an expense; `quantity` is 0 if it is not billable or deleted."""

    id: UUID
    version: int
    client_id: UUID
    agreement_id: UUID | None
    description: str
    incurred_on: date
    quantity: Decimal
    unit_price: Decimal
    currency: str
    tax_code_id: UUID | None
    work_order_number: str | None
    technician_name: str | None


def record_expenses(work: UnitOfWork, expenses: Sequence[Expense]) -> None:
    """Records the newest version of each expense, at the price that it states. Older versions change nothing."""
    record(work, [_row(work, expense) for expense in expenses])


def _row(work: UnitOfWork, expense: Expense) -> dict[str, Any]:
    return {
        "source_type": EXPENSE,
        "source_id": expense.id,
        "part": "",
        "source_sequence": expense.version,
        "client_id": expense.client_id,
        "agreement_id": expense.agreement_id,
        "client_service_id": None,
        "service_id": None,
        "service_name": expense.description,
        "unit": "Piece",
        "dated_on": expense.incurred_on,
        "quantity": expense.quantity,
        "worked_hours": None,
        "overage": False,
        "work_order_number": expense.work_order_number,
        "technician_name": expense.technician_name,
        "note": None,
        "held": False,
        "description": expense.description,
        "unit_rate": expense.unit_price,
        "currency": expense.currency,
        "tax_code_id": expense.tax_code_id,
        "status": OPEN if expense.quantity else CLOSED,
        "updated_at": work.now,
    }
