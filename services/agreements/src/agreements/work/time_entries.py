"""Logging time: split once under the agreement's lock, editable until it is invoiced."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from agreements.agreement import alerts
from agreements.inbound.replicas import Client
from agreements.work import events, logging_time, overlaps, plausible, queries, spans, technicians, terms
from agreements.work.logging_time import Logged, Logging, NewTime
from agreements.work.models import TimeEntry, WorkOrder
from agreements.work.plausible import Doubts, Worked
from agreements.work.queries import get_entry
from agreements.work.spans import Span
from agreements.work.terms import Terms
from common.commands import UNSET, Unset, sent
from common.errors import Conflict
from common.plausible import require_confirmed
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


def log(work: UnitOfWork, work_order_id: UUID, new: NewTime) -> Logged:
    """Logs time; raises Unconfirmed for what looks like a mistake unless it is confirmed."""
    order = open_order(work, work_order_id, keep=True)
    logged = Logging(work, [(order, new)], lock=True).plan(order, new)
    logging_time.write(work, [logged])
    return logged


def correct(work: UnitOfWork, work_order_id: UUID, entry_id: UUID, command: TimeChanges) -> Logged:
    """Returns the entry's hours to the agreement and splits it again, even if the agreement has ended.

    Billed hours stay unless the hours, the service or whether it is billable change.
    """
    entry = get_entry(work, work_order_id, entry_id, lock=True)
    work.check_version(entry)
    technicians.check_own(work, entry)
    _check_not_invoiced(entry)
    changes = _with_span(work, entry, sent(command, "confirm"))
    worked_on = changes.get("worked_on", entry.worked_on)
    found = terms.load(
        work,
        client_id=entry.client_id,
        agreement_id=entry.agreement_id,
        service_id=changes.pop("service_id", entry.client_service_id),
        since=min(entry.worked_on, worked_on),
        lock=True,
        billable=changes.get("billable", entry.billable),
        known=entry.client_service_id,
    )
    if worked_on != entry.worked_on:
        found.check_date(worked_on)
    changes = _with_billed_hours(entry, found, technicians.named(work, changes))
    after = _check_technician(work, entry, changes)
    doubts = _doubts_of_correction(work, found.client, entry, after)
    overlapping = overlaps.read(work, [after], but=entry.id).add(after, entry.work_order_number)
    if found.ledger is not None:
        found.ledger.reverse(entry.id)
    for name, value in changes.items():  # after the last query, so that the entry is written once
        setattr(entry, name, value)
    logging_time.name_service(entry, found.service)
    placement = logging_time.place(entry, found)
    require_confirmed(doubts, confirm=command.confirm)
    entry.confirmed = list(dict.fromkeys([*entry.confirmed, *plausible.messages(doubts)]))
    found.draw(entry.id, placement, entry.worked_on)
    entry.touch(work.now)
    work.session.flush()
    work.emit(events.CORRECTED, entry)
    logged = logging_time.result(entry, found, placement)
    logged.warnings.extend(overlapping)
    for crossing in alerts.remember(work, logged.crossings):
        alerts.announce(work, crossing)
    return logged


def delete(work: UnitOfWork, work_order_id: UUID, entry_id: UUID) -> None:
    entry = get_entry(work, work_order_id, entry_id, lock=True)
    work.check_version(entry)
    technicians.check_own(work, entry)
    _check_not_invoiced(entry)
    found = terms.load(
        work,
        client_id=entry.client_id,
        agreement_id=entry.agreement_id,
        service_id=None,
        since=entry.worked_on,
        lock=True,
        billable=False,
    )
    if found.ledger is not None:
        found.ledger.reverse(entry.id)
    entry.deleted_at = work.now
    work.emit(events.DELETED, entry)


def open_order(work: UnitOfWork, work_order_id: UUID, *, keep: bool = False) -> WorkOrder:
    """Returns the work order; `keep` locks it against changes until commit.

    Adding time needs that lock anyway; taking it first avoids deadlocks.
    """
    order = queries.get_order(work, work_order_id, keep=keep)
    logging_time.check_open(order)
    return order


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


def _doubts_of_correction(work: UnitOfWork, client: Client, entry: TimeEntry, after: Worked) -> Doubts:
    """Checks only the changed values, because the others were confirmed before."""
    before = Worked.of(entry)
    doubts = plausible.doubts_of_day(work, client, after.day) if after.day != before.day else {}
    if after.adds_to(before):
        plausible.take_turns(work, [after])
        logged = plausible.logged_hours(work, [after], but=entry.id).get(after.on, Decimal(0))
        doubts = plausible.joined(doubts, plausible.doubts_of_hours(after, logged))
    return doubts


def _check_not_invoiced(entry: TimeEntry) -> None:
    if entry.invoiced:
        raise Conflict(f"This time is on invoice {entry.invoice_number}. Void that invoice first.")
