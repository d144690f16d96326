"""Rate order: agreement, client, catalog, flat rate; 0.00 is a rate."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from common.rates import Rates, resolve

D = Decimal
amounts = st.none() | st.decimals(min_value=0, max_value=1000, places=2)
rates = st.builds(Rates, amounts, amounts, amounts, amounts, amounts)


def resolved(overage=False, **given):
    found = resolve(Rates(**{name: D(rate) for name, rate in given.items()}), overage=overage)
    return found.rate, found.source


def test_the_highest_tier_that_is_set_wins():
    every = {"agreement": "75", "client": "85", "catalog": "100", "flat": "110"}
    assert resolved(**every) == (75, "agreement")
    del every["agreement"]
    assert resolved(**every) == (85, "client")
    del every["client"]
    assert resolved(**every) == (100, "catalog")
    del every["catalog"]
    assert resolved(**every) == (110, "flat")


def test_zero_is_a_rate_on_agreement_and_client_but_not_as_a_flat_one():
    assert resolved(agreement="0.00", client="85") == (0, "agreement")
    assert resolved(client="0.00", catalog="100") == (0, "client")
    assert resolved(flat="0.00") == (0, "none")


def test_the_overage_rate_counts_for_overage_only_and_after_the_services_own():
    assert resolved(overage="140", client="180", catalog="200") == (180, "client")
    found = resolve(Rates(overage=D(140), client=D(180), catalog=D(200)), overage=True)
    assert (found.rate, found.source, found.overridden) == (
        D(140),
        "agreement",
        {"client": "180.00", "catalog": "200.00"},
    )
    assert resolve(Rates(agreement=D("168.75"), overage=D(140)), overage=True).rate == D("168.75")


def test_nothing_set_is_billed_at_zero_with_a_warning():
    found = resolve(Rates())
    assert (found.rate, found.source) == (0, "none")
    assert found.warning


def test_it_explains_itself():
    found = resolve(Rates(agreement=D(75), client=D(85), catalog=D(100)))
    expected = "Billed at the agreement's rate for this service, 75.00, instead of client 85.00 and catalog 100.00."
    assert found.explanation == expected


@given(rates, st.booleans())
def test_the_rate_is_always_one_that_was_set_or_zero_with_a_warning(known, overage):
    found = resolve(known, overage=overage)
    everything = {known.agreement, known.overage, known.client, known.catalog, known.flat}
    assert found.rate in everything or (found.rate == 0 and found.warning)
    assert found.source not in found.overridden
    assert bool(found.warning) == (found.source == "none")
