"""The pace at which an agreement's hours are used, and the day they run out."""

from collections.abc import Mapping, Sequence
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
    """Returns the current grant period per service, projected from the last 30 days.

    Covered services come first, then services with time but without terms of their own.
    """
    return many(work, [agreement])[0]


def many(work: UnitOfWork, agreements: Sequence[Agreement]) -> list[dict[str, Any]]:
    """Returns the same for several agreements, in a fixed number of statements."""
    found = figures.of(work, agreements)
    recent = covered_hours(work, agreements, work.today - timedelta(days=WINDOW - 1), work.today)
    cards = rates.cards_of(work, agreements)
    used = {service for figure in found.values() for service in figure.used_by_service}
    cards |= _further_cards(work, [service for service in used if service and service not in cards])
    return [_one(work.today, agreement, found[agreement.id], recent[agreement.id], cards) for agreement in agreements]


def covered_hours(
    work: UnitOfWork, agreements: Sequence[Agreement], first: date | None, last: date | None
) -> dict[UUID, dict[UUID | None, Decimal]]:
    """Returns the covered hours worked from `first` to `last`, by agreement and client service."""
    days = []
    if first is not None:
        days.append(TimeEntry.worked_on >= first)
    if last is not None:
        days.append(TimeEntry.worked_on <= last)
    columns = (TimeEntry.agreement_id, TimeEntry.client_service_id)
    statement = select(*columns, func.sum(TimeEntry.covered_hours).label("hours")).where(
        TimeEntry.agreement_id.in_([agreement.id for agreement in agreements]), TimeEntry.deleted_at.is_(None), *days
    )
    found: dict[UUID, dict[UUID | None, Decimal]] = {agreement.id: {} for agreement in agreements}
    for row in work.session.execute(statement.group_by(*columns)):
        found[row.agreement_id][row.client_service_id] = row.hours
    return found


def _one(
    today: date,
    agreement: Agreement,
    found: figures.Figures,
    recent: Mapping[UUID | None, Decimal],
    cards: Mapping[UUID, ClientService],
) -> dict[str, Any]:
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
        "projected_exhaustion": hm.exhausted_on(today, found.remaining, pace),
        "services": _services(today, agreement, found, recent, cards),
    }


def _services(
    today: date,
    agreement: Agreement,
    found: figures.Figures,
    recent: Mapping[UUID | None, Decimal],
    cards: Mapping[UUID, ClientService],
) -> list[dict[str, Any]]:
    rows = []
    allocated = {row.client_service_id: row.hours_allocated for row in agreement.services}
    further = [key for key in found.used_by_service if key and key in cards and key not in allocated]
    for service in [*allocated, *sorted(further, key=lambda key: (cards[key].name, key))]:
        hours = allocated.get(service)
        used = found.used_by_service.get(service, hm.ZERO)
        left = found.left_by_account.get(service, hm.ZERO) if hours is not None else None
        pace = recent.get(service, hm.ZERO) / WINDOW
        rows.append(
            {
                "client_service_id": service,
                "name": cards[service].name if service in cards else None,
                "hours_allocated": hours,
                "hours_used": used,
                "hours_remaining": left,
                "used_percent": hm.percent(used, hours) if hours else None,
                "projected_exhaustion": hm.exhausted_on(today, left, pace),
            }
        )
    return rows


def _further_cards(work: UnitOfWork, ids: list[UUID]) -> dict[UUID, ClientService]:
    if not ids:
        return {}
    return {row.id: row for row in work.session.scalars(select(ClientService).where(ClientService.id.in_(ids)))}
