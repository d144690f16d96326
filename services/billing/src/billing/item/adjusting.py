"""Adjusts a source corrected after its invoice with further items for the difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from billing.invoice.models import InvoiceLine, LineItem
from billing.item.models import CLOSED, EXPENSE, INVOICED, OPEN, TIME, BillableItem
from common.ids import new_id
from common.uow import UnitOfWork

WHAT = {
    TIME: ("client_id", "agreement_id", "client_service_id", "service_id", "overage"),
    EXPENSE: ("client_id", "agreement_id", "unit_rate", "currency", "tax_code_id"),
}
"""If two versions of a source have the same values here, their rate is the same and quantities can be netted."""
COPIED = (
    *("client_id", "agreement_id", "client_service_id", "service_id", "overage", "service_name", "unit"),
    *("work_order_number", "technician_name", "description", "currency", "tax_code_id"),
)


@dataclass(frozen=True)
class Missing:
    like: dict[str, Any]
    quantity: Decimal
    unit_rate: Decimal | None = None
    rate_source: str | None = None


Charged = Mapping[UUID, tuple[Decimal, str]]
"""The rate and its source on the invoice, by item."""


def adjust(work: UnitOfWork, items: Sequence[BillableItem], row: dict[str, Any], charged: Charged) -> None:
    """Closes the source's open items and adds the missing ones; `row` is its newest version."""
    for item in items:
        if item.status != INVOICED:
            item.status, item.quantity, item.parked_cause = CLOSED, Decimal(0), None
    invoiced = [item for item in items if item.status == INVOICED]
    missing = _missing(invoiced, row, charged) or [Missing(row, Decimal(0))]  # a row for the version
    work.session.add_all(_item(row, part, place) for place, part in enumerate(missing))


def _missing(invoiced: Sequence[BillableItem], row: dict[str, Any], charged: Charged) -> list[Missing]:
    names = WHAT[row["source_type"]]
    asked: dict[tuple[Any, ...], list[BillableItem]] = {}
    for item in invoiced:
        asked.setdefault(tuple(getattr(item, name) for name in names), []).append(item)
    wanted = tuple(row[name] for name in names)
    found = []
    for what, items in asked.items():
        due = row["quantity"] if what == wanted else Decimal(0)
        difference = due - sum((item.quantity for item in items), Decimal(0))
        if difference:
            rate, source = charged[items[-1].id]
            found.append(Missing({name: getattr(items[-1], name) for name in COPIED}, difference, rate, source))
    if wanted not in asked and row["quantity"]:
        found.append(Missing(row, row["quantity"], row["unit_rate"]))
    return found


def charged_rates(work: UnitOfWork, items: Iterable[BillableItem]) -> Charged:
    """Returns the rates that invoiced items were charged at; corrections use them."""
    statement = (
        select(LineItem.item_id, InvoiceLine.unit_rate, InvoiceLine.rate_source)
        .join(LineItem, LineItem.line_id == InvoiceLine.id)
        .where(LineItem.item_id.in_([item.id for item in items if item.status == INVOICED]), LineItem.live)
    )
    return {item_id: (rate, source) for item_id, rate, source in work.session.execute(statement)}


def _item(row: dict[str, Any], part: Missing, place: int) -> BillableItem:
    return BillableItem(
        id=new_id(),
        source_type=row["source_type"],
        source_id=row["source_id"],
        part=f"{row['source_sequence']}.{place}",
        source_sequence=row["source_sequence"],
        status=OPEN if part.quantity else CLOSED,
        quantity=part.quantity,
        unit_rate=part.unit_rate,
        rate_source=part.rate_source,
        dated_on=row["dated_on"],
        note=row.get("note"),
        held=row["held"],
        **{name: part.like[name] for name in COPIED},
    )
