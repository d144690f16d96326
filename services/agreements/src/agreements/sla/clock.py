"""The SLA clock: it counts open hours, and stands still while the work is paused. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from common.organisation.calendar import days
from common.organisation.settings import Organisation

Span = tuple[datetime, datetime]
OpenHours = Callable[[datetime], Iterator[Span]]
"""Yields the spans in which the clock may run, from an instant on, in order."""
DAY = timedelta(days=1)
HORIZON = timedelta(days=4 * 365)
"""No target is due later than this."""


def around_the_clock(start: datetime) -> Iterator[Span]:
    yield start, start + HORIZON


def business_hours(organisation: Organisation) -> OpenHours:
    """Returns the organisation's business hours in its time zone, without holidays; all hours if none are set."""
    if not organisation.business_hours:
        return around_the_clock

    def spans(start: datetime) -> Iterator[Span]:
        first = start.astimezone(organisation.time_zone).date()
        for each in days(organisation, first, first + HORIZON):
            for opening in sorted(each.openings, key=lambda one: one.opens):
                opens, closes = (_instant(organisation, each.day, text) for text in (opening.opens, opening.closes))
                if closes > start:
                    yield max(opens, start), closes

    return spans


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count; `until` is None while it lasts."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Clock:
    """Runs from `started` in the open hours, except in its pauses, which are in order and do not overlap."""

    hours: OpenHours
    started: datetime
    pauses: tuple[Pause, ...] = ()

    def due(self, target: timedelta) -> datetime | None:
        """Returns when the clock shows `target`, or None if it is paused before that."""
        left = target
        for begins, ends in self._running():
            if ends - begins >= left:
                return begins + left
            left -= ends - begins
        return None

    def elapsed(self, until: datetime) -> timedelta:
        """Returns what the clock shows at an instant."""
        total = timedelta()
        for begins, ends in self._running():
            if begins >= until:
                break
            total += min(ends, until) - begins
        return total

    def _running(self) -> Iterator[Span]:
        for opens, closes in self.hours(self.started):
            begins = opens
            for pause in self.pauses:
                if pause.since >= closes or (pause.until is not None and pause.until <= begins):
                    continue
                if pause.since > begins:
                    yield begins, pause.since
                if pause.until is None:
                    return
                begins = pause.until
            if begins < closes:
                yield begins, closes


def _instant(organisation: Organisation, day: date, text: str) -> datetime:
    """Returns the instant of a local time; 24:00 is the next midnight."""
    hour, minute = map(int, text.split(":"))
    local = datetime.combine(day + DAY if hour == 24 else day, time(hour % 24, minute), organisation.time_zone)
    return local.astimezone(UTC)
