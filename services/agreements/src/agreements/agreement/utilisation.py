"""The pace at which an agreement's hours are used, and the day they run out."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from agreements.agreement import figures, rates
from agreements.agreement import hour_math as hm
from agreements.agreement.ledger import POOL
from agreements.agreement.models import Agreement
from agreements.inbound.replicas import ClientService
from agreements.work.models import TimeEntry
from common.uow import UnitOfWork

WINDOW = 30


def of(work: UnitOfWork, agreement: Agreement) -> dict[str, Any]:
    """Returns the current grant period per service, projected from the last 30 days."""
    found = figures.of(work, [agreement])[agreement.id]
    recent = _recent(work, agreement)
    cards = rates.cards_of(work, [agreement])
    pace = sum(recent.values(), hm.ZERO) / WINDOW
    return {
        "agreement_id": agreement.id,
        "period_start": found.period_start,
        "total_hours": found.entitled,
        "hours_used": found.used,
        "hours_remaining": found.remaining,
        "hours_overage": found.overage,
        "hours_unallocated": found.left_by_account.get(POOL, hm.ZERO) if agreement.has_hours else None,
        "remaining_percent": found.remaining_percent,
        "remaining_level": found.remaining_level,
        "average_per_day": pace.quantize(hm.STEP),
        "projected_exhaustion": hm.exhausted_on(work.today, found.remaining, pace),
        "services": _services(work.today, agreement, found, recent, cards),
    }


def _services(
    today: date,
    agreement: Agreement,
    found: figures.Figures,
    recent: Mapping[UUID | None, Decimal],
    cards: Mapping[UUID, ClientService],
) -> list[dict[str, Any]]:
    rows = []
    for row in agreement.services:
        service = row.client_service_id
        used = found.used_by_service.get(service, hm.ZERO)
        left = found.left_by_account.get(service, hm.ZERO) if row.hours_allocated is not None else None
        pace = recent.get(service, hm.ZERO) / WINDOW
        rows.append(
            {
                "client_service_id": service,
                "name": cards[service].name if service in cards else None,
                "hours_allocated": row.hours_allocated,
                "hours_used": used,
                "hours_remaining": left,
                "used_percent": hm.percent(used, row.hours_allocated) if row.hours_allocated else None,
                "projected_exhaustion": hm.exhausted_on(today, left, pace),
            }
        )
    return rows


def _recent(work: UnitOfWork, agreement: Agreement) -> dict[UUID | None, Decimal]:
    covered = select(TimeEntry.client_service_id, func.sum(TimeEntry.covered_hours)).where(
        TimeEntry.agreement_id == agreement.id,
        TimeEntry.deleted_at.is_(None),
        TimeEntry.worked_on > work.today - timedelta(days=WINDOW),
        TimeEntry.worked_on <= work.today,
    )
    return dict(work.session.execute(covered.group_by(TimeEntry.client_service_id)).all())
