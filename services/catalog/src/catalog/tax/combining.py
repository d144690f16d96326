"""Combines the rates of several taxes."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

HUNDRED, STEP = Decimal(100), Decimal("0.0001")


def combined(components: Sequence[tuple[Decimal, bool]]) -> Decimal:
    """Returns the total rate in percent of taxes `(rate percent, compound)`, in the order they are charged."""
    total = Decimal(0)
    for percent, compound in components:
        base = HUNDRED + total if compound else HUNDRED
        total += base * percent / HUNDRED
    return total.quantize(STEP, ROUND_HALF_UP).normalize()
