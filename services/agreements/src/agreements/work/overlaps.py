"""Times of day that a technician has logged twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text as text_clause

from agreements.work.plausible import Worked
from common.uow import UnitOfWork

OVERLAPPING = text_clause("""
    SELECT DISTINCT technician_id, started_at, ended_at, work_order_number
    FROM time_entry
    JOIN unnest(CAST(:technicians AS uuid[]), CAST(:days AS date[]), CAST(:starts AS timestamptz[]),
                CAST(:ends AS timestamptz[])) AS wanted (technician, day, start_of, end_of)
    ON technician_id = technician AND worked_on BETWEEN day - 1 AND day + 1
    WHERE started_at < end_of AND ended_at > start_of AND deleted_at IS NULL AND id IS DISTINCT FROM CAST(:but AS uuid)
    ORDER BY started_at
""")
Time = tuple[datetime, datetime, str]
"""A start and an end, with the work order's number."""


@dataclass(frozen=True)
class Times:
    """The times of day that technicians logged."""

    zone: ZoneInfo
    logged: dict[UUID, list[Time]] = field(default_factory=lambda: defaultdict(list))

    def add(self, worked: Worked, number: str) -> list[str]:
        """Adds one entry. Returns a warning for each other entry at the same time."""
        start, end = worked.span.started_at, worked.span.ended_at
        if worked.technician_id is None or start is None or end is None:
            return []
        own = self.logged[worked.technician_id]
        warnings = [
            f"At the same time, time is logged on {other}: {self._shown(begin)} to {self._shown(until)}."
            for begin, until, other in own
            if begin < end and until > start
        ]
        own.append((start, end, number))
        return warnings

    def _shown(self, instant: datetime) -> str:
        return f"{instant.astimezone(self.zone):%H:%M}"


def read(work: UnitOfWork, entries: Iterable[Worked], *, but: UUID | None = None) -> Times:
    """Reads the times that overlap those of `entries`, in at most one query; `but` is an entry that is corrected."""
    times = Times(work.organisation.time_zone)
    wanted = [
        (worked.technician_id, worked.day, worked.span.started_at, worked.span.ended_at)
        for worked in entries
        if worked.technician_id is not None and worked.span.started_at is not None
    ]
    if wanted:
        names = ("technicians", "days", "starts", "ends")
        columns = dict(zip(names, map(list, zip(*wanted, strict=True)), strict=True))
        for technician_id, start, end, number in work.session.execute(OVERLAPPING, {**columns, "but": but}):
            times.logged[technician_id].append((start, end, number))
    return times
