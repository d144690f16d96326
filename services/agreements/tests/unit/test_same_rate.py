"""Agreements' previews and billing's lines take the rate from the same function."""

from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from agreements.work.pricing import price
from common.rates import Rates, resolve

amounts = st.none() | st.decimals(min_value=0, max_value=1000, places=2)


@given(amounts, amounts, amounts, st.sampled_from(("client", "catalog")), amounts, st.booleans())
def test_a_preview_resolves_the_rates_as_billing_does(custom, overage, card_rate, source, flat, beyond):
    row = SimpleNamespace(custom_rate=custom)
    agreement = SimpleNamespace(service=lambda _: row, overage_rate=overage)
    card = SimpleNamespace(id=1, included=True, effective_rate=card_rate, rate_source=source)
    client = SimpleNamespace(hourly_rate=flat)
    expected = resolve(Rates(custom, overage, flat=flat, **{source: card_rate}), overage=beyond)
    assert price(client, agreement, card, overage=beyond) == expected


def test_a_service_that_is_not_included_has_only_the_agreements_rate():
    card = SimpleNamespace(id=1, included=False, effective_rate=Decimal(80), rate_source="catalog")
    client = SimpleNamespace(hourly_rate=Decimal(60))
    assert price(client, None, card, overage=False).source == "flat"
