"""What a client owes: balance, ageing and statement, summed up from invoices and payments."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, case, cast, func, literal, select, union_all
from sqlalchemy.sql.functions import coalesce

from billing.inbound.replicas import Client
from billing.invoice.models import DRAFT, UNPAID, VOID, Invoice
from billing.payment.models import Payment
from common.errors import NotFound
from common.http.auth import CLIENT_USERS
from common.uow import UnitOfWork

ZERO = Decimal(0)
BUCKETS = ("current", "days_1_30", "days_31_60", "days_61_90", "days_over_90")


def _client(work: UnitOfWork, client_id: UUID) -> Client:
    client = work.session.get(Client, client_id)
    if client is None or (work.actor.role in CLIENT_USERS and work.actor.client_id != client_id):
        raise NotFound("There is no such client.")
    return client


def balance(work: UnitOfWork, client_id: UUID) -> dict[str, Any]:
    """In the client's currency, and in every other one there are invoices or credits in."""
    client = _client(work, client_id)
    late = case((Invoice.due_on < work.today, Invoice.balance), else_=0)
    owed = select(Invoice.currency, func.sum(Invoice.balance), func.sum(late)).where(
        Invoice.client_id == client_id, Invoice.status.in_(UNPAID)
    )
    found = {client.currency: {"outstanding": ZERO, "overdue": ZERO, "credit": ZERO}}
    for currency, outstanding, overdue in work.session.execute(owed.group_by(Invoice.currency)):
        found[currency] = {"outstanding": outstanding, "overdue": overdue, "credit": ZERO}
    paid = select(Payment.currency, func.sum(Payment.unallocated)).where(
        Payment.client_id == client_id, Payment.unallocated > 0
    )
    for currency, credit in work.session.execute(paid.group_by(Payment.currency)):
        found.setdefault(currency, {"outstanding": ZERO, "overdue": ZERO})["credit"] = credit
    rows = [
        {"currency": code, **sums, "balance": sums["outstanding"] - sums["credit"]}
        for code, sums in sorted(found.items())
    ]
    own = next(row for row in rows if row["currency"] == client.currency)
    return {"client_id": client_id, **own, "by_currency": rows}


def ageing(work: UnitOfWork, client_id: UUID, as_of: date | None) -> dict[str, Any]:
    """Open balances by how long they are due."""
    _client(work, client_id)
    day = as_of or work.today
    days = cast(literal(day, Date) - Invoice.due_on, Integer)
    limits = ((0, BUCKETS[0]), (30, BUCKETS[1]), (60, BUCKETS[2]), (90, BUCKETS[3]))
    bucket = case(*((days <= limit, name) for limit, name in limits), else_=BUCKETS[4])
    statement = select(Invoice.currency, bucket, func.sum(Invoice.balance)).where(
        Invoice.client_id == client_id, Invoice.status.in_(UNPAID), Invoice.issued_on <= day
    )
    found: dict[str, dict[str, Decimal]] = {}
    for currency, name, amount in work.session.execute(statement.group_by(Invoice.currency, bucket)):
        found.setdefault(currency, dict.fromkeys(BUCKETS, ZERO))[name] = amount
    rows = [{"currency": code, **sums, "total": sum(sums.values(), ZERO)} for code, sums in sorted(found.items())]
    return {"client_id": client_id, "as_of": day, "by_currency": rows}


def statement(work: UnitOfWork, client_id: UUID, *, start: date | None, end: date | None) -> dict[str, Any]:
    """Invoices and payments of one client in their order with the running balance, in its own currency."""
    client = _client(work, client_id)
    last, first = end or work.today, start or date(1970, 1, 1)
    entries = _entries(work, client_id, client.currency, last)
    opening = sum((entry["amount"] for entry in entries if entry["on"] < first), ZERO)
    running, shown = opening, []
    for entry in entries:
        if entry["on"] >= first:
            running += entry["amount"]
            shown.append({**entry, "balance": running})
    return {
        "client_id": client_id,
        "client_name": client.name,
        "currency": client.currency,
        "start": start,
        "end": last,
        "opening_balance": opening,
        "entries": shown,
        "closing_balance": running,
    }


def _entries(work: UnitOfWork, client_id: UUID, currency: str, last: date) -> Sequence[dict[str, Any]]:
    invoices = select(
        Invoice.issued_on.label("on"),
        literal("invoice").label("kind"),
        Invoice.id.label("id"),
        coalesce(Invoice.number, "").label("reference"),
        Invoice.total.label("amount"),
    ).where(
        Invoice.client_id == client_id,
        Invoice.currency == currency,
        Invoice.status.not_in((DRAFT, VOID)),
        Invoice.issued_on <= last,
    )
    payments = select(
        Payment.received_on,
        literal("payment"),
        Payment.id,
        coalesce(Payment.reference, Payment.method),
        -Payment.amount,
    ).where(Payment.client_id == client_id, Payment.currency == currency, Payment.received_on <= last)
    both = union_all(invoices, payments).subquery()
    ordered = select(both).order_by(both.c.on, both.c.kind, both.c.id)
    return [dict(row) for row in work.session.execute(ordered).mappings()]
