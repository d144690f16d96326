"""Previewing the cost of work."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from agreements.agreement import redrawing
from agreements.agreement.ledger import Standing
from agreements.agreement.redrawing import Change, Claim, Redraw
from agreements.work import correcting, overlaps, plausible, technicians, terms
from agreements.work.correcting import TimeChanges
from agreements.work.logging_time import NewTime, name_service, place, span_of
from agreements.work.models import TimeEntry, WorkOrder
from agreements.work.placing import Placement
from agreements.work.plausible import Worked
from agreements.work.pricing import price
from agreements.work.queries import visible_among
from agreements.work.spans import Span
from agreements.work.terms import Terms
from agreements.work.time_entries import open_order
from common.ids import new_id
from common.money import rounded
from common.rates import NONE, Resolved
from common.uow import UnitOfWork


@dataclass(frozen=True)
class Preview:
    entry: TimeEntry
    placement: Placement
    price: Resolved
    currency: str
    standing: Standing | None
    """The agreement's hours after this work; None without block hours."""
    changes: list[Change]
    """Splits of other entries that would change."""

    @property
    def amount(self) -> Decimal:
        return rounded(self.placement.billable * self.price.rate, self.currency)


def preview(work: UnitOfWork, work_order_id: UUID, new: NewTime) -> Preview:
    """Returns the result `log` would have, with the rate. Writes nothing and takes no locks."""
    order = open_order(work, work_order_id)
    span = span_of(work, new)
    billable = order.billable if new.billable is None else new.billable
    found = terms.load(
        work,
        client_id=order.client_id,
        agreement_id=order.agreement_id,
        service_id=new.service_id,
        since=span.day,
        lock=False,
        billable=billable,
    )
    found.check_active()
    found.check_date(span.day)
    billed = found.billed(span.hours, billable=billable)
    entry = TimeEntry(id=new_id(), hours=span.hours, billed_hours=billed, worked_on=span.day, billable=billable)
    name_service(entry, found.service)
    placement, redraw = place(entry, found), None
    if found.ledger is not None and placement.drawn is not None:
        others = redrawing.read(work, {found.ledger: entry.worked_on}, lock=False)
        claim = Claim(entry, billed, {})
        redraw = Redraw(found.ledger, [claim], others.get(found.ledger.agreement.id, []))
        placement = place(entry, found, redraw.splits[entry.id])
    return _preview(work, entry, found, placement, redraw, _doubts(work, found, order, new, span))


def preview_correction(work: UnitOfWork, work_order_id: UUID, entry_id: UUID, changes: TimeChanges) -> Preview:
    """Returns the result `correct` would have. Writes nothing and takes no locks."""
    made = correcting.correction(work, work_order_id, entry_id, changes, lock=False)
    doubts = [*plausible.messages(made.doubts), *made.overlapping]
    return _preview(work, made.entry, made.found, made.placement, made.redraw, doubts)


def preview_deletion(work: UnitOfWork, work_order_id: UUID, entry_id: UUID) -> list[Change]:
    """Returns the splits of other entries that would change if this one were deleted."""
    _, redraw = correcting.deletion(work, work_order_id, entry_id, lock=False)
    return _visible(work, redraw)


def _preview(
    work: UnitOfWork, entry: TimeEntry, found: Terms, placement: Placement, redraw: Redraw | None, doubts: list[str]
) -> Preview:
    rate = price(found.client, found.on(entry.worked_on), found.service, overage=placement.overage > 0)
    if placement.billable and rate.source == NONE:
        placement.warnings.append("No rate is set for this work, so it would be billed at 0.00.")
    placement.warnings.extend(doubts)
    after = found if redraw is None else replace(found, ledger=redraw.plan)
    standing = after.standing(entry.worked_on)
    return Preview(entry, placement, rate, found.client.currency, standing, _visible(work, redraw))


def _visible(work: UnitOfWork, redraw: Redraw | None) -> list[Change]:
    changes = redraw.changes if redraw is not None else []
    if not changes:
        return []
    visible = visible_among(work, [change.entry.id for change in changes])
    return [change for change in changes if change.entry.id in visible]


def _doubts(work: UnitOfWork, found: Terms, order: WorkOrder, new: NewTime, span: Span) -> list[str]:
    """Returns the values that logging would ask to confirm, and times that are logged already."""
    users = technicians.read(work, [new.technician_id])
    worked = Worked(*technicians.of(work, users, new.technician_id, new.technician_name), span)
    technicians.check(work, users, worked.technician_id)
    logged = plausible.logged_hours(work, [worked]).get(worked.on, Decimal(0))
    of_day = plausible.doubts_of_day(work, found.client, span.day)
    doubts = plausible.joined(of_day, plausible.doubts_of_hours(worked, logged))
    return [*plausible.messages(doubts), *overlaps.read(work, [worked]).add(worked, order.number)]
