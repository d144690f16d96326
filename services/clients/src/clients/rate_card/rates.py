"""Computes the effective rate, its source and its badge."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from common.money import rounded

CLIENT, CATALOG = "client", "catalog"

DEFAULT_RATE = "Default Rate"
CUSTOM_RATE = "Custom Rate"
CUSTOM_SERVICE = "Custom Service"
NOT_INCLUDED = "Not Included"
BADGES = (DEFAULT_RATE, CUSTOM_RATE, CUSTOM_SERVICE, NOT_INCLUDED)

PERCENT, AMOUNT, SET = "percent", "amount", "set"
NEAREST, UP, DOWN = "nearest", "up", "down"
_ROUNDING = {NEAREST: ROUND_HALF_UP, UP: ROUND_CEILING, DOWN: ROUND_FLOOR}


def effective_rate(*, included: bool, custom_rate: Decimal | None, default_rate: Decimal | None) -> Decimal | None:
    """Returns the client's rate, or None if the service is not included. A custom rate of 0.00 is a rate."""
    if not included:
        return None
    return custom_rate if custom_rate is not None else default_rate


def rate_source(custom_rate: Decimal | None) -> str:
    return CATALOG if custom_rate is None else CLIENT


def badge(*, included: bool, is_custom: bool, custom_rate: Decimal | None) -> str:
    if not included:
        return NOT_INCLUDED
    if is_custom:
        return CUSTOM_SERVICE
    return DEFAULT_RATE if custom_rate is None else CUSTOM_RATE


def changed(rate: Decimal, kind: str, value: Decimal) -> Decimal:
    """Returns `rate` changed by percent (5 means 5 % more), by an amount, or to an amount."""
    if kind == PERCENT:
        return rate * (1 + value / 100)
    return rate + value if kind == AMOUNT else value


def stepped(rate: Decimal, currency: str, step: Decimal | None = None, mode: str = NEAREST) -> Decimal:
    """Returns `rate` rounded to a multiple of `step` (5.00, 0.05), or to the currency's minor unit."""
    if step is not None:
        rate = (rate / step).to_integral_value(_ROUNDING[mode]) * step
    return rounded(rate, currency)


def percent_of(difference: Decimal, base: Decimal) -> Decimal | None:
    """Returns `difference` in percent of `base`, with two decimals; None if `base` is 0."""
    return (difference * 100 / base).quantize(Decimal("0.01"), ROUND_HALF_UP) if base else None
