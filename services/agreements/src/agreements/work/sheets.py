"""A technician's time sheet: the entries of one week, with the sums of each day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.access import is_technician, user_id
from agreements.inbound.replicas import Client
from agreements.work import technicians
from agreements.work.models import TimeEntry, WorkOrder
from agreements.work.queries import visible_entries
from common.errors import Forbidden
from common.uow import UnitOfWork

DAYS = 7
ZERO = Decimal("0.00")


def of_week(work: UnitOfWork, technician_id: UUID | None, day: date | None) -> dict[str, Any]:
    """Returns the week with the day, from Monday on. Technicians see their own sheet only."""
    me = user_id(work)
    wanted = technician_id or me
    if is_technician(work) and wanted != me:
        raise Forbidden("Technicians can only see their own time sheet.")
    day = day or work.today
    first = day - timedelta(days=day.weekday())
    entries = _entries(work, wanted, first)
    return {
        "technician_id": wanted,
        "technician_name": technicians.name_of(work, technicians.read(work, [wanted]), wanted) if wanted else None,
        "first_day": first,
        "last_day": first + timedelta(days=DAYS - 1),
        **_sums(entries),
        "days": [_day(first + timedelta(days=offset), entries) for offset in range(DAYS)],
    }


def _entries(work: UnitOfWork, technician_id: UUID | None, first: date) -> list[TimeEntry]:
    """Returns the week's entries with the names of their clients and orders, in one query."""
    statement = (
        select(TimeEntry, Client.name, WorkOrder.subject)
        .join(WorkOrder, WorkOrder.id == TimeEntry.work_order_id)
        .outerjoin(Client, Client.id == TimeEntry.client_id)
        .where(
            TimeEntry.technician_id == technician_id,
            TimeEntry.worked_on.between(first, first + timedelta(days=DAYS - 1)),
            TimeEntry.deleted_at.is_(None),
            visible_entries(work),
        )
        .order_by(TimeEntry.worked_on, TimeEntry.id)
    )
    entries = []
    for entry, client_name, subject in work.session.execute(statement):
        vars(entry).update(client_name=client_name, work_order_subject=subject)
        entries.append(entry)
    return entries


def _day(day: date, entries: list[TimeEntry]) -> dict[str, Any]:
    own = [entry for entry in entries if entry.worked_on == day]
    return {"day": day, **_sums(own), "entries": own}


def _sums(entries: list[TimeEntry]) -> dict[str, Decimal]:
    return {
        "hours": sum((entry.hours for entry in entries), ZERO),
        "billed_hours": sum((entry.billed_hours for entry in entries), ZERO),
    }
