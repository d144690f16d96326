"""Events for low hours: one for each crossed threshold and grant period."""

from decimal import Decimal
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from agreements.agreement import events
from agreements.agreement.hour_models import HourAlert
from agreements.agreement.ledger import Standing
from agreements.agreement.models import Agreement
from common.ids import new_id
from common.uow import UnitOfWork

CLIENT, STAFF, MANAGER = "client", "staff", "manager"
REMAINING, USED = "remaining", "used"


def announce_crossings(work: UnitOfWork, agreement: Agreement, standing: Standing) -> bool:
    """Emits newly crossed thresholds. Returns whether hours are at the agreement's own threshold."""
    percent = standing.remaining_percent
    crossed = [(audience, threshold) for audience, threshold in _thresholds(agreement) if percent <= threshold]
    for audience, threshold in _remember(work, agreement, standing, crossed):
        work.emit(events.HOURS_LOW, _low(agreement, standing, audience, threshold))
    return percent <= agreement.low_hours_threshold


def forget_recovered(work: UnitOfWork, agreement: Agreement, standing: Standing) -> None:
    """Deletes alerts above which the hours rose again, so that the next crossing emits an event."""
    passed = HourAlert.remaining_percent < standing.remaining_percent
    same = (HourAlert.agreement_id == agreement.id) & (HourAlert.period_start == standing.period)
    work.session.execute(delete(HourAlert).where(same, passed))


def _thresholds(agreement: Agreement) -> list[tuple[str, Decimal]]:
    """Returns thresholds in percent remaining: a manager's 85% and 100% used are 15 and 0 remaining."""
    return [
        (CLIENT, Decimal(25)),
        (CLIENT, Decimal(10)),
        (STAFF, agreement.low_hours_threshold),
        (MANAGER, Decimal(15)),
        (MANAGER, Decimal(0)),
    ]


def _remember(
    work: UnitOfWork, agreement: Agreement, standing: Standing, crossed: list[tuple[str, Decimal]]
) -> list[tuple[str, Decimal]]:
    if not crossed:
        return []
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "agreement_id": agreement.id,
            "period_start": standing.period,
            "audience": audience,
            "remaining_percent": threshold,
            "announced_at": work.now,
        }
        for audience, threshold in crossed
    ]
    statement = insert(HourAlert).values(rows).on_conflict_do_nothing()
    added = work.session.execute(statement.returning(HourAlert.audience, HourAlert.remaining_percent))
    return list(added)


def _low(agreement: Agreement, standing: Standing, audience: str, threshold: Decimal) -> dict[str, Any]:
    used = audience == MANAGER
    return {
        "id": agreement.id,
        "version": agreement.version,
        "agreement_id": agreement.id,
        "number": agreement.number,
        "client_id": agreement.client_id,
        "name": agreement.name,
        "total_hours": standing.entitled,
        "hours_remaining": standing.remaining,
        "remaining_percent": standing.remaining_percent,
        "threshold_percent": 100 - threshold if used else threshold,
        "crossed": USED if used else REMAINING,
        "audience": audience,
    }
