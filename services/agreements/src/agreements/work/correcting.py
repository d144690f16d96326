"""Correcting and deleting logged time, with the effect on the splits of other time."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import hour_math as hm
from agreements.agreement import ledger as ledgers
from agreements.agreement import redrawing
from agreements.agreement.models import Agreement
from agreements.agreement.redrawing import Claim, Redraw
from agreements.inbound.replicas import Client
from agreements.work import logging_time, overlaps, plausible, spans, technicians, terms
from agreements.work.logging_time import Logged
from agreements.work.models import TimeEntry
from agreements.work.placing import Placement
from agreements.work.plausible import Doubts, Worked
from agreements.work.queries import get_entry
from agreements.work.spans import Span
from agreements.work.terms import Terms
from common.commands import UNSET, Unset, sent
from common.errors import Conflict
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeChanges:
    hours: Decimal | Unset = UNSET
    worked_on: date | Unset = UNSET
    started_at: datetime | Unset | None = UNSET
    ended_at: datetime | Unset | None = UNSET
    service_id: UUID | Unset | None = UNSET
    billable: bool | Unset = UNSET
    technician_id: UUID | Unset | None = UNSET
    technician_name: str | Unset | None = UNSET
    note: str | Unset | None = UNSET
    confirm: bool = False


@dataclass
class Correction:
    """A changed entry with its new split. `redraw` also has the other entries whose splits change."""

    entry: TimeEntry
    found: Terms
    placement: Placement
    redraw: Redraw | None
    doubts: Doubts
    overlapping: list[str]
    """Messages about time of the technician that overlaps."""

    def write(self, work: UnitOfWork) -> Logged:
        if self.redraw is not None:
            self.redraw.write(work)
        self.entry.confirmed = list(dict.fromkeys([*self.entry.confirmed, *plausible.messages(self.doubts)]))
        self.entry.submit(needs_approval=work.organisation.approve_time)
        self.entry.touch(work.now)
        work.session.flush()
        logged = logging_time.result(self.entry, self.found, self.placement)
        logged.overlapping = self.overlapping
        return logged


def correction(
    work: UnitOfWork, work_order_id: UUID, entry_id: UUID, command: TimeChanges, *, lock: bool
) -> Correction:
    """Returns the entry with the changes. Without `lock` it is detached, so that nothing is stored."""
    entry = _open(work, work_order_id, entry_id, lock=lock)
    changes = _with_span(work, entry, sent(command, "confirm"))
    worked_on = changes.get("worked_on", entry.worked_on)
    first = min(entry.worked_on, worked_on)
    found = terms.load(
        work,
        client_id=entry.client_id,
        agreement_id=entry.agreement_id,
        service_id=changes.pop("service_id", entry.client_service_id),
        since=first,
        lock=lock,
        billable=changes.get("billable", entry.billable),
        known=entry.client_service_id,
    )
    if worked_on != entry.worked_on:
        found.check_date(worked_on)
    changes = _with_billed_hours(entry, found, technicians.named(work, changes))
    after = _check_technician(work, entry, changes)
    doubts = _doubts(work, found.client, entry, after, lock=lock)
    overlapping = overlaps.read(work, [after], but=entry.id).add(after, entry.work_order_number)
    claims = _claims(work, entry, found, first, lock=lock)
    for name, value in changes.items():  # after the last query, so that the entry is written once
        setattr(entry, name, value)
    logging_time.name_service(entry, found.service)
    placement = logging_time.place(entry, found)
    redraw = None
    if found.ledger is not None:
        hours = hm.ZERO if placement.drawn is None else entry.billed_hours
        redraw = Redraw(found.ledger, [Claim(entry, hours, claims.drawn)], claims.others)
        if placement.drawn is not None:
            placement = logging_time.place(entry, found, redraw.splits[entry.id])
    return Correction(entry, found, placement, redraw, doubts, overlapping)


def deletion(work: UnitOfWork, work_order_id: UUID, entry_id: UUID, *, lock: bool) -> tuple[TimeEntry, Redraw | None]:
    """Returns the entry, and what deleting it does to the agreement's hours."""
    entry = _open(work, work_order_id, entry_id, lock=lock)
    found = terms.load(
        work,
        client_id=entry.client_id,
        agreement_id=entry.agreement_id,
        service_id=None,
        since=entry.worked_on,
        lock=lock,
        billable=False,
    )
    if found.ledger is None:
        return entry, None
    claims = _claims(work, entry, found, entry.worked_on, lock=lock)
    return entry, Redraw(found.ledger, [Claim(entry, hm.ZERO, claims.drawn)], claims.others)


