"""The price of a material or an expense, from its cost and markup. Pure."""

from decimal import Decimal

from common.money import rounded

HUNDRED = Decimal(100)


def price(unit_cost: Decimal, markup_percent: Decimal, currency: str) -> Decimal:
    """Returns the cost plus the markup, rounded half up to the currency's minor unit."""
    return rounded(unit_cost * (HUNDRED + markup_percent) / HUNDRED, currency)


def amount(quantity: Decimal, unit_price: Decimal, currency: str) -> Decimal:
    """Returns the amount that an invoice charges before taxes."""
    return rounded(quantity * unit_price, currency)
