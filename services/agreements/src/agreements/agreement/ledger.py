"""The hour ledger of one agreement in memory, read in one query. Every change is a new row.

Callers that draw or change hours hold the agreement's row lock, so the ledger in memory is current.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text as text_clause

from agreements.agreement import block_math
from agreements.agreement import hour_math as hm
from agreements.agreement.block_math import Block
from agreements.agreement.hour_models import ADJUSTMENT, DRAW, EXPIRY, GRANT, REVERSAL, ROLLOVER, HourEntry
from agreements.agreement.models import PREPAID, Agreement
from common.errors import Invalid
from common.uow import UnitOfWork

# Two arrays for any number of agreements, so that the statement is compiled and planned once.
# The draws of a block can be in any period, so all periods of an agreement with blocks are read.
SUMS = text_clause("""
    SELECT moved.agreement_id, period_start, account_id, kind, from_period, block_id, sum(moved.hours) AS hours,
        block.bought_on, block.expires_on, block.created_at, block.expired_at IS NOT NULL AS closed,
        ARRAY(SELECT client_service_id FROM hour_block_service WHERE hour_block_service.block_id = block.id) AS services
    FROM hour_entry moved
    JOIN unnest(CAST(:ids AS uuid[]), CAST(:days AS date[])) AS wanted (agreement, first) ON agreement_id = agreement
    LEFT JOIN hour_block block ON block.id = moved.block_id
    WHERE first IS NULL OR period_start >= first
        OR EXISTS (SELECT FROM hour_block bought WHERE bought.agreement_id = agreement)
    GROUP BY moved.agreement_id, period_start, account_id, kind, from_period, moved.block_id, block.id
""")
DRAWN = text_clause("""
    SELECT time_entry_id, period_start, account_id, client_service_id, block_id, -sum(hours) AS hours
    FROM hour_entry
    WHERE time_entry_id = ANY(CAST(:ids AS uuid[]))
    GROUP BY time_entry_id, period_start, account_id, client_service_id, block_id
    HAVING sum(hours) <> 0
""")
POOL = None
"""The account of the unallocated hours; every other account is a client service's id."""


class Source(NamedTuple):
    """Where a time entry draws hours: an account in a grant period, or a block; and the service they are drawn for."""

    period: date
    account: UUID | None
    client_service_id: UUID | None
    block: UUID | None = None


Drawn = Mapping[Source, Decimal]
"""The hours that one time entry has drawn. All are above zero."""


@dataclass(frozen=True)
class Standing:
    """The total hours of the current period, and the remaining ones."""

    period: date
    entitled: Decimal
    remaining: Decimal

    @property
    def remaining_percent(self) -> Decimal:
        return hm.percent(self.remaining, self.entitled)


