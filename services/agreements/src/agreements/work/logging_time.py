"""Logging time on work orders: one entry, or thousands in the order in which they draw hours."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import alerts, redrawing
from agreements.agreement import hour_math as hm
from agreements.agreement.alerts import Crossing
from agreements.agreement.ledger import text
from agreements.agreement.redrawing import Change, Claim, Redraw
from agreements.inbound.replicas import ClientService
from agreements.work import events, overlaps, plausible, spans, technicians, terms
from agreements.work.models import CLOSED, TimeEntry, WorkOrder
from agreements.work.orders import NewOrder
from agreements.work.placing import Placement
from agreements.work.plausible import Doubts, Worked
from agreements.work.spans import Span
from agreements.work.terms import Terms, Wanted
from common.errors import Conflict
from common.ids import new_id
from common.imports import ALL
from common.plausible import require_confirmed
from common.uow import UnitOfWork
from common.writing import add_all


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTime:
    """Time to log: hours on a day, or a start and an end, which are in the MSP's time zone if they have no offset.

    Without a technician it is the actor's; `billable` None is the work order's.
    """

    hours: Decimal | None = None
    worked_on: date | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    service_id: UUID | None = None
    billable: bool | None = None
    technician_id: UUID | None = None
    technician_name: str | None = None
    note: str | None = None
    external_ref: str | None = None
    confirm: bool = False
    """Accepts what looks like a mistake."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRow(NewTime):
    """Time to log with others: on an existing work order by id, or on one by number, which may be new."""

    work_order_id: UUID | None = None
    work_order: NewOrder | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTimes:
    """Rows, each loaded into a `NewRow` by `common.planning`; `rows` says whether rows with errors are skipped."""

    entries: Sequence[Any]
    dry_run: bool = False
    rows: str = ALL


@dataclass
class Logged:
    """A time entry with the messages for its author, and the thresholds its agreement is at."""

    entry: TimeEntry
    found: Terms
    placement: Placement
    remaining: Decimal | None
    crossings: list[Crossing] = field(default_factory=list)
    low: str | None = None
    """The message that few hours are left."""
    overlapping: list[str] = field(default_factory=list)
    """Messages about time of the technician that overlaps."""

    @property
    def warnings(self) -> list[str]:
        low = [self.low] if self.low and self.placement.covered else []
        return [*self.placement.warnings, *low, *self.overlapping]


