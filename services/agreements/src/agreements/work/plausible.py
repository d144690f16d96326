"""Time that looks like a typing mistake: unlikely days, and more hours than a day has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Self
from uuid import UUID

from sqlalchemy import text as text_clause

from agreements.agreement.ledger import text
from agreements.inbound.replicas import Client
from agreements.work.models import TimeEntry
from agreements.work.spans import Span
from common.clock import date_in
from common.ids import born_at
from common.plausible import years_from
from common.uow import UnitOfWork

TOMORROW = timedelta(days=1)
"""The next day may have started in the technician's time zone."""
YEARS_BEFORE_THE_CLIENT = 5
MOST_HOURS = Decimal(24)

Doubts = dict[str, list[str]]
Day = tuple[str, date]
"""A technician's id or name, with a day."""
LOCK = text_clause("""
    SELECT pg_advisory_xact_lock(key) FROM (
        SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest(CAST(:keys AS text[])) AS names (name) ORDER BY key
    ) AS keys
""")
HOURS_BY_ID = text_clause("""
    SELECT CAST(technician_id AS text), worked_on, sum(hours)
    FROM time_entry JOIN unnest(CAST(:technicians AS uuid[]), CAST(:days AS date[])) AS wanted (technician, day)
    ON technician_id = technician AND worked_on = day
    WHERE deleted_at IS NULL AND id IS DISTINCT FROM CAST(:but AS uuid)
    GROUP BY technician_id, worked_on
""")
HOURS_BY_NAME = text_clause("""
    SELECT technician_name, worked_on, sum(hours)
    FROM time_entry JOIN unnest(CAST(:technicians AS text[]), CAST(:days AS date[])) AS wanted (technician, day)
    ON technician_id IS NULL AND technician_name = technician AND worked_on = day
    WHERE deleted_at IS NULL AND id IS DISTINCT FROM CAST(:but AS uuid)
    GROUP BY technician_name, worked_on
""")


@dataclass(frozen=True)
class Worked:
    """The technician, and the day and hours of one entry."""

    technician_id: UUID | None
    technician_name: str | None
    span: Span

    @classmethod
    def of(cls, entry: TimeEntry) -> Self:
        span = Span(entry.worked_on, entry.hours, entry.started_at, entry.ended_at)
        return cls(entry.technician_id, entry.technician_name, span)

    @property
    def day(self) -> date:
        return self.span.day

    @property
    def hours(self) -> Decimal:
        return self.span.hours

    @property
    def has_technician(self) -> bool:
        return self.technician_id is not None or self.technician_name is not None

    @property
    def on(self) -> "Day":
        return self.technician, self.day

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
    added = work.today if born is None else date_in(work.organisation.time_zone, born)
    if day < years_from(added, -YEARS_BEFORE_THE_CLIENT):
        years = f"more than {YEARS_BEFORE_THE_CLIENT} years"
        return {"worked_on": [f"{day} is {years} before {client.name} was added ({added})."]}
    return {}


def doubts_of_hours(worked: Worked, logged: Decimal) -> Doubts:
    """Returns why the hours may be a mistake: with those `logged`, the technician's total exceeds the day.

    Entries without a technician are not added up.
    """
    if not worked.has_technician:
        return {}
    total = logged + worked.hours
    if total <= MOST_HOURS:
        return {}
    name = worked.technician_name or "This technician"
    return {"hours": [f"{name} would have {text(total)} hours on {worked.day}, more than a day has."]}


def take_turns(work: UnitOfWork, entries: Iterable[Worked]) -> None:
    """Locks the technicians' days, so that each entry counts the ones before it."""
    keys = sorted({f"hours of {worked.technician} on {worked.day}" for worked in entries})
    if keys:
        work.session.execute(LOCK, {"keys": keys})


def logged_hours(work: UnitOfWork, entries: Iterable[Worked], *, but: UUID | None = None) -> dict[Day, Decimal]:
    """Returns the hours logged on the technicians' days; `but` is an entry that is corrected."""
    named = [worked for worked in entries if worked.has_technician]
    days: dict[Day, Decimal] = {}
    for statement, technicians in (
        (HOURS_BY_ID, {(worked.technician_id, worked.day) for worked in named if worked.technician_id}),
        (HOURS_BY_NAME, {(worked.technician_name, worked.day) for worked in named if not worked.technician_id}),
    ):
        if technicians:
            wanted, on = (list(column) for column in zip(*technicians, strict=True))
            rows = work.session.execute(statement, {"technicians": wanted, "days": on, "but": but})
            days |= {(technician, day): hours for technician, day, hours in rows}
    return days


def messages(doubts: Doubts) -> list[str]:
    return [message for some in doubts.values() for message in some]


def joined(*doubts: Mapping[str, list[str]]) -> Doubts:
    return {field: messages for some in doubts for field, messages in some.items()}
