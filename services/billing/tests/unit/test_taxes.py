"""Taxes: exclusive or inclusive, compound or not, rounded once or per line."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.taxes import JOINT, PER_LINE, PER_TOTAL, Tax, assess, on_top
from common.ids import new_id
from common.money import rounded

D = Decimal


def amounts(lines, **options):
    return [part.amount for part in assess(lines, "USD", **options)]


def test_rounded_once_or_per_line():
    tax = Tax("t", D("9.975"))
    lines = [(D("10.05"), (tax,))] * 3
    assert amounts(lines) == [D("3.01")]
    assert amounts(lines, rounding=PER_LINE) == [D("3.00")]


def test_a_compound_tax_is_charged_on_the_taxes_before_it():
    federal, provincial = Tax("GST", D(5)), Tax("QST", D(10), compound=True)
    assert amounts([(D(100), (federal, provincial))]) == [D("5.00"), D("10.50")]


def test_several_inclusive_taxes_each_or_together():
    taxes = (Tax("a", D(10), inclusive=True), Tax("b", D("17.5"), inclusive=True))
    assert sum(amounts([(D(10), taxes)])) == D("2.40")
    assert sum(amounts([(D(10), taxes)], inclusive=JOINT, rounding=PER_TOTAL)) == D("2.16")


def test_taxes_contained_on_top_of_each_other_make_the_gross_amount():
    """100.00 net, 5% of it, and 10% of both: 115.50 gross."""
    taxes = (Tax("GST", D(5), inclusive=True), Tax("QST", D(10), inclusive=True, compound=True))
    assert amounts([(D("115.50"), taxes)], inclusive=JOINT) == [D("5.00"), D("10.50")]


def test_the_same_tax_in_two_codes_is_one_tax():
    gst, qst = Tax("GST", D(5), id=new_id()), Tax("QST", D("9.975"), id=new_id())
    parts = assess([(D("0.10"), (gst,)), (D("0.10"), (Tax("GST", D(5), id=new_id()), qst))], "USD")
    assert [(part.tax.name, part.base, part.amount) for part in parts] == [
        ("GST", D("0.20"), D("0.01")),
        ("QST", D("0.10"), D("0.01")),
    ]


def test_an_untaxed_line_is_in_no_base():
    tax = Tax("t", D(10))
    (part,) = assess([(D(100), (tax,)), (D(50), ())], "USD")
    assert (part.base, part.amount) == (D("100.00"), D("10.00"))


money = st.decimals(min_value=0, max_value=100_000, places=2)
percents = st.decimals(min_value=0, max_value=100, places=3)


@given(money, st.lists(st.tuples(percents, st.booleans()), min_size=1, max_size=4))
def test_removing_contained_taxes_and_adding_them_returns_the_gross(gross, rates):
    def taxes(*, inclusive):
        return tuple(Tax(str(n), rate, inclusive, compound) for n, (rate, compound) in enumerate(rates))

    contained = assess([(gross, taxes(inclusive=True))], "USD", inclusive=JOINT)
    net = gross - sum(part.amount for part in contained)
    on_net = on_top(assess([(net, taxes(inclusive=False))], "USD"))
    assert abs(net + on_net - gross) <= D("0.01") * (2 + sum(rate for rate, _ in rates) / 50) ** len(rates)


@given(money, percents)
def test_a_contained_tax_never_exceeds_the_amount_and_adds_nothing(gross, percent):
    parts = assess([(gross, (Tax("t", percent, inclusive=True),))], "USD")
    assert 0 <= parts[0].amount <= gross
    assert on_top(parts) == 0


@given(st.lists(money, min_size=1, max_size=20), percents)
def test_rounding_per_line_is_at_most_half_a_cent_a_line_away(lines, percent):
    tax = Tax("t", percent)
    taxed = [(amount, (tax,)) for amount in lines]
    once, each = amounts(taxed)[0], amounts(taxed, rounding=PER_LINE)[0]
    assert abs(once - each) <= D("0.005") * (len(lines) + 1)


@given(st.lists(st.tuples(st.decimals(min_value=-1000, max_value=1000, places=2), percents), min_size=1, max_size=8))
def test_rounded_once_for_all_rates_is_the_rounded_exact_sum(lines):
    taxed = [(amount, (Tax("t", percent),)) for amount, percent in lines]
    parts = assess(taxed, "USD", rounding=PER_TOTAL)
    exact = sum((amount * percent / 100 for amount, percent in lines), D(0))
    assert sum((part.amount for part in parts), D(0)) == rounded(exact, "USD")
