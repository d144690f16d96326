"""Balances of a past day come from dated rows."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from billing import settling
from billing.account import queries
from billing.invoice import drafting, issuing
from billing.invoice.commands import NewInvoice, NewLine
from billing.invoice.models import UNPAID, Invoice
from billing.payment import reapplying, recording, unapplying
from billing.payment.commands import NewPayment
from billing.payment.models import Payment
from common.errors import Conflict
from common.testing.database import statements
from common.testing.days import today
from common.uow import UnitOfWork

START = date(2026, 3, 1)
NOON = time(12, tzinfo=UTC)


class Books:
    """One client's invoices and payments, dated as needed."""

    def __init__(self, in_work: Any, client_id: UUID) -> None:
        self.in_work, self.client_id = in_work, client_id
        self.invoices: list[UUID] = []
        self.payments: list[UUID] = []

    def on(self, day: date) -> Any:
        return self.in_work("billing", at=datetime.combine(day, NOON))

    def issue(self, day: date, amount: Decimal, dated: date | None = None) -> None:
        line = NewLine(description="Work", quantity=Decimal(1), unit_rate=amount)
        with self.on(day) as work:
            draft = drafting.create(work, NewInvoice(client_id=self.client_id, lines=[line], issued_on=dated))
            work.flush()
            self.invoices.append(settling.issue(work, draft.id).id)

    def pay(self, day: date, amount: Decimal, received: date | None = None, *, keep: bool = False) -> None:
        with self.on(day) as work:
            new = NewPayment(
                client_id=self.client_id,
                amount=amount,
                method="check",
                received_on=received or day,
                allocations=[] if keep else None,
            )
            payment = recording.record(work, new)
            self.payments.append(payment.id)

    def attempt(self, day: date, action: Any, ids: list[UUID], place: int) -> None:
        """Runs the action if the rules allow it."""
        if not ids:
            return
        try:
            with self.on(day) as work:
                action(work, ids[place % len(ids)])
        except Conflict:
            pass

    def balance(self, as_of: date, asked: date | None = None) -> dict[str, Any]:
        with self.on(asked or as_of) as work:
            return queries.balance(work, self.client_id, as_of)

    def ageing(self, as_of: date, asked: date) -> dict[str, Any]:
        with self.on(asked) as work:
            return ageing(work, self.client_id, as_of)


def ageing(work: UnitOfWork, client_id: UUID, as_of: date) -> dict[str, Any]:
    rows = queries.ageing(work, client_id, as_of)["by_currency"]
    return rows[0] if rows else dict.fromkeys((*queries.BUCKETS, "outstanding", "credit", "total"), Decimal(0))


@pytest.fixture
def books(in_work, world):
    return lambda: Books(in_work, world.client()["id"])


amounts = st.integers(1, 40_000).map(lambda cents: Decimal(cents) / 100)
shifts = st.integers(-25, 12)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), st.integers(0, 5), amounts, shifts),
        st.tuples(st.just("pay"), st.integers(0, 5), amounts, st.integers(-40, 1)),
        st.tuples(st.just("keep"), st.integers(0, 5), amounts, st.integers(-40, 1)),
        st.tuples(st.sampled_from(["unapply", "void", "apply"]), st.integers(0, 5), amounts, shifts),
    ),
    min_size=3,
    max_size=10,
)
ACTIONS: dict[str, Any] = {"unapply": unapplying.unapply, "void": issuing.void, "apply": reapplying.apply_payment}
examples = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def play(books: Books, history: Any, *, shifted: bool) -> list[tuple[date, dict[str, Any]]]:
    """Returns the balance at the end of each day with an action."""
    day, seen = START, []
    for place, (kind, wait, amount, shift) in enumerate(history):
        day += timedelta(days=wait)
        other = day + timedelta(days=shift) if shifted else None
        if kind == "issue":
            books.issue(day, amount, other)
        elif kind in {"pay", "keep"}:
            books.pay(day, amount, other, keep=kind == "keep")
        else:
            ids = books.invoices if kind == "void" else books.payments
            books.attempt(day, ACTIONS[kind], ids, place)
        if seen and seen[-1][0] == day:
            seen.pop()
        seen.append((day, books.balance(day)))
    return seen


def days_that_matter(work: UnitOfWork, client_id: UUID, last: date) -> list[date]:
    """Returns each day with a date or an action, and the day before; nothing changes on other days."""
    issued = work.session.scalars(select(Invoice.issued_on).where(Invoice.client_id == client_id))
    received = work.session.scalars(select(Payment.received_on).where(Payment.client_id == client_id))
    done = (START + timedelta(days=offset) for offset in range((last - START).days + 1))
    days = {*issued, *received, *done, last + timedelta(days=400)}
    return sorted(days | {day - timedelta(days=1) for day in days})


