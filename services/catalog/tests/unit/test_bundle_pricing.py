"""What a bundle costs: whatever its parts, their shares sum to its price."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from catalog.bundle.pricing import COMPONENTS, FIXED, MARKUP, Part, priced
from common.money import fits

money = st.decimals(min_value=0, max_value=10_000, places=2)
parts = st.lists(
    st.builds(
        Part,
        st.decimals(min_value="0.01", max_value=100, places=2),
        money,
        st.none() | money,
        st.none() | money,
    ),
    min_size=1,
    max_size=10,
)


@given(parts, st.sampled_from([COMPONENTS, FIXED, MARKUP]), money, st.decimals(-100, 300, places=2))
def test_the_shares_sum_to_the_price(of, pricing, fixed, markup):
    found = priced(pricing, of, "USD", fixed if pricing == FIXED else None, markup if pricing == MARKUP else None)

    assert sum(found.allocated) == found.price
    assert all(share >= 0 and fits(share, "USD") for share in found.allocated)
    assert found.list_price is not None


@given(parts)
def test_a_markup_of_nothing_is_the_components_price(of):
    assert priced(MARKUP, of, "USD", markup=Decimal(0)) == priced(COMPONENTS, of, "USD")


@given(parts)
def test_each_share_by_components_is_what_the_part_costs(of):
    found = priced(COMPONENTS, of, "USD")

    pairs = zip(found.allocated, of, strict=True)
    assert all(abs(share - part.quantity * part.unit) <= Decimal("0.01") for share, part in pairs)


def test_a_part_without_a_price_leaves_the_bundle_without():
    found = priced(MARKUP, [Part(Decimal(1), None), Part(Decimal(1), Decimal(5))], "USD", markup=Decimal(1))

    assert (found.list_price, found.price, found.allocated, found.margin) == (None, None, None, None)
