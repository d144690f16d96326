"""Prices for parts of a period, by actual days or by months of 30 days. Pure: no clock."""

from calendar import monthrange
from decimal import ROUND_HALF_UP, Decimal

from billing.periods import Period
from common.money import rounded

ACTUAL, FIXED_30 = "actual", "fixed_30"


def days(part: Period) -> int:
    return (part[1] - part[0]).days


def fixed_30_days(part: Period) -> int:
    """Returns the days of a part with 30 days per month: adds missing days, leaves out a 31st."""
    start, end = part
    if (start.year, start.month) == (end.year, end.month):
        return days(part)
    return days(part) - (monthrange(start.year, start.month)[1] - 30)


def ratio(part: Period, whole: Period, policy: str = ACTUAL) -> tuple[int, int]:
    """Returns (days used, days of the period), unrounded until the price is known."""
    if policy == FIXED_30:
        months = (whole[1].year - whole[0].year) * 12 + whole[1].month - whole[0].month
        return 30 * months if part == whole else fixed_30_days(part), 30 * months
    return days(part), days(whole)


def decimal_ratio(part: Period, whole: Period, policy: str = ACTUAL, scale: int = 9) -> Decimal:
    used, of = ratio(part, whole, policy)
    return (Decimal(used) / of).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)


def prorate(price: Decimal, part: Period, whole: Period, currency: str, policy: str = ACTUAL) -> Decimal:
    """Returns the price of a part; the denominator is always the whole period."""
    used, of = ratio(part, whole, policy)
    return share(price, used, of, currency)


def share(price: Decimal, used: int, of: int, currency: str) -> Decimal:
    return rounded(price * used / of, currency)
