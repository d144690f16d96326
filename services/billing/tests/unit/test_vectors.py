"""Published examples of other billing systems, computed with billing's pure functions."""

import json
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from billing.composition import Charge, compose
from billing.payment.allocation import Open, oldest_first
from billing.periods import boundary, clamped, containing, first_boundary, whole_periods
from billing.proration import ACTUAL, FIXED_30, days, decimal_ratio, fixed_30_days, prorate, share
from billing.rates import stated
from billing.taxes import PER_LINE, PER_TOTAL, Tax, assess, on_top
from common.ids import new_id
from common.money import allocate, rounded
from common.pricing import GRADUATED, PACKAGE, PER_UNIT, VOLUME, PriceModel, charge, true_up
from common.pricing import Tier as PriceTier

D = Decimal
CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "billing.json").read_text())
Check = Callable[[dict[str, Any], dict[str, Any]], None]
CHECKS: dict[str, Check] = {}

LATER = {
    "a percentage of payments and a fee for each are not offered: no price model has them": "LG-04",
    "plan changes and their credits come with subscriptions": "KB-09 KB-12 KB-15 KB-25 LG-08 LG-25",
    "coupons and wallets come with recurring billing": "LG-18 LG-20",
    "refunds and credit notes are not here yet": "KB-23 LG-16 IN-09",
    "MRR is not here yet": "KB-26",
    "dunning is not here yet": "LG-24",
    "numbers per client or per month are not offered: one series and year": "LG-23",
    "time increments and overtime belong to agreements": "AL-03 AL-04",
    "discounts and untaxed surcharges are not here yet": "IN-08",
    "the first billed day in the client's zone comes with subscriptions": "LG-21",
}
REASONS = {case: reason for reason, cases in LATER.items() for case in cases.split()}


def checks(*ids: str) -> Callable[[Check], Check]:
    def register(function: Check) -> Check:
        CHECKS.update(dict.fromkeys(ids, function))
        return function

    return register


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_vector(case):
    check = CHECKS.get(case["id"])
    if check is None:
        pytest.skip(REASONS[case["id"]])
    check(case["input"], case["expected"])


def test_every_case_is_checked_or_has_a_reason():
    assert {case["id"] for case in CASES} == CHECKS.keys() | REASONS.keys()
    assert not CHECKS.keys() & REASONS.keys()


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(pair: list[str]) -> tuple[date, date]:
    return day(pair[0]), day(pair[1])


def month_before(end: date, anchor_day: int) -> tuple[date, date]:
    return clamped(end.year, end.month - 1, anchor_day), end


@checks("KB-01", "KB-02")
def stub_ratios(given, expected):
    policy = FIXED_30 if given["policy"] == "fixed-30" else ACTUAL
    stubs = [span(pair) for pair in given["cases"]]
    ratios = [str(decimal_ratio(stub, month_before(stub[1], stub[1].day), policy)) for stub in stubs]
    assert ratios == expected["ratio"]
    if "days" in expected:
        assert [fixed_30_days(stub) for stub in stubs] == expected["days"]


@checks("KB-03")
def fixed_30_is_symmetric(given, expected):
    stubs = [span(pair) for pair in given["cases"]]
    price = D(given["price"])
    whole = (date(2023, 5, 15), date(2023, 6, 15))
    assert [str(prorate(price, stub, whole, "USD", FIXED_30)) for stub in stubs] == expected["charge"]
    assert [str(prorate(-price, stub, whole, "USD", FIXED_30)) for stub in stubs] == expected[
        "cancel_credit_same_range"
    ]


@checks("KB-04")
def stubs_around_years(given, expected):
    start, end = day(given["start"]), day(given["end"])
    anchor = date(start.year, start.month, given["anchor_day"])
    year = containing(anchor, "annual", start)
    last = containing(anchor, "annual", end)
    leading, trailing = decimal_ratio((start, anchor), year), decimal_ratio((last[0], end), last)
    assert [str(one) for one in (leading, leading + 1, leading + 1 + trailing)] == expected["decimal_9"]


@checks("KB-06")
def first_dates(given, expected):
    found = [first_boundary(day(start), cycle, wanted) for start, wanted, cycle in given["cases"]]
    assert [str(one) for one in found] == expected["first_billing_date"]