class Logging:
    """Splits new entries one after the other, each against the hours that those before it left.

    Reads what all of them need in a fixed number of queries. `lock` locks each agreement and each technician's day
    once, until commit; without it nothing may be written. After the last `plan`, `settle` splits them in the order in
    which their agreements draw hours, and `write` stores them.
    """

    def __init__(self, work: UnitOfWork, rows: Sequence[tuple[WorkOrder, NewTime]], *, lock: bool) -> None:
        self._work, self._lock = work, lock
        self._references = _references(work, {new.external_ref for _, new in rows if new.external_ref})
        self._users = technicians.read(work, (new.technician_id for _, new in rows))
        days = [self._worked(new) for _, new in rows]
        wanted = [_wanted(*row, worked.day) for row, worked in zip(rows, days, strict=True)]
        book = terms.read(work, wanted, lock=lock)
        self._ledgers, self._book = book.ledgers, book.to_plan()
        if lock:
            plausible.take_turns(work, days)
        self._logged = plausible.logged_hours(work, days)
        self._times = overlaps.read(work, days)
        self._planned: list[Logged] = []
        self._redraws: list[Redraw] = []

    def plan(self, order: WorkOrder, new: NewTime) -> Logged:
        """Splits the entry. Raises Conflict, Invalid or Unconfirmed, and then leaves no trace."""
        check_open(order)
        self._check_reference(new.external_ref)
        billable = order.billable if new.billable is None else new.billable
        worked = self._worked(new)
        technicians.check(self._work, self._users, worked.technician_id)
        found = self._book.terms(_wanted(order, new, worked.day), billable=billable)
        found.check_active()
        found.check_date(worked.day)
        entry = self._entry(order, new, worked, found, billable=billable)
        doubts = self._doubts(found, worked)
        placement = place(entry, found)
        require_confirmed(doubts, confirm=new.confirm)
        entry.confirmed = plausible.messages(doubts)
        if found.ledger is not None and placement.drawn is not None:
            found.ledger.draw(entry.id, found.ledger.sources(entry.client_service_id, placement.drawn, entry.worked_on))
        if worked.has_technician:
            self._logged[worked.on] = self._logged.get(worked.on, Decimal(0)) + worked.hours
        if new.external_ref:
            self._references.add(new.external_ref)
        logged = result(entry, found, placement)
        logged.overlapping = self._times.add(worked, order.number)
        self._planned.append(logged)
        return logged

    def settle(self) -> list[Change]:
        """Splits all planned entries finally. Returns the splits of earlier logged entries that change."""
        drawing: dict[UUID, list[Logged]] = defaultdict(list)
        for one in self._planned:
            if one.placement.drawn is not None and one.entry.agreement_id is not None:
                drawing[one.entry.agreement_id].append(one)
        first = {self._ledgers[key]: min(one.entry.worked_on for one in logged) for key, logged in drawing.items()}
        others = redrawing.read(self._work, first, lock=self._lock)
        for key, logged in drawing.items():
            own = [Claim(one.entry, one.entry.billed_hours, {}) for one in logged]
            redraw = Redraw(self._ledgers[key], own, others.get(key, []))
            for one in logged:
                one.placement = place(one.entry, one.found, redraw.splits[one.entry.id])
            self._redraws.append(redraw)
        return [change for redraw in self._redraws for change in redraw.changes]

    def write(self) -> None:
        """Adds the planned entries in order, and emits each with the thresholds it crossed."""
        work, planned = self._work, self._planned
        for redraw in self._redraws:
            redraw.write(work)
        add_all(work.session, [one.entry for one in planned])
        work.session.flush()
        crossed = alerts.remember(work, [crossing for one in planned for crossing in one.crossings])
        new = {id(crossing) for crossing in crossed}
        for one in planned:
            work.emit(events.LOGGED, one.entry)
            for crossing in one.crossings:
                if id(crossing) in new:
                    alerts.announce(work, crossing)

    def _entry(self, order: WorkOrder, new: NewTime, worked: Worked, found: Terms, *, billable: bool) -> TimeEntry:
        entry = TimeEntry(
            id=new_id(),
            work_order_id=order.id,
            work_order_number=order.number,
            client_id=order.client_id,
            agreement_id=order.agreement_id,
            agreement_type=found.agreement.type if found.agreement else None,
            hours=worked.hours,
            billed_hours=found.billed(worked.hours, billable=billable),
            worked_on=worked.day,
            started_at=worked.span.started_at,
            ended_at=worked.span.ended_at,
            billable=billable,
            technician_id=worked.technician_id,
            technician_name=worked.technician_name,
            note=new.note,
            external_ref=new.external_ref or None,
        )
        entry.submit(needs_approval=self._work.organisation.approve_time)
        name_service(entry, found.service)
        return entry

    def _worked(self, new: NewTime) -> Worked:
        technician = technicians.of(self._work, self._users, new.technician_id, new.technician_name)
        return Worked(*technician, span_of(self._work, new))

    def _doubts(self, found: Terms, worked: Worked) -> Doubts:
        of_day = plausible.doubts_of_day(self._work, found.client, worked.day)
        return plausible.joined(of_day, plausible.doubts_of_hours(worked, self._logged.get(worked.on, Decimal(0))))

    def _check_reference(self, external_ref: str | None) -> None:
        if external_ref and external_ref in self._references:
            message = f'"{external_ref}" is already logged.'
            raise Conflict(message, {"external_ref": [message]})


def place(entry: TimeEntry, found: Terms, split: hm.Split | None = None) -> Placement:
    """Splits the entry's billed hours, which are not drawn yet. `split` is that of block hours, if known."""
    placement = found.place(entry.billed_hours, entry.worked_on, billable=entry.billable, split=split)
    entry.covered_hours, entry.overage_hours = placement.covered, placement.overage
    entry.billable_hours = placement.billable
    entry.coverage_checks = [asdict(check) for check in placement.checks]
    return placement


def result(entry: TimeEntry, found: Terms, placement: Placement) -> Logged:
    left = found.remaining(entry.worked_on)
    logged = Logged(entry, found, placement, left)
    if found.agreement is not None and found.ledger is not None and left is not None:
        standing = found.ledger.standing()
        logged.crossings = alerts.crossings(found.agreement, standing)
        if alerts.is_low(found.agreement, standing):
            logged.low = f"Only {text(left)} h of {found.agreement.number} are left."
    return logged


def name_service(entry: TimeEntry, service: ClientService | None) -> None:
    """Copies the current name and unit, so that a later rename does not change the entry."""
    entry.client_service_id = service.id if service else None
    entry.service_id = service.service_id if service else None
    entry.service_name = service.name if service else None
    entry.unit = service.unit if service else None


def check_open(order: WorkOrder) -> None:
    if order.status == CLOSED:
        raise Conflict(f"{order.number} is closed. Reopen it to log time on it.")


def span_of(work: UnitOfWork, new: NewTime) -> Span:
    """Returns when the work was done. Raises Invalid, as `spans.of` does."""
    return spans.of(
        work.organisation.time_zone,
        hours=new.hours,
        day=new.worked_on,
        started_at=new.started_at,
        ended_at=new.ended_at,
    )


def _wanted(order: WorkOrder, new: NewTime, day: date) -> Wanted:
    return Wanted(
        client_id=order.client_id,
        agreement_id=order.agreement_id,
        service_id=new.service_id,
        since=day,
    )


def _references(work: UnitOfWork, references: set[str]) -> set[str]:
    """Returns those among the references that are logged."""
    if not references:
        return set()
    logged = select(TimeEntry.external_ref).where(TimeEntry.deleted_at.is_(None))
    return {one for one in work.session.scalars(logged.where(TimeEntry.external_ref.in_(references))) if one}
