"""Billing's figures for the dashboard."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnClause, case, func, literal_column, select

from billing import ratebook
from billing.inbound.replicas import Agreement
from billing.invoice.models import UNPAID, Invoice
from billing.invoice.queries import is_overdue, summary, visible
from billing.item.models import BILLABLE, PARKED, TIME, BillableItem
from billing.ratebook import RateBook, Wanted
from common.money import rounded
from common.pricing import charge
from common.roles import CLIENT_USERS, TECHNICIAN
from common.uow import UnitOfWork

RECENT = 5
MOST_GROUPS = 5_000
"""Pricing more unbilled groups than this would make the dashboard slow."""

NONE: ColumnClause[int] = literal_column("0")
"""Not a parameter: an expression to group by has none."""

Money = dict[str, dict[str, Any]]


def of_actor(work: UnitOfWork) -> dict[str, Any]:
    """Returns the figures the actor may see: none for technicians, their own client's for client users."""
    if work.actor.role == TECHNICIAN:
        return {"counts": {}, "money": [], "alerts": [], "recent_invoices": []}
    money, counts = _owed(work)
    alerts = []
    if work.actor.role not in CLIENT_USERS:
        items = _items(work)
        counts |= items
        _add_unbilled(work, money)
        alerts = _alerts(counts)
    newest = select(Invoice).where(visible(work)).order_by(Invoice.created_at.desc(), Invoice.id.desc()).limit(RECENT)
    return {
        "counts": counts,
        "money": [{"currency": code, **sums} for code, sums in sorted(money.items())],
        "alerts": alerts,
        "recent_invoices": [summary(work, invoice) for invoice in work.session.scalars(newest)],
    }


def _owed(work: UnitOfWork) -> tuple[Money, dict[str, int]]:
    late = is_overdue(work.today)
    statement = select(
        Invoice.currency,
        func.count(),
        func.count().filter(late),
        func.sum(Invoice.balance),
        func.coalesce(func.sum(Invoice.balance).filter(late), 0),
    ).where(Invoice.status.in_(UNPAID), visible(work))
    rows = work.session.execute(statement.group_by(Invoice.currency)).all()
    money: Money = {row[0]: {"receivable": row[3], "overdue": row[4], "unbilled": Decimal(0)} for row in rows}
    return money, {"invoices_open": sum(row[1] for row in rows), "invoices_overdue": sum(row[2] for row in rows)}


def _items(work: UnitOfWork) -> dict[str, int]:
    statement = select(func.count(), func.count().filter(BillableItem.status == PARKED))
    total, parked = work.session.execute(statement.where(BillableItem.status.in_(BILLABLE))).one()
    return {"billable_items_open": total, "billable_items_parked": parked}


def _add_unbilled(work: UnitOfWork, money: Money) -> None:
    """Adds the amount that unbilled items would be billed at today."""
    key = (
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
    statement = select(*key, func.sum(BillableItem.quantity).label("quantity"))
    statement = (
        statement.outerjoin(Agreement, Agreement.id == BillableItem.agreement_id)
        .where(BillableItem.status.in_(BILLABLE))
        .group_by(*key)
        .limit(MOST_GROUPS + 1)
    )
    groups = work.session.execute(statement).all()
    if len(groups) > MOST_GROUPS:
        for sums in money.values():
            sums["unbilled"] = None
        return
    wants = [Wanted(row.client_id, row.agreement_id, row.client_service_id, row.service_id, row.on) for row in groups]
    book = ratebook.load(work, wants)
    for row, want in zip(groups, wants, strict=True):
        client = book.clients.get(row.client_id)
        if client is None:
            continue
        code = row.currency or client.currency
        sums = money.setdefault(code, {"receivable": Decimal(0), "overdue": Decimal(0), "unbilled": Decimal(0)})
        sums["unbilled"] += _price(book, row, want, code)


def _price(book: RateBook, row: Any, want: Wanted, currency: str) -> Decimal:
    """Returns the price, or 0 if the run would park the item."""
    if row.unit_rate is not None:
        return rounded(row.quantity * row.unit_rate, currency)
    if book.unpriced(want, currency, row.quantity, overage=row.overage, time=row.source_type == TIME):
        return Decimal(0)
    model = book.model(want, currency, overage=row.overage)
    if model is not None:
        return charge(model, row.quantity, currency).amount
    return rounded(row.quantity * book.rate(want, overage=row.overage).rate, currency)


def _alerts(counts: dict[str, int]) -> list[dict[str, str]]:
    """Returns problems to check, each with the list that shows them."""
    texts = {
        "invoices_overdue": ("warning", "{} overdue", "invoice", "/invoices?status=overdue"),
        "billable_items_parked": (
            "error",
            "{} parked",
            "billable item",
            "/billable-items?status=parked",
        ),
    }
    found = []
    for name, (severity, text, noun, place) in texts.items():
        if count := counts[name]:
            nouns = f"{count} {noun}{'' if count == 1 else 's'}"
            found.append({"kind": name, "severity": severity, "title": text.format(nouns), "href": place})
    return found
