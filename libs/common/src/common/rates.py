"""Which rate applies to work, and where it comes from: agreement, client, catalog, then the flat rate. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

AGREEMENT, CLIENT, CATALOG, FLAT, NONE = "agreement", "client", "catalog", "flat", "none"

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one service for one client; None is not set, and 0.00 is free.

    `overage` is the agreement's rate for hours beyond its block, used for overage only. A flat rate of 0.00 is not set.
    """

    agreement: Decimal | None = None
    overage: Decimal | None = None
    client: Decimal | None = None
    catalog: Decimal | None = None
    flat: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    rate: Decimal
    source: str
    overridden: dict[str, str] = field(default_factory=dict)
    """The client and catalog rates that this one replaces, by source."""
    explanation: str = ""
    warning: str | None = None


def resolve(rates: Rates, *, overage: bool = False) -> Resolved:
    """Returns the rate, its source, and the lower rates it overrides."""
    candidates = [
        (AGREEMENT, rates.agreement, "the agreement's rate for this service"),
        (AGREEMENT, rates.overage if overage else None, "the agreement's overage rate"),
        (CLIENT, rates.client, "the client's own rate"),
        (CATALOG, rates.catalog, "the standard rate"),
        (FLAT, rates.flat or None, "the client's flat hourly rate because the service has no rate"),
    ]
    for place, (source, rate, words) in enumerate(candidates):
        if rate is not None:
            overridden = _beneath(candidates[place + 1 :], source)
            return Resolved(rate, source, overridden, _sentence(words, rate, overridden, overage=overage))
    message = "No agreement, client, catalog or flat rate is set: billed at 0.00."
    return Resolved(ZERO, NONE, {}, message, message)


def plain(rate: Decimal) -> str:
    """Returns the rate as text with at least two decimals: "125.00", "0.015"."""
    exponent = rate.as_tuple().exponent
    return format(rate.quantize(ZERO) if isinstance(exponent, int) and exponent > -2 else rate, "f")


def _beneath(candidates: Sequence[tuple[str, Decimal | None, str]], chosen: str) -> dict[str, str]:
    """Returns the overridden client and catalog rates. A flat rate is a fallback and never overridden."""
    return {
        source: plain(rate)
        for source, rate, _ in candidates
        if rate is not None and source in {CLIENT, CATALOG} and source != chosen
    }


def _sentence(words: str, rate: Decimal, overridden: dict[str, str], *, overage: bool) -> str:
    text = f"{'Overage at' if overage else 'Billed at'} {words}, {plain(rate)}"
    if overridden:
        text += ", instead of " + " and ".join(f"{source} {amount}" for source, amount in overridden.items())
    return text + "."
