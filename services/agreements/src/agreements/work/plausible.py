"""Time that looks like a typing mistake: unlikely days, and more hours than a day has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Self
from uuid import UUID

from sqlalchemy import func, select

from agreements.agreement.ledger import text
from agreements.inbound.replicas import Client
from agreements.work.models import TimeEntry
from common.clock import date_in
from common.ids import born_at
from common.plausible import years_from
from common.uow import UnitOfWork

TOMORROW = timedelta(days=1)
"""The next day may have started in the technician's time zone."""
YEARS_BEFORE_THE_CLIENT = 5
MOST_HOURS = Decimal(24)

Doubts = dict[str, list[str]]


@dataclass(frozen=True)
class Worked:
    """The technician, hours and day of one entry, for the sum of a day."""

    technician_id: UUID | None
    technician_name: str | None
    day: date
    hours: Decimal

    @classmethod
    def of(cls, entry: TimeEntry) -> Self:
        return cls(entry.technician_id, entry.technician_name, entry.worked_on, entry.hours)

    @property
    def technician(self) -> str:
        """Returns the technician's id, or the name of one who is not a user."""
        return str(self.technician_id or self.technician_name)

    def adds_to(self, before: "Worked | None") -> bool:
        """Returns False if the correction adds no hours for the technician's day."""
        same = before is not None and (before.technician, before.day) == (self.technician, self.day)
        return not (same and before is not None and self.hours <= before.hours)


def doubts_of_day(work: UnitOfWork, client: Client, day: date) -> Doubts:
    """Returns why `day` may be a mistake, by field: after tomorrow, or years before the client was added."""
    if day > work.today + TOMORROW:
        return {"worked_on": [f"{day} is after tomorrow ({work.today + TOMORROW}). Choose an earlier date."]}
    born = born_at(client.id)
    added = work.today if born is None else date_in(work.settings.time_zone, born)
    if day < years_from(added, -YEARS_BEFORE_THE_CLIENT):
        years = f"more than {YEARS_BEFORE_THE_CLIENT} years"
        return {"worked_on": [f"{day} is {years} before {client.name} was added ({added})."]}
    return {}


def doubts_of_hours(work: UnitOfWork, worked: Worked, *, but: UUID | None = None) -> Doubts:
    """Returns why the hours may be a mistake: the technician's total exceeds the day.

    `but` is the entry that is corrected. Entries without a technician are not added up.
    """
    if worked.technician_id is None and worked.technician_name is None:
        return {}
    total = _logged(work, worked, but) + worked.hours
    if total <= MOST_HOURS:
        return {}
    name = worked.technician_name or "This technician"
    return {"hours": [f"{name} would have {text(total)} hours on {worked.day}, more than a day has."]}


def take_turns(work: UnitOfWork, worked: Worked) -> None:
    """Locks the technician's day, so that each entry counts the ones before it."""
    key = f"hours of {worked.technician} on {worked.day}"
    work.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def joined(*doubts: Mapping[str, list[str]]) -> Doubts:
    return {field: messages for some in doubts for field, messages in some.items()}


def _logged(work: UnitOfWork, worked: Worked, but: UUID | None) -> Decimal:
    statement = select(func.coalesce(func.sum(TimeEntry.hours), 0)).where(
        TimeEntry.worked_on == worked.day, TimeEntry.deleted_at.is_(None)
    )
    if worked.technician_id is not None:
        statement = statement.where(TimeEntry.technician_id == worked.technician_id)
    else:
        same_name = TimeEntry.technician_name == worked.technician_name
        statement = statement.where(TimeEntry.technician_id.is_(None), same_name)
    if but is not None:
        statement = statement.where(TimeEntry.id != but)
    return work.session.scalar(statement) or Decimal(0)
