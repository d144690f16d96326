"""A tax contained in a price is removed if the client does not owe it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from billing.composition import tax_prices
from billing.document.content import ISSUED, content
from billing.invoice.addressing import seller
from billing.invoice.models import Invoice
from billing.run.routes import INVOICE_RUNS
from billing.taxes import Tax, Treatment, without
from common.money import fits, minor_unit
from common.organisation.settings import DEFAULTS
from common.testing.tasks import run_job

D = Decimal
VAT = {"name": "VAT", "rate_percent": "20.00", "compound": False}
EXEMPT = {"exempt": True, "exempt_reason": "Reverse charge"}


@pytest.fixture
def bill(app, in_work):
    def go(client):
        run_job(app, INVOICE_RUNS, date(2025, 11, 30))
        with in_work() as work:
            invoice = work.session.scalars(select(Invoice).where(Invoice.client_id == client["id"])).one()
            _ = invoice.lines, invoice.taxes
            return invoice

    return go


@pytest.fixture
def sold(world):
    """Creates an hour of a service whose price contains its tax."""

    def go(client, code, price="120.00", currency="USD", name="Support"):
        service = world.service(name, price, tax_code_id=code["id"] if code else None, currency=currency)
        world.time(client, world.card(client, service), "1")

    return go


def sums(invoice):
    return invoice.subtotal, invoice.tax_total, invoice.total


def test_an_exempt_client_pays_the_net_price(world, sold, bill, app):
    client = world.client(tax_code_id=world.tax("0", **EXEMPT)["id"])
    sold(client, world.tax("20", inclusive=True))
    invoice = bill(client)
    assert sums(invoice) == (D("100.00"), D("0.00"), D("100.00"))
    (line,) = invoice.lines
    assert (line.amount, line.unit_rate, line.price_with_tax) == (D("100.00"), D("120.00"), D("120.00"))
    assert "The price includes 20.00 of Tax 20 %. The client is exempt, so the amount is 100.00." in line.explanation
    assert (invoice.taxes, line.tax_exempt_reason) == ([], "Reverse charge")
    (shown,) = content(invoice, seller(DEFAULTS, "USD"), ISSUED)["lines"]
    assert any(note.startswith("Price of $120.00 less the tax") for note in shown["notes"])


@pytest.mark.parametrize("inclusive", [False, True])
def test_a_client_with_a_code_of_its_own_owes_that_on_the_net_price(world, sold, bill, inclusive):
    client = world.client(tax_code_id=world.tax("10", inclusive=inclusive)["id"])
    sold(client, world.tax("20", inclusive=True))
    invoice = bill(client)
    assert sums(invoice) == (D("100.00"), D("10.00"), D("110.00"))
    assert "pays a different tax" in invoice.lines[0].explanation


def test_the_same_code_or_none_leaves_the_price_as_it_is(world, sold, bill):
    code = world.tax("20", inclusive=True)
    for client in (world.client("One", tax_code_id=code["id"]), world.client("Two")):
        sold(client, code)
        invoice = bill(client)
        assert sums(invoice) == (D("120.00"), D("20.00"), D("120.00"))
        assert invoice.lines[0].price_with_tax is None


def test_several_components_compound_ones_among_them_come_out_together(world, sold, bill):
    gst = {"name": "GST", "rate_percent": "5.00", "compound": False}
    qst = {"name": "QST", "rate_percent": "10.00", "compound": True}
    client = world.client(tax_code_id=world.tax("0", **EXEMPT)["id"])
    sold(client, world.tax("15.50", inclusive=True, components=[gst, qst]), "115.50")
    assert sums(bill(client)) == (D("100.00"), D("0.00"), D("100.00"))


def test_lines_of_all_sorts_on_one_invoice(world, sold, bill):
    client = world.client(tax_code_id=world.tax("10")["id"])
    sold(client, world.tax("20", inclusive=True), name="Inclusive")
    sold(client, world.tax("8"), "50.00", name="Exclusive")
    sold(client, None, "30.00", name="Of the client")
    sold(client, world.tax("0", **EXEMPT), "40.00", name="Exempt service")
    invoice = bill(client)
    assert {line.service_name: line.amount for line in invoice.lines} == {
        "Inclusive": D("100.00"),
        "Exclusive": D("50.00"),
        "Of the client": D("30.00"),
        "Exempt service": D("40.00"),
    }
    assert sums(invoice) == (D("220.00"), D("17.00"), D("237.00"))


@pytest.mark.parametrize(
    ("currency", "price", "net"), [("JPY", "110", "100"), ("JPY", "1000", "909"), ("KWD", "10.000", "9.091")]
)
def test_minor_units_of_the_currency(world, sold, bill, currency, price, net):
    client = world.client(currency=currency, tax_code_id=world.tax("0", **EXEMPT)["id"])
    sold(client, world.tax("10", inclusive=True), price, currency)
    assert bill(client).total == D(net)


prices = st.decimals("0", "100000", places=2)
rates = st.lists(st.tuples(st.decimals("0", "30", places=2), st.booleans()), min_size=1, max_size=3)


@given(st.lists(prices, min_size=1, max_size=8), rates)
def test_the_net_with_its_tax_is_the_price(gross, parts):
    taxes = tuple(Tax(f"t{n}", rate, True, compound) for n, (rate, compound) in enumerate(parts))
    exempt = Treatment(reason="exempt", contained=taxes)
    taxation = tax_prices([(price, exempt) for price in gross], "USD")
    assert taxation.subtotal == taxation.total == sum(taxation.amounts)
    assert taxation.taxes == []
    contained = tax_prices([(price, Treatment(taxes=taxes)) for price in gross], "USD")
    owed = sum(part.amount for part in contained.taxes)
    tolerance = minor_unit("USD") * (len(gross) + len(parts)) / 2
    assert abs(taxation.total + owed - sum(gross)) <= tolerance


@given(prices, rates, st.sampled_from(["USD", "JPY", "KWD", "RSD"]))
def test_a_net_amount_mirrors_and_fits(price, parts, currency):
    taxes = [Tax(f"t{n}", rate, True, compound) for n, (rate, compound) in enumerate(parts)]
    net = without(price, taxes, currency)
    assert fits(net, currency)
    assert net == -without(-price, taxes, currency)
    assert 0 <= net <= price + minor_unit(currency) / 2
