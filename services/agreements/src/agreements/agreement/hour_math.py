"""Arithmetic of hours: periods, splits and closings. Pure: no session, no clock."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple
from uuid import UUID

ZERO = Decimal("0.00")
STEP = Decimal("0.01")

POOLED, STRICT = "pooled", "strict"
BY_WORK, BY_LOGGING = "worked_on", "logged"
NO_ROLLOVER, ONE_PERIOD, UNLIMITED = "none", "one_period", "unlimited"
GREEN, YELLOW, RED = "green", "yellow", "red"


def anniversary(anchor: date, months: int) -> date:
    """Returns the day `months` after `anchor`, limited to the month's end: 31 Jan, 28 Feb, 31 Mar."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    day = anchor.day if anchor.day <= 28 else min(anchor.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def period_containing(anchor: date, day: date) -> date:
    """Returns the first day of the monthly period with `day`, which is not before `anchor`."""
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    start = anniversary(anchor, months)
    return start if start <= day else anniversary(anchor, months - 1)


def next_period(anchor: date, start: date) -> date:
    """Returns the first day of the period after the one that starts at `start`."""
    months = (start.year - anchor.year) * 12 + start.month - anchor.month
    return anniversary(anchor, months + 1)


class BlockPart(NamedTuple):
    """Hours from one block of bought hours."""

    block_id: UUID
    bought_on: date
    hours: Decimal


@dataclass(frozen=True)
class Split:
    """The sources of one time entry's hours, in the order in which they are drawn."""

    own: Decimal
    pool: Decimal
    overage: Decimal
    blocks: tuple[BlockPart, ...] = ()

    @property
    def included(self) -> Decimal:
        return self.own + self.pool

    @property
    def covered(self) -> Decimal:
        return self.included + sum((part.hours for part in self.blocks), ZERO)


def split(hours: Decimal, own: Decimal, pool: Decimal, policy: str) -> Split:
    """Takes the service's own hours first, then (pooled only) the unallocated pool; the rest is overage."""
    from_own = min(hours, max(own, ZERO))
    from_pool = min(hours - from_own, max(pool, ZERO)) if policy == POOLED else ZERO
    return Split(from_own, from_pool, hours - from_own - from_pool)


def distribute(total: Decimal, parts: int) -> list[Decimal]:
    """Returns equal shares in steps of 0.01; the first share gets the remainder."""
    if parts == 0:
        return []
    share = (total / parts).quantize(STEP, ROUND_DOWN)
    return [total - share * (parts - 1), *[share] * (parts - 1)]


@dataclass(frozen=True)
class Pot:
    """The hours of one account (a service's allocation, or the pool) in one period.

    `free` is the hours added less the hours drawn; `base` is the part from this period's own grant.
    Closing the period removed `expired` and `rolled`.
    """

    free: Decimal = ZERO
    base: Decimal = ZERO
    expired: Decimal = ZERO
    rolled: Decimal = ZERO

    @property
    def balance(self) -> Decimal:
        return self.free - self.expired - self.rolled


@dataclass(frozen=True)
class Closing:
    """A change to the hours that closing the period at `index` removed; negative numbers return hours."""

    index: int
    expired: Decimal
    rolled: Decimal


def available(pots: Sequence[Pot]) -> Decimal:
    """Returns the hours available to work in the first of these successive periods; the last is open.

    Time is often logged late. Such work may draw expired hours, and rolled-over hours that no later work has
    drawn.
    """
    if not pots:
        return ZERO
    first, later = pots[0], pots[1:]
    if not later:
        return max(first.balance, ZERO)
    carried = min(first.rolled, available(later)) if first.rolled else ZERO
    return max(first.balance, ZERO) + first.expired + carried


def settle(pots: Sequence[Pot], rollover: str) -> list[Closing]:
    """Returns the changes that bring every closed period (all but the last) to a balance of zero."""
    changes: list[Closing] = []
    carried = ZERO
    for index, pot in enumerate(pots[:-1]):
        now = replace(pot, free=pot.free + carried)
        rolled = _rolled(now, rollover)
        change = Closing(index, now.free - rolled - pot.expired, rolled - pot.rolled)
        carried = change.rolled
        if change.expired or change.rolled:
            changes.append(change)
    return changes


def _rolled(pot: Pot, rollover: str) -> Decimal:
    unused = max(pot.free, ZERO)
    if rollover == UNLIMITED:
        return unused
    return min(unused, max(pot.base, ZERO)) if rollover == ONE_PERIOD else ZERO


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Returns a percentage with one decimal; 0 of nothing."""
    if whole <= 0:
        return Decimal("0.0")
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def level(remaining_percent: Decimal) -> str:
    """Returns green above 25%, yellow from 10% to 25%, red below 10%."""
    if remaining_percent > 25:
        return GREEN
    return YELLOW if remaining_percent >= 10 else RED


def exhausted_on(today: date, remaining: Decimal | None, per_day: Decimal) -> date | None:
    """Returns the day the hours run out at this pace, or None without a pace or beyond ten years."""
    if remaining is None or per_day <= 0:
        return None
    days = (max(remaining, ZERO) / per_day).to_integral_value(ROUND_CEILING)
    return today + timedelta(days=int(days)) if days <= 3650 else None
