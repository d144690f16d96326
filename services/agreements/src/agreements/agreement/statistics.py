"""Counts of agreements, and what the active ones bill per month."""

from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

from agreements.access import of_own_clients
from agreements.agreement.models import ACTIVE, DRAFT, FIXED_PRICE, MONTHS, SUSPENDED, Agreement
from agreements.agreement.queries import ends_within, is_low_on_hours
from common.money import rounded
from common.uow import UnitOfWork

SOON = 30


def of_agreements(work: UnitOfWork) -> dict[str, Any]:
    """Returns the figures of the agreements that the actor may see. Sums are per currency, never across currencies."""
    own = of_own_clients(work, Agreement.client_id)
    counted = {
        "active": Agreement.status == ACTIVE,
        "draft": Agreement.status == DRAFT,
        "suspended": Agreement.status == SUSPENDED,
        f"ending_in_{SOON}_days": ends_within(work, SOON),
        "low_on_hours": is_low_on_hours(work),
    }
    columns = [func.count().filter(clause).label(name) for name, clause in counted.items()]
    counts = work.session.execute(select(*columns).select_from(Agreement).where(own)).one()
    monthly = func.sum(Agreement.recurring_amount / case(MONTHS, value=Agreement.frequency, else_=1))
    fixed = (Agreement.status == ACTIVE) & (Agreement.type == FIXED_PRICE) & Agreement.recurring_amount.is_not(None)
    sums = select(Agreement.currency, monthly).where(own, fixed).group_by(Agreement.currency)
    recurring = work.session.execute(sums.order_by(Agreement.currency))
    return {**counts._asdict(), "recurring": [_total(currency, amount) for currency, amount in recurring]}


def _total(currency: str, amount: Decimal | None) -> dict[str, Any]:
    return {"currency": currency, "monthly_amount": rounded(amount or Decimal(0), currency)}
