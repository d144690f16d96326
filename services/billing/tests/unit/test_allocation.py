"""Payments fill invoices in order; no amount is lost or created."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.payment.allocation import Open, oldest_first
from common.ids import new_id

cents = st.decimals(min_value="0.01", max_value=10_000, places=2)


def test_the_first_is_filled_before_the_next():
    one, two, three = (Open(new_id(), Decimal(n)) for n in (100, 50, 70))
    shares, left = oldest_first(Decimal(120), [one, two, three])
    assert [(share.invoice_id, share.amount) for share in shares] == [(one.invoice_id, 100), (two.invoice_id, 20)]
    assert left == 0


@given(cents, st.lists(cents, max_size=10))
def test_shares_and_rest_are_the_payment(amount, balances):
    invoices = [Open(new_id(), balance) for balance in balances]
    shares, left = oldest_first(amount, invoices)
    assert sum((share.amount for share in shares), left) == amount
    by_id = {invoice.invoice_id: invoice.balance for invoice in invoices}
    assert all(0 < share.amount <= by_id[share.invoice_id] for share in shares)
    assert left == 0 or sum(by_id.values()) == amount - left
