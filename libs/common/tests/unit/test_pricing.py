"""Tier arithmetic: what holds for every model, and where the models meet each other."""

from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import rounded
from common.pricing import GRADUATED, MODELS, PACKAGE, PER_UNIT, VOLUME, PriceModel, Tier, charge, true_up

D = Decimal
quantities = st.decimals(0, 100_000, places=3)
prices = st.decimals(0, 1000, places=4)


@st.composite
def tiers(draw: st.DrawFn) -> tuple[Tier, ...]:
    widths = draw(st.lists(st.decimals("0.001", 5000, places=3), max_size=4))
    ends = [*accumulate(widths), None]
    sizes = st.sampled_from([D(1), D(10), D("2.5")])
    return tuple(Tier(end, draw(prices), draw(prices), draw(sizes)) for end in ends)


@st.composite
def models(draw: st.DrawFn) -> PriceModel:
    model = draw(st.sampled_from(MODELS))
    made = draw(tiers())
    floors = {name: draw(prices) for name in ("included_units", "minimum_units", "minimum_charge")}
    return PriceModel(model, made if model in (GRADUATED, VOLUME) else made[-1:], **floors)


@given(models(), quantities)
def test_the_amount_is_the_sum_of_its_steps_rounded_once(model, quantity):
    found = charge(model, quantity, "USD")
    assert found.amount == rounded(sum((step.amount for step in found.steps), D(0)), "USD")
    assert found.amount >= rounded(model.minimum_charge, "USD") >= 0


@given(tiers(), quantities, quantities)
def test_graduated_never_costs_less_for_more(made, one, other):
    less, more = sorted([one, other])
    model = PriceModel(GRADUATED, made)
    assert charge(model, less, "USD").amount <= charge(model, more, "USD").amount


@given(tiers(), quantities)
def test_graduated_steps_take_every_unit_once(made, quantity):
    model = PriceModel(GRADUATED, tuple(Tier(tier.up_to, tier.unit_price) for tier in made))
    assert sum(step.quantity for step in charge(model, quantity, "USD").steps) == quantity


@given(tiers(), quantities)
def test_with_the_same_price_in_all_tiers_all_models_agree(made, quantity):
    price = made[0].unit_price
    same = tuple(Tier(tier.up_to, price) for tier in made)
    found = {charge(PriceModel(model, same), quantity, "USD").amount for model in (GRADUATED, VOLUME)}
    assert found == {charge(PriceModel(PER_UNIT, same[-1:]), quantity, "USD").amount}


@given(quantities, prices, st.decimals("0.01", 100, places=2))
def test_packages_hold_what_is_used_and_less_than_one_more(quantity, price, size):
    (step,) = charge(PriceModel(PACKAGE, (Tier(None, price, package_size=size),)), quantity, "USD").steps
    assert quantity <= step.quantity * size < quantity + size


@given(models(), quantities)
def test_included_units_are_free(model, quantity):
    free = PriceModel(model.model, model.tiers, included_units=quantity)
    assert charge(free, quantity, "USD").amount == charge(free, D(0), "USD").amount


@given(prices, prices)
def test_a_true_up_reaches_the_commitment_and_never_gives_back(charged, minimum):
    added = true_up(charged, minimum, "USD")
    assert added == rounded(max(minimum, charged) - charged, "USD") >= 0


@pytest.mark.parametrize(("currency", "amount"), [("USD", "0.13"), ("JPY", "0"), ("KWD", "0.125")])
def test_it_is_rounded_half_up_at_the_currencys_minor_unit(currency, amount):
    assert charge(PriceModel.of(None, D("0.125")), D(1), currency).amount == D(amount)


def test_a_model_as_it_is_stored():
    stored = {
        "model": "graduated",
        "tiers": [{"up_to": "100", "unit_price": "2", "flat_fee": "5"}, {"up_to": None, "unit_price": "1.00"}],
        "included_units": "10.00",
        "minimum_charge": None,
    }
    found = charge(PriceModel.of(stored, D(9)), D("120.5"), "USD")
    assert found.amount == D("215.50")
    assert [(step.description, step.quantity) for step in found.steps] == [
        ("Included", D(10)),
        ("The first 100 units", D(100)),
        ("Units above 100", D("10.5")),
    ]
    packages = charge(PriceModel.of({"model": "package", "package_size": "1000"}, D(9)), D(1001), "USD")
    assert [step.description for step in packages.steps] == ["Units, in packages of 1000"]
    assert packages.amount == D(18)
    floor = charge(PriceModel.of({"model": "per_unit", "minimum_charge": "20"}, D(9)), D(1), "USD")
    assert (floor.amount, floor.steps[-1].amount) == (D(20), D(11))


@pytest.mark.parametrize("ends", [[], [D(1)], [None, None], [D(2), D(1), None], [D(0), None], [D(1), None, None]])
def test_tiers_that_do_not_follow_each_other_are_refused(ends):
    with pytest.raises(ValueError, match="tier"):
        PriceModel(GRADUATED, tuple(Tier(end, D(1)) for end in ends))


def test_a_negative_quantity_is_refused():
    with pytest.raises(ValueError, match="quantity"):
        charge(PriceModel.of(None, D(1)), D(-1), "USD")
