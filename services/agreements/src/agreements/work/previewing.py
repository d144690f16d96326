"""Previewing the cost of work."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from agreements.agreement.ledger import Standing
from agreements.work import overlaps, plausible, technicians, terms
from agreements.work.logging_time import NewTime, span_of
from agreements.work.models import WorkOrder
from agreements.work.placing import Placement
from agreements.work.plausible import Worked
from agreements.work.pricing import Price, price
from agreements.work.spans import Span
from agreements.work.terms import Terms
from agreements.work.time_entries import open_order
from common.money import rounded
from common.uow import UnitOfWork


@dataclass(frozen=True)
class Preview:
    worked_hours: Decimal
    billed_hours: Decimal
    placement: Placement
    price: Price
    currency: str
    standing: Standing | None
    """The agreement's hours after this work; None without block hours."""

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
    placement = found.place(billed, span.day, billable=billable)
    rate = price(found.client, found.on(span.day), found.service, overage=placement.overage > 0)
    if placement.billable and rate.source is None:
        placement.warnings.append("No rate is set for this work, so it would be billed at 0.00.")
    placement.warnings.extend(_doubts(work, found, order, new, span))
    standing = found.standing(span.day)
    after = standing and replace(standing, remaining=standing.remaining - placement.covered)
    return Preview(span.hours, billed, placement, rate, found.client.currency, after)


def _doubts(work: UnitOfWork, found: Terms, order: WorkOrder, new: NewTime, span: Span) -> list[str]:
    """Returns the values that logging would ask to confirm, and times that are logged already."""
    users = technicians.read(work, [new.technician_id])
    worked = Worked(*technicians.of(work, users, new.technician_id, new.technician_name), span)
    technicians.check(work, users, worked.technician_id)
    logged = plausible.logged_hours(work, [worked]).get(worked.on, Decimal(0))
    of_day = plausible.doubts_of_day(work, found.client, span.day)
    doubts = plausible.joined(of_day, plausible.doubts_of_hours(worked, logged))
    return [*plausible.messages(doubts), *overlaps.read(work, [worked]).add(worked, order.number)]
