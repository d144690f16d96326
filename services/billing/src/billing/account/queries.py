"""A client's balance, aging and statement, summed from invoices and payments."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, case, cast, func, literal, select, union_all
from sqlalchemy.sql.functions import coalesce

from billing.account import standing
from billing.inbound.replicas import Client
from billing.invoice.models import DRAFT, Invoice
from billing.payment.models import Payment
from common.errors import Invalid, NotFound
from common.roles import CLIENT_USERS
from common.uow import UnitOfWork

ZERO = Decimal(0)
BUCKETS = ("current", "days_1_30", "days_31_60", "days_61_90", "days_over_90")


def _client(work: UnitOfWork, client_id: UUID) -> Client:
    client = work.session.get(Client, client_id)
    if client is None or (work.actor.role in CLIENT_USERS and work.actor.client_id != client_id):
        raise NotFound("Client not found.")
    return client


def balance(work: UnitOfWork, client_id: UUID, as_of: date | None = None) -> dict[str, Any]:
    """Returns the balance in the client's currency and in every other currency of its invoices or credit."""
    client = _client(work, client_id)
    day = as_of or work.today
    found = {client.currency: {"outstanding": ZERO, "overdue": ZERO}}
    for code, sums in _aged(work, client_id, day).items():
        outstanding = sum(sums.values(), ZERO)
        found[code] = {"outstanding": outstanding, "overdue": outstanding - sums[BUCKETS[0]]}
    credit = _credit(work, client_id, day)
    for code in credit:
        found.setdefault(code, {"outstanding": ZERO, "overdue": ZERO})
    rows = [
        {"currency": code, **sums, "credit": credit.get(code, ZERO)}
        | {"balance": sums["outstanding"] - credit.get(code, ZERO)}
        for code, sums in sorted(found.items())
    ]
    own = next(row for row in rows if row["currency"] == client.currency)
    how_to_pay = work.organisation.payment_lines(client.currency)
    return {"client_id": client_id, "as_of": day, **own, "by_currency": rows, "payment_instructions": how_to_pay}


def ageing(work: UnitOfWork, client_id: UUID, as_of: date | None) -> dict[str, Any]:
    """Returns open balances by days overdue on that day, and the available credit."""
    _client(work, client_id)
    day = as_of or work.today
    aged, credit = _aged(work, client_id, day), _credit(work, client_id, day)
    rows = []
    for code in sorted(aged.keys() | credit.keys()):
        sums, against = aged.get(code, dict.fromkeys(BUCKETS, ZERO)), credit.get(code, ZERO)
        outstanding = sum(sums.values(), ZERO)
        rows.append({"currency": code, **sums, "outstanding": outstanding, "credit": against})
        rows[-1]["total"] = outstanding - against
    return {"client_id": client_id, "as_of": day, "by_currency": rows}


def _aged(work: UnitOfWork, client_id: UUID, day: date) -> dict[str, dict[str, Decimal]]:
    """Returns open balances by currency and bucket."""
    invoices = standing.open_invoices(work, client_id, day).subquery()
    days = cast(literal(day, Date) - invoices.c.due_on, Integer)
    limits = ((0, BUCKETS[0]), (30, BUCKETS[1]), (60, BUCKETS[2]), (90, BUCKETS[3]))
    bucket = case(*((days <= limit, name) for limit, name in limits), else_=BUCKETS[4])
    sums = select(invoices.c.currency, bucket, func.sum(invoices.c.balance)).where(invoices.c.balance != 0)
    found: dict[str, dict[str, Decimal]] = {}
    for currency, name, amount in work.session.execute(sums.group_by(invoices.c.currency, bucket)):
        found.setdefault(currency, dict.fromkeys(BUCKETS, ZERO))[name] = amount
    return found


def _credit(work: UnitOfWork, client_id: UUID, day: date) -> dict[str, Decimal]:
    payments = standing.payments(work, client_id, day).subquery()
    sums = select(payments.c.currency, func.sum(payments.c.credit).label("credit")).where(payments.c.credit != 0)
    return {row.currency: row.credit for row in work.session.execute(sums.group_by(payments.c.currency))}


def statement(
    work: UnitOfWork, client_id: UUID, *, start: date | None, end: date | None, currency: str | None
) -> dict[str, Any]:
    """Returns invoices, voids and payments of one client and currency in order, with the running balance."""
    client = _client(work, client_id)
    last, first = end or work.today, start or date(1970, 1, 1)
    if first > last:
        raise Invalid({"end": [f"The statement must not end before it begins ({first})."]})
    currency = currency or client.currency
    entries = _entries(work, client_id, currency, last)
    opening = sum((entry["amount"] for entry in entries if entry["on"] < first), ZERO)
    running, shown = opening, []
    for entry in entries:
        if entry["on"] >= first:
            running += entry["amount"]
            shown.append({**entry, "balance": running})
    return {
        "client_id": client_id,
        "client_name": client.name,
        "currency": currency,
        "start": start,
        "end": last,
        "opening_balance": opening,
        "entries": shown,
        "closing_balance": running,
    }


def _entries(work: UnitOfWork, client_id: UUID, currency: str, last: date) -> Sequence[dict[str, Any]]:
    """Returns the entries; a voided invoice stays on its issue date and is reversed on the day of the void."""
    invoices = select(
        Invoice.issued_on.label("on"),
        literal("invoice").label("kind"),
        Invoice.id.label("id"),
        coalesce(Invoice.number, "").label("reference"),
        Invoice.total.label("amount"),
    ).where(
        Invoice.client_id == client_id,
        Invoice.currency == currency,
        Invoice.status != DRAFT,
        Invoice.issued_on <= last,
    )
    voided_on = func.greatest(Invoice.issued_on, standing.day_of(work, Invoice.voided_at))
    voids = select(voided_on, literal("void"), Invoice.id, coalesce(Invoice.number, ""), -Invoice.total).where(
        Invoice.client_id == client_id,
        Invoice.currency == currency,
        Invoice.voided_at.is_not(None),
        voided_on <= last,
    )
    payments = select(
        Payment.received_on,
        literal("payment"),
        Payment.id,
        coalesce(Payment.reference, Payment.method),
        -Payment.amount,
    ).where(Payment.client_id == client_id, Payment.currency == currency, Payment.received_on <= last)
    facts = union_all(invoices, voids, payments).subquery()
    ordered = select(facts).order_by(facts.c.on, facts.c.kind, facts.c.id)
    return [dict(row) for row in work.session.execute(ordered).mappings()]