@checks("KB-07")
def the_31st(given, expected):
    found = [boundary(day(given["start"]), given["period"], k, given["billing_day"]) for k in range(given["count"])]
    assert [str(one) for one in found] == expected["boundaries"]


@checks("KB-08")
def whole_ones(given, expected):
    found = [whole_periods(day(start), day(end), cycle) for start, end, cycle in given["cases"]]
    assert found == expected["whole_periods"]


@checks("KB-13")
def half_cents_go_up(given, expected):
    price = D(given["price"])
    assert str(prorate(price, span(given["stub"]), span(given["stub_period"]), "USD")) == expected["stub_charge"]
    credit = prorate(-price, span(given["credit_range"]), span(given["credit_period"]), "USD")
    assert str(credit) == expected["credit"]


@checks("KB-17")
def quantities(given, expected):
    price = D(given["unit_price"])
    made = [
        compose([Charge(None, D(count), stated(price), "Mailbox", unit="Month")], "USD").total
        for count, *_ in given["cases"]
    ]
    assert [str(amount) for amount in made] == expected["amount"]


def usage(model: str, tiers: list[PriceTier], quantity: Any, **floors: Any) -> Decimal:
    return charge(PriceModel(model, tuple(tiers), **floors), D(quantity), "USD").amount


@checks("KB-18")
def graduated_and_by_volume(given, expected):
    ends = [D(tier["size"]) for tier in given["tiers"][:-1]]
    ends = [*(sum(ends[: i + 1], D(0)) for i in range(len(ends))), None]
    tiers = [PriceTier(end, D(tier["price"])) for end, tier in zip(ends, given["tiers"], strict=True)]
    found = charge(PriceModel(GRADUATED, tuple(tiers)), D(given["units"]), "USD")
    assert [step.amount for step in found.steps] == [D(part) for part in expected["graduated"]["per_tier"]]
    assert found.amount == D(expected["graduated"]["total"])
    assert usage(VOLUME, tiers, given["units"]) == D(expected["volume"])


def blocks(tiers: list[dict[str, Any]]) -> list[PriceTier]:
    """Returns tiers of the given numbers of blocks; the last price applies beyond them."""
    found, end = [], D(0)
    for tier in tiers:
        end += tier["block"] * tier["max_blocks"]
        last = tier is tiers[-1]
        found.append(PriceTier(None if last else end, D(tier["price"]), package_size=D(tier["block"])))
    return found


@checks("KB-19")
def blocks_by_volume(given, expected):
    found = [usage(VOLUME, blocks(given["tiers"]), units) for units in given["units"]]
    assert found == [D(amount) for amount in expected["amount"]]


@checks("KB-20")
def blocks_graduated(given, expected):
    found = charge(PriceModel(GRADUATED, tuple(blocks(given["tiers"]))), D(given["units"]), "USD")
    assert [step.amount for step in found.steps] == [D(part) for part in expected["per_tier"]]
    assert found.amount == D(expected["total"])


def ranges(tiers: list[dict[str, Any]], price: Callable[[dict[str, Any]], Decimal]) -> list[PriceTier]:
    return [PriceTier(tier["to"] and D(tier["to"]), price(tier), D(tier["flat"])) for tier in tiers]


@checks("LG-01")
def graduated_with_fees(given, expected):
    tiers = ranges(given["tiers"], lambda tier: D(tier["unit"]))
    assert [usage(GRADUATED, tiers, units) for units in given["units"]] == [D(one) for one in expected["amount"]]


@checks("LG-02")
def by_volume_with_fees(given, expected):
    tiers = ranges(given["tiers"], lambda tier: D(tier["unit"]))
    assert [usage(VOLUME, tiers, units) for units in given["units"]] == [D(one) for one in expected["amount"]]


@checks("LG-03")
def packages(given, expected):
    sold = [PriceTier(None, D(given["price"]), package_size=D(given["package_size"]))]
    found = [usage(PACKAGE, sold, given["units"], included_units=D(free)) for free in given["free_units"]]
    assert found == [D(amount) for amount in expected["amount"]]


@checks("LG-05")
def graduated_percentage(given, expected):
    """A percentage of an amount is a price per unit of currency."""
    tiers = ranges(given["tiers"], lambda tier: D(tier["rate_pct"]) / 100)
    assert [usage(GRADUATED, tiers, units) for units in given["units"]] == [D(one) for one in expected["amount"]]


