"""The amount that items would be billed at today, priced by groups instead of one by one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnClause, Select, case, func, literal_column, select

from billing import ratebook
from billing.inbound.replicas import Agreement
from billing.item.models import BILLABLE, PARKED, TIME, BillableItem
from billing.ratebook import RateBook, Wanted
from common.money import rounded
from common.pricing import charge
from common.uow import UnitOfWork

NONE: ColumnClause[int] = literal_column("0")
"""Not a parameter: an expression to group by has none."""
KEY = (
    BillableItem.client_id,
    BillableItem.agreement_id,
    BillableItem.client_service_id,
    BillableItem.service_id,
    BillableItem.overage,
    BillableItem.unit_rate,
    BillableItem.currency,
    BillableItem.source_type,
    # the day decides the rate only where an agreement has replaced rates
    case((func.jsonb_array_length(Agreement.earlier_overage_rates) > NONE, BillableItem.dated_on)).label("on"),
)


def groups(*further: Any) -> Select[Any]:
    """Returns a SELECT of unbilled items grouped by what decides their price, and by `further` columns."""
    return (
        select(
            *(*KEY, *further),
            func.sum(BillableItem.quantity).label("quantity"),
            func.count().label("items"),
            func.count().filter(BillableItem.status == PARKED).label("parked"),
            func.count().filter(BillableItem.held).label("held"),
        )
        .outerjoin(Agreement, Agreement.id == BillableItem.agreement_id)
        .where(BillableItem.status.in_(BILLABLE))
        .group_by(*KEY, *further)
    )


def price_groups(work: UnitOfWork, rows: Sequence[Any]) -> list[tuple[Any, str, Decimal | None]]:
    """Returns each group with its currency and amount: None if the next run would park its items.

    Groups of clients whose data has not arrived are left out.
    """
    wants = [Wanted(row.client_id, row.agreement_id, row.client_service_id, row.service_id, row.on) for row in rows]
    book = ratebook.load(work, wants)
    return [
        (row, code, _price(book, row, want, code))
        for row, want in zip(rows, wants, strict=True)
        if (client := book.clients.get(row.client_id)) is not None and (code := row.currency or client.currency)
    ]


def _price(book: RateBook, row: Any, want: Wanted, currency: str) -> Decimal | None:
    if row.unit_rate is not None:
        return rounded(row.quantity * row.unit_rate, currency)
    if book.unpriced(want, currency, row.quantity, overage=row.overage, time=row.source_type == TIME):
        return None
    model = book.model(want, currency, overage=row.overage)
    if model is not None:
        return charge(model, row.quantity, currency).amount
    return rounded(row.quantity * book.rate(want, overage=row.overage).rate, currency)
