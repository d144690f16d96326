"""Logging time: split once under the agreement's lock, editable until it is invoiced."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from agreements.access import user_id
from agreements.agreement import alerts
from agreements.agreement.hour_math import Split
from agreements.agreement.ledger import text
from agreements.inbound.replicas import Client, ClientService
from agreements.work import events, orders, plausible, technicians, terms
from agreements.work.models import CLOSED, TimeEntry, WorkOrder
from agreements.work.placing import Placement
from agreements.work.plausible import Doubts, Worked
from agreements.work.terms import Terms
from agreements.work.visibility import of_time_entries
from common.errors import Conflict, NotFound
from common.ids import new_id
from common.plausible import require_confirmed
from common.uow import UnitOfWork


@dataclass(frozen=True)
class Logged:
    """A time entry with the messages for its author."""

    entry: TimeEntry
    warnings: list[str]
    remaining: Decimal | None


def log(
    work: UnitOfWork,
    work_order_id: UUID,
    *,
    service_id: UUID | None = None,
    hours: Decimal,
    worked_on: date,
    billable: bool | None = None,
    external_ref: str | None = None,
    confirm: bool = False,
    **values: Any,
) -> Logged:
    """Logs time; raises Unconfirmed for what looks like a mistake unless `confirm` is True."""
    order = open_order(work, work_order_id, keep=True)
    _check_reference(work, external_ref)
    billable = order.billable if billable is None else billable
    found = terms.load(
        work,
        client_id=order.client_id,
        agreement_id=order.agreement_id,
        service_id=service_id,
        since=worked_on,
        lock=True,
        billable=billable,
    )
    found.check_active()
    found.check_date(worked_on)
    entry = TimeEntry(
        id=new_id(),
        work_order_id=order.id,
        work_order_number=order.number,
        client_id=order.client_id,
        agreement_id=order.agreement_id,
        agreement_type=found.agreement.type if found.agreement else None,
        hours=hours,
        billed_hours=found.billed(hours, billable=billable),
        worked_on=worked_on,
        billable=billable,
        external_ref=external_ref or None,
        **technician_of(work, values),
    )
    _name_service(entry, found.service)
    doubts = _doubts(work, found.client, Worked.of(entry))
    placement = _split(entry, found)
    require_confirmed(doubts, confirm=confirm)
    work.session.add(entry)
    work.emit(events.LOGGED, entry)
    return _told(work, entry, found, placement)


def correct(work: UnitOfWork, work_order_id: UUID, entry_id: UUID, *, confirm: bool = False, **changes: Any) -> Logged:
    """Returns the entry's hours to the agreement and splits it again, even if the agreement has ended.

    Billed hours stay unless the hours, the service or whether it is billable change.
    """
    entry = get(work, work_order_id, entry_id, lock=True)
    work.check_version(entry)
    _check_not_invoiced(entry)
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
    doubts = _doubts_of_correction(work, found.client, entry, changes)
    if found.ledger is not None:
        found.ledger.reverse(entry.id)
    for name, value in changes.items():  # after the last query, so that the entry is written once
        setattr(entry, name, value)
    _name_service(entry, found.service)
    placement = _split(entry, found)
    require_confirmed(doubts, confirm=confirm)
    entry.touch(work.now)
    work.emit(events.CORRECTED, entry)
    return _told(work, entry, found, placement)


def delete(work: UnitOfWork, work_order_id: UUID, entry_id: UUID) -> None:
    entry = get(work, work_order_id, entry_id, lock=True)
    work.check_version(entry)
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


def get(work: UnitOfWork, work_order_id: UUID, entry_id: UUID, *, lock: bool = False) -> TimeEntry:
    statement = select(TimeEntry).where(
        TimeEntry.id == entry_id,
        TimeEntry.work_order_id == work_order_id,
        TimeEntry.deleted_at.is_(None),
        of_time_entries(work),
    )
    entry = work.session.scalar(statement.with_for_update() if lock else statement)
    if entry is None:
        raise NotFound("Time entry not found on this work order.")
    return entry


def open_order(work: UnitOfWork, work_order_id: UUID, *, keep: bool = False) -> WorkOrder:
    """Returns the work order; `keep` locks it against changes until commit.

    Adding time needs that lock anyway; taking it first avoids deadlocks.
    """
    order = orders.get(work, work_order_id, keep=keep)
    if order.status == CLOSED:
        raise Conflict(f"{order.number} is closed. Reopen it to log time on it.")
    return order


def _split(entry: TimeEntry, found: Terms) -> Placement:
    def draw(client_service_id: UUID | None, hours: Decimal, day: date) -> Split:
        assert found.ledger is not None, "only block hours are drawn"
        return found.ledger.draw(entry.id, client_service_id, hours, day)

    placement = found.place(entry.billed_hours, entry.worked_on, draw, billable=entry.billable)
    entry.covered_hours, entry.overage_hours = placement.covered, placement.overage
    entry.billable_hours = placement.billable
    return placement


def _with_billed_hours(entry: TimeEntry, found: Terms, changes: dict[str, Any]) -> dict[str, Any]:
    hours, billable = changes.get("hours", entry.hours), changes.get("billable", entry.billable)
    service_id = found.service.id if found.service else None
    if (hours, billable, service_id) == (entry.hours, entry.billable, entry.client_service_id):
        return changes
    return {**changes, "billed_hours": found.billed(hours, billable=billable)}


def _doubts(work: UnitOfWork, client: Client, worked: Worked) -> Doubts:
    plausible.take_turns(work, worked)
    return plausible.joined(plausible.doubts_of_day(work, client, worked.day), plausible.doubts_of_hours(work, worked))


def _doubts_of_correction(work: UnitOfWork, client: Client, entry: TimeEntry, changes: dict[str, Any]) -> Doubts:
    """Checks only the changed values, because the others were confirmed before."""
    before = Worked.of(entry)
    after = Worked(
        changes.get("technician_id", entry.technician_id),
        changes.get("technician_name", entry.technician_name),
        changes.get("worked_on", entry.worked_on),
        changes.get("hours", entry.hours),
    )
    doubts = plausible.doubts_of_day(work, client, after.day) if after.day != before.day else {}
    if after.adds_to(before):
        plausible.take_turns(work, after)
        doubts = plausible.joined(doubts, plausible.doubts_of_hours(work, after, but=entry.id))
    return doubts


def _told(work: UnitOfWork, entry: TimeEntry, found: Terms, placement: Placement) -> Logged:
    work.session.flush()
    left, warnings = found.remaining(entry.worked_on), list(placement.warnings)
    if found.agreement is not None and found.ledger is not None and left is not None:
        low = alerts.announce_crossings(work, found.agreement, found.ledger.standing())
        if low and placement.covered:
            warnings.append(f"Only {text(left)} h of {found.agreement.number} are left.")
    return Logged(entry, warnings, left)


def _check_reference(work: UnitOfWork, external_ref: str | None) -> None:
    if external_ref is None:
        return
    same = exists().where(TimeEntry.external_ref == external_ref, TimeEntry.deleted_at.is_(None))
    if work.session.scalar(select(same)):
        message = f'"{external_ref}" is already logged.'
        raise Conflict(message, {"external_ref": [message]})


def _check_not_invoiced(entry: TimeEntry) -> None:
    if entry.invoiced:
        raise Conflict(f"This time is on invoice {entry.invoice_number}. Void that invoice first.")


def _name_service(entry: TimeEntry, service: ClientService | None) -> None:
    """Copies the current name and unit, so that a later rename does not change the entry."""
    entry.client_service_id = service.id if service else None
    entry.service_id = service.service_id if service else None
    entry.service_name = service.name if service else None
    entry.unit = service.unit if service else None


def technician_of(work: UnitOfWork, values: dict[str, Any]) -> dict[str, Any]:
    """Returns the technician of the values, by default the acting user."""
    if values.get("technician_id") is None and values.get("technician_name") is None:
        values = {**values, "technician_id": user_id(work)}
    return technicians.named(work, values)