@dataclass(frozen=True)
class _Claims:
    drawn: ledgers.Drawn
    others: list[Claim]


def _open(work: UnitOfWork, work_order_id: UUID, entry_id: UUID, *, lock: bool) -> TimeEntry:
    """Returns the entry, which is not invoiced. The agreement is locked before it, as by logging time."""
    if lock:
        of_entry = select(TimeEntry.agreement_id).where(TimeEntry.id == entry_id).scalar_subquery()
        work.session.execute(select(Agreement.id).where(Agreement.id == of_entry).with_for_update())
    entry = get_entry(work, work_order_id, entry_id, lock=lock)
    work.check_version(entry)
    technicians.check_own(work, entry)
    if entry.invoiced:
        raise Conflict(f"This time is on invoice {entry.invoice_number}. Void that invoice first.")
    if not lock:
        work.session.expunge(entry)
    return entry


def _claims(work: UnitOfWork, entry: TimeEntry, found: Terms, since: date, *, lock: bool) -> _Claims:
    if found.ledger is None:
        return _Claims({}, [])
    drawn = ledgers.drawn_by(work, [entry.id])[entry.id]
    others = redrawing.read(work, {found.ledger: since}, lock=lock, but=entry.id)
    return _Claims(drawn, others.get(found.ledger.agreement.id, []))


def _with_billed_hours(entry: TimeEntry, found: Terms, changes: dict[str, Any]) -> dict[str, Any]:
    hours, billable = changes.get("hours", entry.hours), changes.get("billable", entry.billable)
    service_id = found.service.id if found.service else None
    if (hours, billable, service_id) == (entry.hours, entry.billable, entry.client_service_id):
        return changes
    return {**changes, "billed_hours": found.billed(hours, billable=billable)}


def _with_span(work: UnitOfWork, entry: TimeEntry, changes: dict[str, Any]) -> dict[str, Any]:
    """Returns the changes with the day, hours, start and end that follow from those that were sent.

    Raises Invalid for a day or hours that differ from the entry's start and end.
    """
    when = {name: changes.get(name, getattr(entry, name)) for name in ("started_at", "ended_at")}
    if "started_at" in changes or "ended_at" in changes:
        given = {name: changes.get(name) for name in ("hours", "worked_on")}
        if when["started_at"] is None and when["ended_at"] is None:
            given = {name: changes.get(name, getattr(entry, name)) for name in given}
    elif changes.keys() & {"hours", "worked_on"}:
        given = {name: changes.get(name, getattr(entry, name)) for name in ("hours", "worked_on")}
    else:
        return changes
    span = spans.of(work.organisation.time_zone, hours=given["hours"], day=given["worked_on"], **when)
    return {**changes, "hours": span.hours, "worked_on": span.day} | {
        "started_at": span.started_at,
        "ended_at": span.ended_at,
    }


def _check_technician(work: UnitOfWork, entry: TimeEntry, changes: dict[str, Any]) -> Worked:
    """Returns who will have worked when. Raises Invalid for a new technician whose time the actor may not log."""
    values = {"technician_id": entry.technician_id, "technician_name": entry.technician_name}
    changed = {name: changes.get(name, value) for name, value in values.items()}
    if changed != values:
        users = technicians.read(work, [changed["technician_id"]])
        technicians.check(work, users, changed["technician_id"])
    when = {name: changes.get(name, getattr(entry, name)) for name in ("hours", "started_at", "ended_at")}
    return Worked(**changed, span=Span(changes.get("worked_on", entry.worked_on), **when))


def _doubts(work: UnitOfWork, client: Client, entry: TimeEntry, after: Worked, *, lock: bool) -> Doubts:
    """Checks only the changed values, because the others were confirmed before."""
    before = Worked.of(entry)
    doubts = plausible.doubts_of_day(work, client, after.day) if after.day != before.day else {}
    if after.adds_to(before):
        if lock:
            plausible.take_turns(work, [after])
        logged = plausible.logged_hours(work, [after], but=entry.id).get(after.on, Decimal(0))
        doubts = plausible.joined(doubts, plausible.doubts_of_hours(after, logged))
    return doubts
