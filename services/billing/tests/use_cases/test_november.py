"""A month of work is billed exactly to the cent."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from billing.invoice.models import Invoice, InvoiceLine
from billing.item.models import INVOICED, BillableItem
from billing.run.routes import INVOICE_RUNS
from common.testing.tasks import run_job

AS_OF = date(2025, 11, 30)


@pytest.fixture
def sheets(november):
    import csv
    from pathlib import Path

    folder = Path(__file__).parents[1] / "fixtures" / "november"

    def read(name):
        with (folder / name).open(newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def outcome(app, november):
    return run_job(app, INVOICE_RUNS, AS_OF)


def test_every_invoice_is_right_to_the_cent(outcome, in_work, sheets):
    with in_work() as work:
        made = {
            i.client_name: (i.currency, i.subtotal, i.tax_total, i.total, i.balance, i.status)
            for i in work.session.scalars(select(Invoice))
        }
    expected = {
        row["client"]: (
            row["currency"],
            Decimal(row["subtotal"]),
            Decimal(row["tax"]),
            Decimal(row["total"]),
            Decimal(row["total"]),
            "issued",
        )
        for row in sheets("expected_invoices.csv")
    }
    assert made == expected


def test_every_line_has_its_hours_rate_and_source(outcome, in_work, sheets):
    with in_work() as work:
        statement = select(Invoice.client_name, InvoiceLine).join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        made = Counter(
            (name, line.service_name, line.quantity, line.unit_rate, line.rate_source, line.amount)
            for name, line in work.session.execute(statement)
        )
    names = ("hours", "rate", "rate_source", "amount")
    expected = Counter(
        (row["client"], row["service"], *(row[n] if n == "rate_source" else Decimal(row[n]) for n in names))
        for row in sheets("expected_lines.csv")
    )
    assert made == expected


def test_numbers_are_gapless_and_dates_follow_the_terms(outcome, in_work, november):
    with in_work() as work:
        invoices = list(work.session.scalars(select(Invoice).order_by(Invoice.number)))
    assert [invoice.number for invoice in invoices] == [f"INV-2025-{n:03d}" for n in range(1, 13)]
    terms = {client["name"]: client["net_terms"] for client in november.clients.values()}
    assert all((i.due_on - i.issued_on).days == terms[i.client_name] for i in invoices)
    assert {i.issued_on for i in invoices} == {AS_OF}


def test_counts_say_what_was_made_and_a_second_run_makes_nothing(outcome, app, in_work, emitted):
    assert outcome.counts | {"items": 0} == {
        "clients": 12,
        "invoices": 12,
        "without_email": 0,
        "items": 0,
        "parked": 0,
        "skipped": 0,
    }
    with in_work() as work:
        taken = select(BillableItem).where(BillableItem.status == INVOICED)
        assert len(list(work.session.scalars(taken))) == outcome.counts["items"]
    assert len(emitted("billing.invoice.issued.v1")) == 12
    again = run_job(app, INVOICE_RUNS, AS_OF)
    assert set(again.counts.values()) == {0}
    assert len(emitted("billing.invoice.issued.v1")) == 12


def test_issued_events_name_the_time_they_bill(outcome, in_work, emitted):
    named = [key for event in emitted("billing.invoice.issued.v1") for key in event.data["time_entry_ids"]]
    with in_work() as work:
        taken = select(BillableItem.source_id).where(BillableItem.status == INVOICED)
        assert sorted(named) == sorted(str(key) for key in work.session.scalars(taken))


def test_a_dry_run_shows_the_same_and_writes_nothing(app, november, in_work, emitted, sheets):
    shown = run_job(app, INVOICE_RUNS, AS_OF, True)
    assert {one["client_name"]: one["total"] for one in shown.detail["clients"]} == {
        row["client"]: row["total"] for row in sheets("expected_invoices.csv")
    }
    with in_work() as work:
        assert list(work.session.scalars(select(Invoice))) == []
    assert emitted() == []
