"""What several taxes come to together. Pure arithmetic."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

HUNDRED, STEP = Decimal(100), Decimal("0.0001")


def combined(components: Sequence[tuple[Decimal, bool]]) -> Decimal:
    """The percentage of the amount that `(rate percent, compound)` taxes make, in the order they are charged."""
    together = Decimal(0)
    for percent, compound in components:
        base = HUNDRED + together if compound else HUNDRED
        together += base * percent / HUNDRED
    return together.quantize(STEP, ROUND_HALF_UP).normalize()
