"""An unsaved agreement with its totals, while it is put together. Nothing is stored."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.agreement import drafting, rates
from agreements.agreement import hour_math as hm
from agreements.agreement.commands import NewAgreement
from agreements.agreement.ledger import total
from agreements.agreement.models import MONTHLY, MONTHS, Agreement, AgreementService
from agreements.inbound.replicas import ClientService
from common.money import rounded
from common.uow import UnitOfWork


def preview(work: UnitOfWork, new: NewAgreement) -> dict[str, Any]:
    """Returns rates, shares and totals. Raises Invalid as saving would, except for values that need confirmation."""
    agreement = drafting.compose(work, replace(new, confirm=True))
    cards = rates.cards_of(work, [agreement])
    amount = agreement.recurring_amount
    allocated = total(row.hours_allocated for row in agreement.services)
    split = total(row.recurring_share for row in agreement.services)
    return {
        "currency": agreement.currency,
        "services": [_service(agreement, row, cards[row.client_service_id]) for row in agreement.services],
        "total_hours": agreement.total_hours,
        "hours_allocated": allocated if agreement.has_hours else None,
        "hours_unallocated": agreement.total_hours - allocated if agreement.total_hours else None,
        "hours_in_term": _hours_in_term(agreement),
        "recurring_amount": amount,
        "recurring_split": split,
        "recurring_unsplit": None if amount is None else amount - split,
        **_in_term(agreement),
    }


def _service(agreement: Agreement, row: AgreementService, card: ClientService) -> dict[str, Any]:
    rate = rates.effective(row, card)
    return {
        "client_service_id": row.client_service_id,
        "name": card.name,
        "unit": card.unit,
        "client_rate": card.effective_rate,
        "effective_rate": rate.amount,
        "rate_source": rate.source,
        "hours_allocated": row.hours_allocated,
        "allocated_percent": _percent(row.hours_allocated, agreement.total_hours),
        "negotiated_quantity": row.negotiated_quantity,
        "recurring_share": row.recurring_share,
        "share_percent": _percent(row.recurring_share, agreement.recurring_amount),
    }


def _percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return hm.percent(part, whole) if part is not None and whole else None


def _hours_in_term(agreement: Agreement) -> Decimal | None:
    if agreement.total_hours is None or agreement.type != MONTHLY:
        return agreement.total_hours
    months = periods(agreement.start_date, agreement.end_date, 1)
    return None if months is None else agreement.total_hours * months


def _in_term(agreement: Agreement) -> dict[str, Any]:
    amount, frequency = agreement.recurring_amount, agreement.frequency
    if amount is None or frequency is None:
        return {"monthly_amount": None, "periods": None, "term_amount": None}
    each = MONTHS[frequency]
    count = periods(agreement.start_date, agreement.end_date, each)
    return {
        "monthly_amount": rounded(amount / each, agreement.currency),
        "periods": count,
        "term_amount": None if count is None else amount * count,
    }


def periods(start: date, end: date | None, months: int) -> int | None:
    """Returns how many periods of `months` months start on or before `end`; None without an end."""
    if end is None:
        return None
    between = (end.year - start.year) * 12 + end.month - start.month
    count = between // months
    return count + 1 if hm.anniversary(start, count * months) <= end else count
