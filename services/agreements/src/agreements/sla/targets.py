"""The response and resolution targets of a work order, and how far it is from them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agreements.sla.clock import Clock, OpenHours, Pause
from agreements.work.models import CLOSED, NEW, RESOLVED, WAITING

RESPONSE, RESOLUTION = "response", "resolution"
TARGETS = (RESPONSE, RESOLUTION)
MINUTES = {
    RESPONSE: {"critical": 60, "high": 240, "medium": 480, "low": 1440},
    RESOLUTION: {"critical": 240, "high": 1440, "medium": 4320, "low": 10080},
}
"""Minutes of open hours for each target and priority."""
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
    target: str
    minutes: int
    due_at: datetime | None
    """None while the clock stands still before the target is due."""
    met_at: datetime | None
    state: str
    percent: int
    """How much of the time is used."""


def of(order: Progress, hours: OpenHours, now: datetime) -> list[Target]:
    """Returns the order's targets; none for an order that was closed from the start."""
    if order.first_status in DONE and not order.changes:
        return []
    clock = Clock(hours, order.created_at, order.pauses)
    done = {RESPONSE: order.responded_at or order.resolved_at, RESOLUTION: order.resolved_at}
    return [_target(clock, name, MINUTES[name][order.priority], done[name], now) for name in TARGETS]


def _target(clock: Clock, name: str, minutes: int, met_at: datetime | None, now: datetime) -> Target:
    allowed = timedelta(minutes=minutes)
    used = clock.elapsed(met_at or now)
    due_at = clock.due(allowed)
    state = _state(allowed, used, met_at, due_at)
    return Target(name, minutes, due_at, met_at, state, int(100 * (used / allowed)))


def _state(allowed: timedelta, used: timedelta, met_at: datetime | None, due_at: datetime | None) -> str:
    if met_at is not None:
        return MISSED if used > allowed else MET
    if used > allowed:
        return BREACHED
    if due_at is None:
        return PAUSED
    return WARNING if used * 100 >= allowed * WARNING_PERCENT else RUNNING
