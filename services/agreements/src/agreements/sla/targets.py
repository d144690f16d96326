"""The response and resolution targets of a work order, and how far it is from them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agreements.sla.clock import Clock, OpenHours, Pause
from agreements.work.models import CLOSED, NEW, RESOLVED, WAITING
from common.organisation.settings import SlaTarget

RESPONSE, RESOLUTION = "response", "resolution"
TARGETS = (RESPONSE, RESOLUTION)
RUNNING, WARNING, BREACHED, PAUSED, MET, MISSED = "running", "warning", "breached", "paused", "met", "missed"
STATES = (RUNNING, WARNING, BREACHED, PAUSED, MET, MISSED)
WARNING_PERCENT = 75
STANDING_STILL = (WAITING, RESOLVED, CLOSED)
DONE = (RESOLVED, CLOSED)


@dataclass(frozen=True, slots=True)
class Change:
    from_status: str
    to_status: str
    at: datetime
    by_client: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """What the clock needs to know of an order. `replied_at` is the first note of staff that the client sees."""

    priority: str
    status: str
    created_at: datetime
    changes: Sequence[Change]
    replied_at: datetime | None

    @property
    def first_status(self) -> str:
        return self.changes[0].from_status if self.changes else self.status

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """Returns the times in which the order waited for the client, or was resolved or closed."""
        since = self.created_at if self.first_status in STANDING_STILL else None
        pauses = []
        for change in self.changes:
            stands = change.to_status in STANDING_STILL
            if stands and since is None:
                since = change.at
            elif not stands and since is not None:
                pauses.append(Pause(since, change.at))
                since = None
        return (*pauses, Pause(since, None)) if since is not None else tuple(pauses)

    @property
    def responded_at(self) -> datetime | None:
        """Returns the first visible note of staff, or their first change of status from new, whichever came first.

        Staff who open an order in another status than new have responded with that.
        """
        if self.first_status != NEW:
            return self.created_at
        moved = next((c.at for c in self.changes if c.from_status == NEW and not c.by_client), None)
        return min(filter(None, (moved, self.replied_at)), default=None)

    @property
    def resolved_at(self) -> datetime | None:
        """Returns when the order was last resolved or closed, or None while it is open."""
        if self.status not in DONE:
            return None
        return next((c.at for c in reversed(self.changes) if c.from_status not in DONE), self.created_at)


@dataclass(frozen=True, slots=True)
class Target:
    """A target as of an instant `at`."""

    target: str
    minutes: int
    at: datetime
    used: timedelta
    """What the clock shows, at `at` or when the target was met."""
    running: bool
    due_at: datetime | None
    """None while the clock stands still before the target is due."""
    warn_at: datetime | None
    met_at: datetime | None

    @property
    def percent(self) -> int:
        """Returns how much of the time is used."""
        return int(100 * (self.used / timedelta(minutes=self.minutes)))

    @property
    def state(self) -> str:
        is_past = self.due_at is not None and self.due_at < (self.met_at or self.at)
        if self.met_at is not None:
            return MISSED if is_past else MET
        if self.due_at is None:
            return PAUSED
        if is_past:
            return BREACHED
        return WARNING if self.warn_at is not None and self.warn_at <= self.at else RUNNING

    def later(self, hours: OpenHours, now: datetime) -> "Target":
        """Returns the target as of `now`, if nothing happened to the order since."""
        if not self.running:
            return replace(self, at=now)
        return replace(self, at=now, used=self.used + Clock(hours, self.at).elapsed(now))


def of(order: Progress, minutes: SlaTarget, hours: OpenHours, now: datetime) -> list[Target]:
    """Returns the order's targets; none for an order that was closed from the start."""
    if order.first_status in DONE and not order.changes:
        return []
    pauses = order.pauses
    clock = Clock(hours, order.created_at, pauses)
    stands = bool(pauses) and pauses[-1].until is None
    resolved_at = order.resolved_at
    return [
        _target(clock, RESPONSE, minutes.response_minutes, order.responded_at or resolved_at, now, stands),
        _target(clock, RESOLUTION, minutes.resolution_minutes, resolved_at, now, stands),
    ]


def _target(clock: Clock, name: str, minutes: int, met_at: datetime | None, now: datetime, stands: bool) -> Target:
    allowed = timedelta(minutes=minutes)
    return Target(
        target=name,
        minutes=minutes,
        at=now,
        used=clock.elapsed(met_at or now),
        running=met_at is None and not stands,
        due_at=clock.due(allowed),
        warn_at=clock.due(allowed * WARNING_PERCENT / 100),
        met_at=met_at,
    )