@examples
@given(steps)
def test_ageing_is_the_statement_on_every_day(books, history):
    mine = books()
    last = play(mine, history, shifted=True)[-1][0]
    with mine.on(last) as work:
        for day in days_that_matter(work, mine.client_id, last):
            aged = ageing(work, mine.client_id, day)
            assert (
                aged["total"]
                == queries.statement(work, mine.client_id, start=None, end=day, currency=None)["closing_balance"]
            )
            assert all(aged[bucket] >= 0 for bucket in (*queries.BUCKETS, "credit"))
            balance = queries.balance(work, mine.client_id, day)
            assert (balance["outstanding"], balance["credit"]) == (aged["outstanding"], aged["credit"])
            assert balance["overdue"] == aged["outstanding"] - aged["current"]


@examples
@given(steps)
def test_the_balance_of_today_equals_the_stored_one(books, history):
    mine = books()
    last = play(mine, history, shifted=True)[-1][0]
    with mine.on(last) as work:
        owed = select(func.sum(Invoice.balance)).where(Invoice.client_id == mine.client_id, Invoice.status.in_(UNPAID))
        credit = select(func.sum(Payment.unallocated)).where(Payment.client_id == mine.client_id)
        stored = work.session.scalar(owed) or Decimal(0), work.session.scalar(credit) or Decimal(0)
    balance = mine.balance(last + timedelta(days=15), last)
    assert (balance["outstanding"], balance["credit"]) == stored


@examples
@given(steps)
def test_nothing_later_changes_what_a_day_was(books, history):
    mine = books()
    seen = play(mine, history, shifted=False)
    for day, balance in seen:
        assert mine.balance(day, seen[-1][0]) == balance


def test_a_later_payment_leaves_the_past_alone(books):
    mine, today = books(), START + timedelta(days=100)
    mine.issue(today - timedelta(days=90), Decimal("100.00"))
    mine.issue(today - timedelta(days=60), Decimal("40.00"))
    mine.pay(today, Decimal("100.00"), today - timedelta(days=10))
    assert mine.ageing(today - timedelta(days=50), today)["total"] == Decimal("140.00")
    assert mine.ageing(today - timedelta(days=10), today)["total"] == Decimal("40.00")
    long_ago = mine.ageing(today - timedelta(days=91), today)
    assert long_ago["total"] == 0
    in_a_year = mine.ageing(today + timedelta(days=365), today)
    assert (in_a_year["days_over_90"], in_a_year["total"]) == (Decimal("40.00"), Decimal("40.00"))


def test_an_unapplied_payment_paid_until_then(books):
    mine = books()
    mine.issue(START, Decimal("100.00"))
    mine.pay(START + timedelta(days=5), Decimal("100.00"))
    mine.attempt(START + timedelta(days=9), unapplying.unapply, mine.payments, 0)
    asked = START + timedelta(days=30)
    parts = [
        (one["outstanding"], one["credit"])
        for one in (mine.ageing(START + timedelta(days=offset), asked) for offset in (4, 5, 8, 9))
    ]
    assert parts == [(100, 0), (0, 0), (0, 0), (100, 100)]


def test_a_void_counts_from_its_day(books):
    mine = books()
    mine.issue(START, Decimal("100.00"))
    mine.attempt(START + timedelta(days=9), issuing.void, mine.invoices, 0)
    asked = START + timedelta(days=30)
    totals = [mine.ageing(START + timedelta(days=offset), asked)["total"] for offset in (-1, 0, 8, 9)]
    assert totals == [0, 100, 100, 0]
    with mine.on(asked) as work:
        shown = queries.statement(work, mine.client_id, start=START + timedelta(days=1), end=asked, currency=None)
    assert (shown["opening_balance"], shown["closing_balance"]) == (100, 0)
    assert [(one["kind"], one["on"], one["amount"]) for one in shown["entries"]] == [
        ("void", START + timedelta(days=9), Decimal("-100.00"))
    ]


def test_over_http_with_a_fixed_number_of_queries(app, callers, books):
    mine, staff = books(), callers("billing")
    day = today()
    for offset in range(5):
        mine.issue(day - timedelta(days=offset), Decimal("10.00"))
    mine.pay(day, Decimal("15.00"))
    with statements(app.database.engine) as sent:
        answer = staff.get(f"/clients/{mine.client_id}/balance?as_of={day - timedelta(days=2)}")
    assert (answer.json["outstanding"], answer.json["as_of"]) == ("30.00", str(day - timedelta(days=2)))
    assert len(sent) <= 4
    assert staff.get(f"/clients/{mine.client_id}/balance").json["outstanding"] == "35.00"
    assert staff.get(f"/clients/{mine.client_id}/balance?as_of=yesterday").status_code == 422
