"""Lines by service and rate; sums and taxes are exact to the cent."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.composition import Charge, compose, quantity_text
from billing.taxes import PER_LINE, UNTAXED, Tax, Treatment
from common.ids import new_id
from common.money import fits
from common.rates import Resolved

D = Decimal
EIGHT = Treatment(None, (Tax("Sales tax", D(8)),))


def charge(name, hours, rate, source="catalog", order=None, **values):
    return Charge(new_id(), D(hours), Resolved(D(rate), source), name, work_order=order, **values)


def composed(charges, treatment, currency, *options):
    """Composes charges with the same taxes."""
    return compose([replace(one, treatment=treatment) for one in charges], currency, *options)


def test_the_requirements_own_example_with_the_tax_it_gets_wrong():
    charges = [charge("Remote Support", "12.5", "125"), charge("Onsite Support", "4", "175")]
    made = composed([*charges, charge("Project Work", "8", "150")], EIGHT, "USD")
    assert [line.description for line in made.lines] == [
        "Onsite Support - 4.0 hours",
        "Project Work - 8.0 hours",
        "Remote Support - 12.5 hours",
    ]
    assert (made.subtotal, made.tax_total, made.total) == (D("3462.50"), D("277.00"), D("3739.50"))


def test_one_line_per_service_rate_and_source():
    charges = [
        charge("Emergency", "0.25", "168.75", "agreement", "WO-2"),
        charge("Emergency", "0.5", "180", "client", "WO-1"),
        charge("Emergency", "0.25", "180", "client", "WO-3"),
        charge("Emergency", "1", "180", "agreement", "WO-1"),
    ]
    made = composed(charges, UNTAXED, "USD")
    found = [(line.quantity, line.charge.rate.rate, line.charge.rate.source, line.amount) for line in made.lines]
    assert sorted(found) == [
        (D("0.25"), D("168.75"), "agreement", D("42.19")),
        (D("0.75"), D("180"), "client", D("135.00")),
        (D("1"), D("180"), "agreement", D("180.00")),
    ]
    assert {tuple(line.work_orders) for line in made.lines} == {("WO-2",), ("WO-1", "WO-3"), ("WO-1",)}


def test_a_work_order_is_named_once():
    made = composed([charge("A", "1", "1", order="WO-1"), charge("A", "1", "1", order="WO-1")], UNTAXED, "USD")
    assert made.lines[0].work_orders == ["WO-1"]


def test_a_description_of_its_own_stays_and_is_not_merged():
    made = composed(
        [charge("Cable", "2", "9.99", description="Patch cable, 3 m"), charge("Cable", "1", "9.99")], UNTAXED, "USD"
    )
    assert sorted(line.description for line in made.lines) == ["Cable - 1.0 hours", "Patch cable, 3 m"]


def test_inclusive_tax_is_in_the_total_already():
    made = composed([charge("A", "1", "110")], Treatment(None, (Tax("GST", D(10), inclusive=True),)), "USD")
    assert (made.subtotal, made.tax_total, made.total) == (D("110.00"), D("10.00"), D("110.00"))


def test_amounts_follow_the_currencys_minor_unit():
    made = composed([charge("A", "0.5", "101")], Treatment(None, (Tax("t", D(10)),)), "JPY")
    assert (made.subtotal, made.tax_total, made.total) == (D(51), D(5), D(56))


def test_quantities_read_well():
    cases = {"12.50": "12.5 hours", "4": "4.0 hours", "7.85": "7.85 hours", "10": "10.0 hours", "0": "0.0 hours"}
    assert {given: quantity_text(D(given), "Hour") for given in cases} == cases
    assert quantity_text(D(3), "Month") == "3 × Month"


hours = st.decimals(min_value="0.01", max_value=200, places=2)
rates = st.decimals(min_value=0, max_value=500, places=2)
charges = st.lists(
    st.builds(charge, st.sampled_from("ABC"), hours, rates, st.sampled_from(["client", "catalog"])), min_size=1
)


@given(charges, st.sampled_from([0, 5, 8, D("9.975")]), st.sampled_from(["per_invoice", PER_LINE]))
def test_nothing_is_lost_between_items_lines_and_totals(made_of, percent, rounding):
    made = composed(made_of, Treatment(None, (Tax("t", D(percent)),)), "USD", rounding)
    assert sum(line.amount for line in made.lines) == made.subtotal
    assert made.subtotal + made.tax_total == made.total
    assert sum(line.quantity for line in made.lines) == sum(one.quantity for one in made_of)
    assert sorted(key for line in made.lines for key in line.item_ids) == sorted(one.item_id for one in made_of)
    assert all(fits(amount, "USD") for amount in (made.subtotal, made.tax_total, made.total))
    assert len({line.charge.group for line in made.lines}) == len(made.lines)


@given(charges)
def test_the_order_of_items_changes_no_amount(made_of):
    def amounts(given):
        return {line.charge.group: (line.quantity, line.amount) for line in composed(given, EIGHT, "USD").lines}

    assert amounts(made_of) == amounts(made_of[::-1])