@checks("LG-11")
def commitment_of_a_part_of_the_period(given, expected):
    plan, commitment = D(given["plan"]), D(given["commitment"])
    for (_, _, _, used, whole), wanted in zip(given["cases"], expected["true_up"], strict=True):
        charged = share(plan, used, whole, "USD")
        assert str(true_up(charged, commitment, "USD", used=used, whole=whole)) == wanted


@checks("AL-07")
def minimum_and_tiers(given, expected):
    least, tiered = given["minimum"], given["tiers"]
    sold = [PriceTier(None, D(least["rate"]))]
    found = usage(PER_UNIT, sold, least["used"], minimum_units=D(least["minimum"]))
    assert str(found) == expected["minimum_amount"]
    tiers = [PriceTier(end and D(end), D(price)) for _, end, price in tiered["tiers"]]
    assert str(usage(GRADUATED, tiers, tiered["used"])) == expected["tier_amount"]


@checks("KB-22")
def partial_payments(given, expected):
    balance, after = D(given["invoice"]), []
    for payment in given["payments"]:
        shares, _ = oldest_first(D(payment), [Open(new_id(), balance)])
        balance -= sum(one.amount for one in shares)
        after.append(str(balance))
    assert after == expected["balance_after"]


@checks("KB-24")
def credit_pays_on(given, expected):
    balance = D(given["open_invoice"])
    shares, credit = oldest_first(D(given["credit"]), [Open(new_id(), balance)])
    assert str(-credit) == expected["account_balance_after_credit"]
    assert str(balance - shares[0].amount) == expected["open_invoice_balance"]
    shares, _ = oldest_first(credit, [Open(new_id(), D(given["next_invoice"]))])
    assert str(D(given["next_invoice"]) - shares[0].amount) == expected["charged_on_next"]


@checks("LG-06")
def the_denominator_is_the_whole_period(given, expected):
    one_day = days((date(2024, 1, 1), date(2024, 1, 2)))
    for name, wanted in (("calendar", expected["calendar"]), ("anniversary_15", expected["anniversary"])):
        (start, end), (first, last) = span(given[name]["period"]), span(given[name]["active"])
        used, whole = days((first, last)) + one_day, days((start, end)) + one_day
        assert str(share(D(given["price"]), used, whole, "USD")) == wanted


@checks("LG-09")
def switch_to_yearly(given, expected):
    first, last = span(given["range_inclusive"])
    used = days((first, last)) + 1
    assert used == expected["days"]
    assert str(share(D(given["price"]), used, given["denominator_days"], "USD")) == expected["amount"]


@checks("LG-13", "LG-17")
def coupons_before_tax(given, expected):
    """Parts of coupons are given; the tax is rounded once for all rates on exact net amounts."""
    parts = expected.get("coupon_per_line_cents") or expected["coupon_cents"]
    lines = [(line[2], line[3]) if isinstance(line, list) else (line, given["tax_pct"]) for line in given["lines"]]
    nets = [D(amount) - D(part) / 100 for (amount, _), part in zip(lines, parts, strict=True)]
    taxed = [(net, (Tax("VAT", D(percent)),)) for net, (_, percent) in zip(nets, lines, strict=True)]
    tax = on_top(assess(taxed, "EUR", rounding=PER_TOTAL))
    assert str(tax) == expected["tax"]
    fees = sum(D(amount) for amount, _ in lines)
    coupons = sum((D(part) for part in parts), D(0)) / 100
    assert str(rounded(fees, "EUR")) == expected["fees"]
    assert str(rounded(fees - coupons + tax, "EUR")) == expected["total"]
    if "sum_of_rounded_line_taxes" in expected:
        per_line = on_top(assess(taxed, "EUR", rounding=PER_LINE))
        assert [int(rounded(net * tax[0].percent / 100, "EUR") * 100) for net, tax in taxed] == expected[
            "line_tax_cents"
        ]
        assert str(per_line) == expected["sum_of_rounded_line_taxes"]


