"""Splitting hours among time entries again, in the order in which the agreement draws them.

With the draw order `worked_on`, entries draw by their day, then by when they were logged. A late, corrected or deleted
entry, or hours that were added or removed, so change the splits of later entries that are not invoiced. With the
draw order `logged`, an entry keeps the split it got.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Uuid, cast, func, or_, select

from agreements.agreement import checks
from agreements.agreement import hour_math as hm
from agreements.agreement import ledger as ledgers
from agreements.agreement.ledger import Drawn, Ledger
from agreements.agreement.models import MONTHLY, Agreement
from agreements.work import events
from agreements.work.models import TimeEntry
from common.uow import UnitOfWork
from common.writing import write_changes

NOT_LOGGED_YET = datetime.max.replace(tzinfo=UTC)
"""An entry that is being logged comes last on its day."""


@dataclass(frozen=True)
class Claim:
    """A time entry's claim to hours of its service on its day, and the hours it has drawn so far."""

    entry: TimeEntry
    hours: Decimal
    drawn: Drawn

    @property
    def order(self) -> tuple[date, datetime, UUID]:
        return self.entry.worked_on, self.entry.created_at or NOT_LOGGED_YET, self.entry.id


@dataclass(frozen=True)
class Change:
    """The split that an entry gets because of another entry, or of hours that were added or removed."""

    entry: TimeEntry
    split: hm.Split


class Redraw:
    """Splits claims one after the other, as if none of them had drawn hours before.

    `own` are the entries that are logged, corrected or deleted; `others` come from `read`.
    """

    def __init__(self, ledger: Ledger, own: Sequence[Claim], others: Sequence[Claim]) -> None:
        self._ledger, self._others = ledger, others
        by_work = ledger.agreement.draw_order == hm.BY_WORK
        self._claims = sorted((*own, *others), key=lambda claim: claim.order) if by_work else own
        self.plan = ledger.fork()
        """The ledger after `write`."""
        self.splits = _allocate(self.plan, self._claims)

    @property
    def changes(self) -> list[Change]:
        """Returns the other entries with their new splits, until `write` has set these."""
        splits = ((claim.entry, self.splits[claim.entry.id]) for claim in self._others)
        return [Change(entry, split) for entry, split in splits if split.covered != entry.covered_hours]

    def write(self, work: UnitOfWork) -> None:
        """Moves the hours in the ledger, and announces the other entries whose split changes."""
        self._ledger.move([(claim.entry.id, claim.drawn, self._target(claim)) for claim in self._claims])
        changed = [change.entry for change in self.changes]
        for change in self.changes:
            _put(change.entry, change.split, self._ledger.agreement)
        write_changes(work.session, changed)
        for entry in changed:
            work.emit(events.CORRECTED, entry)

    def _target(self, claim: Claim) -> Drawn:
        entry = claim.entry
        return self._ledger.sources(entry.client_service_id, self.splits[entry.id], entry.worked_on)


def settle(work: UnitOfWork, ledger: Ledger, day: date) -> None:
    """Splits the entries of the period with `day` again, after its hours changed."""
    settle_all(work, {ledger: day})


def settle_all(work: UnitOfWork, days: Mapping[Ledger, date]) -> None:
    others = read(work, {ledger: _before(ledger, day) for ledger, day in days.items()}, lock=True)
    for ledger in days:
        Redraw(ledger, [], others.get(ledger.agreement.id, [])).write(work)


def read(
    work: UnitOfWork, wanted: Mapping[Ledger, date], *, lock: bool, but: UUID | None = None
) -> dict[UUID, list[Claim]]:
    """Returns the claims whose splits a change on the given day can affect, by agreement, in two queries."""
    movable = {ledger: day for ledger, day in wanted.items() if ledger.agreement.draw_order == hm.BY_WORK}
    if not movable:
        return {}
    entries = work.session.scalars(_movable(movable, lock=lock, but=but)).all()
    drawn = ledgers.drawn_by(work, [entry.id for entry in entries])
    claims: dict[UUID, list[Claim]] = defaultdict(list)
    for entry in entries:
        if entry.agreement_id is not None:
            claims[entry.agreement_id].append(Claim(entry, entry.billed_hours, drawn[entry.id]))
    return claims


def _movable(wanted: Mapping[Ledger, date], *, lock: bool, but: UUID | None) -> Any:
    """Returns the entries that drew hours of a block or exceeded it, and are not invoiced."""
    first = (
        func.unnest(
            cast([ledger.agreement.id for ledger in wanted], ARRAY(Uuid)),
            cast(list(wanted.values()), ARRAY(Date)),
            cast([_after(ledger, day) for ledger, day in wanted.items()], ARRAY(Date)),
        )
        .table_valued("agreement_id", "since", "until")
        .render_derived(name="wanted")
    )
    statement = select(TimeEntry).join(first, first.c.agreement_id == TimeEntry.agreement_id)
    statement = statement.where(
        TimeEntry.worked_on >= first.c.since,
        or_(first.c.until.is_(None), TimeEntry.worked_on < first.c.until),
        TimeEntry.deleted_at.is_(None),
        TimeEntry.invoice_id.is_(None),
        TimeEntry.covered_hours + TimeEntry.overage_hours > 0,
        TimeEntry.id.is_distinct_from(but),
    ).order_by(TimeEntry.agreement_id, TimeEntry.worked_on, TimeEntry.created_at, TimeEntry.id)
    if not lock:
        return statement
    return statement.with_for_update(of=TimeEntry).execution_options(populate_existing=True)


def _before(ledger: Ledger, day: date) -> date:
    """Returns the first day that draws from the same hours as `day`; the start if unused hours roll over."""
    agreement = ledger.agreement
    if agreement.rollover != hm.NO_ROLLOVER:
        return agreement.start_date
    period = ledger.period_of(day)
    return min(period, ledger.first_block_day or period)


def _after(ledger: Ledger, day: date) -> date | None:
    """Returns the first day that draws from other hours than `day`; None if later periods get its unused hours."""
    agreement = ledger.agreement
    if ledger.first_block_day is not None or agreement.type != MONTHLY or agreement.rollover != hm.NO_ROLLOVER:
        return None
    return hm.next_period(agreement.start_date, ledger.period_of(day))


def _allocate(plan: Ledger, claims: Sequence[Claim]) -> dict[UUID, hm.Split]:
    plan.release([claim.drawn for claim in claims if claim.drawn])
    splits = {}
    for claim in claims:
        entry = claim.entry
        split = plan.quote(entry.client_service_id, claim.hours, entry.worked_on)
        plan.draw(entry.id, plan.sources(entry.client_service_id, split, entry.worked_on))
        splits[entry.id] = split
    return splits


def _put(entry: TimeEntry, split: hm.Split, agreement: Agreement) -> None:
    entry.covered_hours, entry.overage_hours, entry.billable_hours = split.covered, split.overage, split.overage
    hours = asdict(checks.of_hours(agreement, split))
    entry.coverage_checks = [hours if check["check"] == checks.HOURS else check for check in entry.coverage_checks]
