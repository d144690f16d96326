"""The arithmetic of a rate card row: what holds, where it comes from, what it is called."""

from decimal import Decimal

CLIENT, CATALOG = "client", "catalog"

DEFAULT_RATE = "Default Rate"
CUSTOM_RATE = "Custom Rate"
CUSTOM_SERVICE = "Custom Service"
NOT_INCLUDED = "Not Included"
BADGES = (DEFAULT_RATE, CUSTOM_RATE, CUSTOM_SERVICE, NOT_INCLUDED)


def effective_rate(*, included: bool, custom_rate: Decimal | None, default_rate: Decimal | None) -> Decimal | None:
    """The client's rate; None when the service is not included. A custom 0.00 is a rate, not an absence."""
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