@checks("LG-14")
def one_coupon_over_rates(given, expected):
    nets = [D(amount) for amount, _ in given["lines"]]
    split = allocate(D(given["coupon"]), nets, "EUR")
    assert [str(part) for part in split] == expected["coupon_split"]
    taxed = [
        (net - part, (Tax(percent, D(percent)),))
        for net, part, (_, percent) in zip(nets, split, given["lines"], strict=True)
    ]
    assert [str(rounded(net * tax[0].percent / 100, "EUR")) for net, tax in taxed] == expected["line_tax"]
    tax = on_top(assess(taxed, "EUR"))
    assert str(tax) == expected["tax"]
    assert str(sum(nets) - sum(split) + tax) == expected["total"]


@checks("IN-01", "IN-02")
def inclusive_rates(given, expected):
    found = []
    for gross, *percents in given["cases"]:
        taxes = tuple(Tax(percent, D(percent), inclusive=True) for percent in percents)
        found.append(str(sum(part.amount for part in assess([(D(gross), taxes)], "USD"))))
    assert found == expected["tax"]


@checks("IN-03")
def inclusive_rounding(given, expected):
    tax = Tax("VAT", D(given["tax_pct"]), inclusive=True)
    lines = [(D(amount), (tax,)) for amount in given["lines"]]
    assert str(assess(lines, "USD", rounding=PER_LINE)[0].amount) == expected["per_line_tax"]
    assert str(assess(lines, "USD")[0].amount) == expected["per_invoice_tax"]


@checks("IN-05")
def tax_of_the_unrounded_line(given, expected):
    exact = D(given["unit_price"]) * given["qty"]
    tax = on_top(assess([(exact, (Tax("VAT", D(given["tax_pct"])),))], "EUR"))
    assert (str(rounded(exact, "EUR")), str(tax)) == (expected["net"], expected["tax"])
    assert str(rounded(exact, "EUR") + tax) == expected["total"]
    wrong = rounded(exact, "EUR") + on_top(assess([(rounded(exact, "EUR"), (Tax("VAT", D(21)),))], "EUR"))
    assert str(wrong) == expected["tax_from_rounded_net_would_give"]


@checks("IN-07")
def cash_rounding(given, expected):
    step = D(given["step"])
    found = [(D(total) / step).quantize(D(1), ROUND_HALF_UP) * step for total in given["totals"]]
    assert [str(one) for one in found] == expected["rounded"]


@checks("IN-11")
def next_day_of_month(given, expected):
    found = [clamped(day(start).year, day(start).month + 1, wanted) for start, wanted in given["cases"]]
    due = [
        here if (here := clamped(day(start).year, day(start).month, wanted)) > day(start) else after
        for (start, wanted), after in zip(given["cases"], found, strict=True)
    ]
    assert [str(one) for one in due] == expected["next"]


@checks("AL-01")
def anchored_periods(given, expected):
    found = []
    for on, cycle, anchor in given["cases"]:
        name = {"semiannual": "semi_annual"}.get(cycle, cycle)
        start = date(2025, anchor.get("month", 1), anchor.get("day", 1))
        if "weekday" in anchor:
            start = date(2025, 1, 5 + anchor["weekday"])  # 5 January 2025 is a Sunday
        if "reference" in anchor:
            start = day(anchor["reference"])
        found.append([str(edge) for edge in containing(start, name, day(on))])
    assert found == expected["period"]


@checks("AL-02")
def bundle_by_list_price(given, expected):
    parts = allocate(D(given["bundle"]), [D(price) for price in given["list"]], "USD")
    assert [str(part) for part in parts] == expected["allocation"]
    wanted = given["prorate"]
    assert str(share(D(wanted["price"]), wanted["days"], wanted["of"], "USD")) == expected["prorated"]


@checks("ST-01")
def upgrade_at_half(given, expected):
    """Credits half of the old price and charges half of the new one for the rest of the period."""
    used, of = map(int, given["elapsed"].split("/"))
    credit = share(-D(given["old"]), of - used, of, "USD")
    charge = share(D(given["new"]), of - used, of, "USD")
    assert (str(credit), str(charge), str(charge + credit)) == (expected["credit"], expected["charge"], expected["net"])


@checks("NEG-02")
def months_do_not_overflow(given, expected):
    found = str(boundary(day(given["from"]), "monthly", 1))
    assert found == expected["right"] != expected["wrong"]
