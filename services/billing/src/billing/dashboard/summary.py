"""Billing's figures for the dashboard."""

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from billing import unbilled
from billing.invoice.models import UNPAID, Invoice
from billing.invoice.queries import is_overdue, summary, visible
from billing.item.models import BILLABLE, PARKED, BillableItem
from common.roles import CLIENT_USERS, TECHNICIAN
from common.uow import UnitOfWork

RECENT = 5
MOST_GROUPS = 5_000
"""Pricing more unbilled groups than this would make the dashboard slow."""

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
    groups = work.session.execute(unbilled.groups().limit(MOST_GROUPS + 1)).all()
    if len(groups) > MOST_GROUPS:
        for sums in money.values():
            sums["unbilled"] = None
        return
    for _, code, amount in unbilled.price_groups(work, groups):
        sums = money.setdefault(code, {"receivable": Decimal(0), "overdue": Decimal(0), "unbilled": Decimal(0)})
        sums["unbilled"] += amount or Decimal(0)


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
