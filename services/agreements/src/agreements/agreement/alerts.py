"""Events for low hours: one for each crossed threshold and grant period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

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
KEY = ("agreement_id", "period_start", "audience", "remaining_percent")


@dataclass(frozen=True)
class Crossing:
    """A threshold that an agreement's hours are at or below."""

    agreement: Agreement
    standing: Standing
    audience: str
    threshold: Decimal

    @property
    def key(self) -> tuple[UUID, date, str, Decimal]:
        return self.agreement.id, self.standing.period, self.audience, self.threshold


def crossings(agreement: Agreement, standing: Standing) -> list[Crossing]:
    """Returns the thresholds that the hours are at or below, announced before or not."""
    percent = standing.remaining_percent
    crossed = [(audience, threshold) for audience, threshold in _thresholds(agreement) if percent <= threshold]
    return [Crossing(agreement, standing, audience, threshold) for audience, threshold in crossed]


def is_low(agreement: Agreement, standing: Standing) -> bool:
    """Returns whether the hours are at the agreement's own threshold."""
    return standing.remaining_percent <= agreement.low_hours_threshold


def remember(work: UnitOfWork, crossed: Iterable[Crossing]) -> list[Crossing]:
    """Returns the crossings that are new, in order; of several of one threshold the first."""
    first: dict[tuple[UUID, date, str, Decimal], Crossing] = {}
    for crossing in crossed:
        first.setdefault(crossing.key, crossing)
    if not first:
        return []
    rows = [dict(zip(KEY, key, strict=True)) | {"id": new_id(), "announced_at": work.now} for key in first]
    statement = insert(HourAlert).values(rows).on_conflict_do_nothing()
    added = {tuple(row) for row in work.session.execute(statement.returning(*(getattr(HourAlert, n) for n in KEY)))}
    return [crossing for key, crossing in first.items() if key in added]


def announce(work: UnitOfWork, crossing: Crossing) -> None:
    work.emit(events.HOURS_LOW, _low(crossing))


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


def _low(crossing: Crossing) -> dict[str, Any]:
    agreement, standing, threshold = crossing.agreement, crossing.standing, crossing.threshold
    used = crossing.audience == MANAGER
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
        "audience": crossing.audience,
    }
