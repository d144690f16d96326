"""Previewing the cost of work."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from agreements.agreement.hour_math import Split
from agreements.work import plausible, terms
from agreements.work.placing import Placement
from agreements.work.plausible import Worked
from agreements.work.pricing import Price, price
from agreements.work.terms import Terms
from agreements.work.time_entries import open_order, technician_of
from common.money import rounded
from common.uow import UnitOfWork


@dataclass(frozen=True)
class Preview:
    worked_hours: Decimal
    billed_hours: Decimal
    placement: Placement
    price: Price
    currency: str
    remaining: Decimal | None

    @property
    def amount(self) -> Decimal:
        return rounded(self.placement.billable * self.price.rate, self.currency)


def preview(
    work: UnitOfWork,
    work_order_id: UUID,
    *,
    service_id: UUID | None = None,
    hours: Decimal,
    worked_on: date,
    billable: bool | None = None,
    **values: Any,
) -> Preview:
    """Returns the result `log` would have, with the rate. Writes nothing and takes no locks."""
    order = open_order(work, work_order_id)
    billable = order.billable if billable is None else billable
    found = terms.load(
        work,
        client_id=order.client_id,
        agreement_id=order.agreement_id,
        service_id=service_id,
        since=worked_on,
        lock=False,
        billable=billable,
    )
    found.check_active()
    found.check_date(worked_on)

    def quote(client_service_id: UUID | None, wanted: Decimal, day: date) -> Split:
        assert found.ledger is not None, "only block hours are drawn"
        return found.ledger.quote(client_service_id, wanted, day)

    billed = found.billed(hours, billable=billable)
    placement = found.place(billed, worked_on, quote, billable=billable)
    rate = price(found.client, found.agreement, found.service, overage=placement.overage > 0)
    if placement.billable and rate.source is None:
        placement.warnings.append("No rate is set for this work, so it would be billed at 0.00.")
    placement.warnings.extend(_doubts(work, found, hours, worked_on, technician_of(work, values)))
    left = found.remaining(worked_on)
    remaining = None if left is None else left - placement.covered
    return Preview(hours, billed, placement, rate, found.client.currency, remaining)


def _doubts(work: UnitOfWork, found: Terms, hours: Decimal, day: date, technician: dict[str, Any]) -> list[str]:
    """Returns the values that logging would ask to confirm."""
    worked = Worked(technician.get("technician_id"), technician.get("technician_name"), day, hours)
    doubts = plausible.doubts_of_day(work, found.client, day), plausible.doubts_of_hours(work, worked)
    return [message for messages in plausible.joined(*doubts).values() for message in messages]
