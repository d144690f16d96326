"""Billed hours from worked hours. Pure: no session, no clock."""

from decimal import ROUND_CEILING, Decimal

ZERO = Decimal("0.00")
STEP = Decimal("0.01")


def billed_hours(worked: Decimal, increment: Decimal | None = None, minimum: Decimal | None = None) -> Decimal:
    """Returns `worked` rounded up to a multiple of `increment`, and at least `minimum`. All are hours.

    None turns a rule off. The increment applies first, so a minimum stays even if it is not a multiple.
    """
    rounded = (worked / increment).to_integral_value(ROUND_CEILING) * increment if increment else worked
    return max(rounded, minimum or ZERO).quantize(STEP)