class Ledger:
    def __init__(self, work: UnitOfWork, agreement: Agreement, sums: Iterable[Any]) -> None:
        """`sums` are the hours by period, account, kind and origin; `read` and `read_all` find them."""
        self._work, self._agreement = work, agreement
        self._pots: dict[tuple[date, UUID | None], hm.Pot] = {}
        self._blocks: dict[UUID, Block] = {}
        self._used: dict[date, Decimal] = {}
        self._periods: list[date] = []
        self._planned = False
        for row in sums:
            if row.block_id is not None and row.block_id not in self._blocks:
                self.know(_block(row))
            self._count(row.kind, row.account_id, row.period_start, row.hours, row.from_period, row.block_id)

    @property
    def agreement(self) -> Agreement:
        return self._agreement

    @property
    def periods(self) -> Sequence[date]:
        """Returns the first days of the granted periods, in order."""
        return self._periods

    def fork(self) -> "Ledger":
        """Returns a copy to plan with. It counts changes and writes no rows."""
        copy = Ledger(self._work, self._agreement, ())
        copy._pots, copy._used, copy._periods = dict(self._pots), dict(self._used), list(self._periods)
        copy._blocks = dict(self._blocks)
        copy._planned = True
        return copy

    def period_of(self, day: date) -> date:
        """Returns the grant period that work on `day` draws from. A prepaid block has a single period."""
        agreement = self._agreement
        if agreement.type == PREPAID:
            return agreement.start_date
        return hm.period_containing(agreement.start_date, day)

    def reaches(self, day: date) -> bool:
        """Returns False if the period of `day` is not granted yet."""
        return bool(self._periods) and self.period_of(day) <= max(self._periods)

    def current(self) -> date:
        """Returns the newest granted period that has started, else the first."""
        begun = [period for period in self.periods if period <= self._work.today]
        return max(begun) if begun else self._agreement.start_date

    def balance(self, account: UUID | None, period: date | None = None) -> Decimal:
        return self._pot(period or self.current(), account).balance

    def total_balance(self, period: date) -> Decimal:
        """Returns the hours left in the period, and in the blocks that are open today."""
        included = sum((pot.balance for (start, _), pot in self._pots.items() if start == period), hm.ZERO)
        return included + total(block.left(self._work.today) for block in self._blocks.values())

    def know(self, block: Block) -> None:
        """Adds a block, whose hours `move_block` adds."""
        self._blocks[block.id] = block

    def block(self, block_id: UUID) -> Block:
        return self._blocks[block_id]

    @property
    def first_block_day(self) -> date | None:
        """Returns the first day whose work may draw from a block; None without blocks."""
        return block_math.earliest(list(self._blocks.values()))

    def unused(self, period: date) -> Decimal:
        """Returns the hours that no work in the period drew, including those that have expired or rolled over."""
        return sum((pot.free for (start, _), pot in self._pots.items() if start == period), hm.ZERO)

    def standing(self, period: date | None = None) -> Standing:
        """Returns the hours of a period, by default the current one."""
        period = period or self.current()
        left = self.total_balance(period)
        return Standing(period, left + self._used.get(period, hm.ZERO), left)

    def available(self, account: UUID | None, day: date) -> Decimal:
        period = self.period_of(day)
        return hm.available(self._chain(account, period)) if period in self._periods else hm.ZERO

    def quote(self, client_service_id: UUID | None, hours: Decimal, day: date) -> hm.Split:
        """Returns how `hours` of work on `day` would be split. Writes nothing."""
        own = self.available(client_service_id, day) if client_service_id else hm.ZERO
        parts = hm.split(hours, own, self.available(POOL, day), self._agreement.allocation_policy)
        return block_math.fill(parts, self._blocks.values(), client_service_id, day) if parts.overage else parts

    def sources(self, client_service_id: UUID | None, parts: hm.Split, day: date) -> Drawn:
        """Returns the hours of a split by source."""
        period = self.period_of(day)
        wanted = ((client_service_id, parts.own), (POOL, parts.pool))
        included = {Source(period, account, client_service_id): hours for account, hours in wanted if hours}
        bought = {Source(period, POOL, client_service_id, part.block_id): part.hours for part in parts.blocks}
        return {**included, **bought}

    def draw(self, time_entry_id: UUID, drawn: Drawn) -> None:
        self.move([(time_entry_id, {}, drawn)])

    def release(self, drawn: Iterable[Drawn]) -> None:
        """Returns hours to their accounts, in a plan in which other entries draw them again."""
        for hours in drawn:
            self._change(REVERSAL, None, hours)
        self._settle_all({source for hours in drawn for source in hours})

    def move(self, changes: Iterable[tuple[UUID, Drawn, Drawn]]) -> None:
        """Replaces the hours that time entries have drawn by others, given as (entry, before, after).

        Hours that stay where they are get no rows.
        """
        moved = [(one, _without(before, after), _without(after, before)) for one, before, after in changes]
        for time_entry_id, before, _ in moved:
            self._change(REVERSAL, time_entry_id, before)
        for time_entry_id, _, after in moved:
            self._change(DRAW, time_entry_id, after)
        self._settle_all({source for _, before, after in moved for source in (*before, *after)})
        if any(before for _, before, _ in moved):
            self._sweep()

    def _change(self, kind: str, time_entry_id: UUID | None, drawn: Drawn) -> None:
        sign = 1 if kind == REVERSAL else -1
        for (period, account, service, block), hours in drawn.items():
            self._post(
                *(kind, account, period, sign * hours),
                client_service_id=service,
                time_entry_id=time_entry_id,
                block_id=block,
            )

    def _settle_all(self, sources: Collection[Source]) -> None:
        places = {(source.period, source.account) for source in sources if source.block is None}
        for period, account in sorted(places, key=lambda place: place[0]):
            self._settle(account, period)
        for block_id in sorted({source.block for source in sources if source.block is not None}):
            if self._blocks[block_id].closed:
                self.close_block(block_id)

    def move_block(self, kind: str, block_id: UUID, hours: Decimal, note: str | None = None) -> None:
        """Adds hours to a block, or takes them from it, in the current period."""
        self._post(kind, POOL, self.current(), hours, note=note, block_id=block_id)

    def close_block(self, block_id: UUID) -> Decimal:
        """Removes the hours that are left in a block after its end. Returns their number."""
        block = replace(self._blocks[block_id], closed=True)
        self.know(block)
        hours = block_math.to_expire(block)
        self.move_block(EXPIRY, block_id, -hours)
        return hours

    def grant_period(self, period: date) -> None:
        """Writes the period's grant by the agreement's allocations and closes earlier periods."""
        before = [start for start in self.periods if start < period]
        remaining = self._agreement.total_hours or hm.ZERO
        for row in self._agreement.services:
            allocated = row.hours_allocated or hm.ZERO
            self._post(GRANT, row.client_service_id, period, allocated)
            remaining -= allocated
        self._post(GRANT, POOL, period, remaining)
        if before:
            for account in {account for _, account in self._pots}:
                self._settle(account, before[-1])
            self._sweep()

    def add(self, kind: str, account: UUID | None, hours: Decimal, note: str | None) -> None:
        """Adds a manual grant or adjustment to the current period. Raises Invalid if it removes too many hours."""
        period = self.current()
        left = self.balance(account, period)
        if left + hours < 0:
            raise Invalid({"hours": [f"Only {text(left)} hours are left. Remove at most that many."]})
        self._post(kind, account, period, hours, note=note)

    def reallocate(self, changes: dict[UUID, Decimal]) -> None:
        """Moves hours between the pool and services; `changes` is the hours each account gains."""
        period = self.current()
        for account, gain in sorted(changes.items(), key=lambda change: change[1]):
            self._post(ADJUSTMENT, account, period, gain, note="Allocation changed")
            self._post(ADJUSTMENT, POOL, period, -gain, note="Allocation changed")
        for account in changes:
            short = -self.balance(account, period)
            if short > 0:
                least = "Hours already used can't be removed from a service. Allocate at least {} more."
                raise Invalid({"hours_allocated": [least.format(text(short))]})
        short = -self.balance(POOL, period)
        if short > 0:
            message = f"Some unallocated hours are already used. Allocate {text(short)} hours fewer."
            raise Invalid({"hours_allocated": [message]})

    def _sweep(self) -> None:
        """Moves hours of services that are no longer covered to the pool."""
        period = self.current()
        covered = {row.client_service_id for row in self._agreement.services}
        for account in {account for start, account in self._pots if start == period and account not in covered}:
            stranded = self.balance(account, period)
            if account is not POOL and stranded:
                self._post(ADJUSTMENT, account, period, -stranded, note="Service no longer covered")
                self._post(ADJUSTMENT, POOL, period, stranded, note="Service no longer covered")

    def _settle(self, account: UUID | None, since: date) -> None:
        periods = self._periods[bisect_left(self._periods, since) :]
        for change in hm.settle(self._chain(account, since), self._agreement.rollover):
            period, following = periods[change.index], periods[change.index + 1]
            self._post(EXPIRY, account, period, -change.expired)
            self._post(ROLLOVER, account, period, -change.rolled, from_period=period)
            self._post(ROLLOVER, account, following, change.rolled, from_period=period)

    def _chain(self, account: UUID | None, since: date) -> list[hm.Pot]:
        return [self._pot(period, account) for period in self._periods[bisect_left(self._periods, since) :]]

    def _pot(self, period: date, account: UUID | None) -> hm.Pot:
        return self._pots.get((period, account), hm.Pot())

    def _post(
        self,
        kind: str,
        account: UUID | None,
        period: date,
        hours: Decimal,
        *,
        from_period: date | None = None,
        note: str | None = None,
        client_service_id: UUID | None = None,
        time_entry_id: UUID | None = None,
        block_id: UUID | None = None,
    ) -> None:
        if not hours:
            return
        self._count(kind, account, period, hours, from_period, block_id)
        if self._planned:
            return
        actor = self._work.actor
        entry = HourEntry(kind=kind, account_id=account, period_start=period, hours=hours, from_period=from_period)
        entry.agreement_id, entry.note = self._agreement.id, note
        entry.client_service_id, entry.time_entry_id, entry.block_id = client_service_id, time_entry_id, block_id
        entry.actor, entry.actor_name, entry.created_at = str(actor), actor.name, self._work.now
        self._work.session.add(entry)

    def _count(
        self,
        kind: str,
        account: UUID | None,
        period: date,
        hours: Decimal,
        from_period: date | None,
        block_id: UUID | None,
    ) -> None:
        if kind in (DRAW, REVERSAL):
            self._used[period] = self._used.get(period, hm.ZERO) - hours
        if block_id is not None:
            block = self._blocks[block_id]
            expiry = kind == EXPIRY
            moved = replace(block, expired=block.expired - hours) if expiry else replace(block, free=block.free + hours)
            self.know(moved)
            return
        pot = self._pot(period, account)
        if kind == EXPIRY:
            pot = replace(pot, expired=pot.expired - hours)
        elif kind == ROLLOVER and from_period == period:
            pot = replace(pot, rolled=pot.rolled - hours)
        else:
            pot = replace(pot, free=pot.free + hours, base=pot.base + (hours if kind == GRANT else 0))
        self._pots[period, account] = pot
        if kind == GRANT and period not in self._periods:
            insort(self._periods, period)


def read(work: UnitOfWork, agreement: Agreement) -> Ledger:
    """Returns the whole ledger of one agreement."""
    return read_all(work, {agreement: None})[agreement.id]


def read_all(work: UnitOfWork, agreements: Mapping[Agreement, date | None]) -> dict[UUID, Ledger]:
    """Returns ledgers in one query, each with the periods from its day on, or with all of them for None."""
    firsts = [(agreement.id, since) for agreement, since in agreements.items()]
    sums: dict[UUID, list[Any]] = {agreement_id: [] for agreement_id, _ in firsts}
    if sums:
        ids, days = (list(column) for column in zip(*firsts, strict=True))
        for row in work.session.execute(SUMS, {"ids": ids, "days": days}):
            sums[row.agreement_id].append(row)
    return {agreement.id: Ledger(work, agreement, sums[agreement.id]) for agreement in agreements}


def drawn_by(work: UnitOfWork, entry_ids: Collection[UUID]) -> dict[UUID, dict[Source, Decimal]]:
    """Returns the hours that each time entry has drawn, in one query."""
    drawn: dict[UUID, dict[Source, Decimal]] = {entry_id: {} for entry_id in entry_ids}
    if not drawn:
        return drawn
    for row in work.session.execute(DRAWN, {"ids": list(entry_ids)}):
        source = Source(row.period_start, row.account_id, row.client_service_id, row.block_id)
        drawn[row.time_entry_id][source] = row.hours
    return drawn


def _block(row: Any) -> Block:
    return Block(
        id=row.block_id,
        bought_on=row.bought_on,
        expires_on=row.expires_on,
        created_at=row.created_at,
        services=frozenset(row.services),
        closed=row.closed,
    )


def _without(drawn: Drawn, same: Drawn) -> Drawn:
    return {source: hours for source, hours in drawn.items() if same.get(source) != hours}


def text(hours: Decimal) -> str:
    """Returns hours as text: "10", "2.5", "0.25"."""
    return f"{hours.normalize():f}"


def total(hours: Iterable[Decimal | None]) -> Decimal:
    return sum((value or hm.ZERO for value in hours), hm.ZERO)
