"""The rate of a service: agreement, then client, then catalog, then the client's flat rate. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from common.pricing import Charge as Priced
from common.pricing import PriceModel, Step

AGREEMENT, CLIENT, CATALOG, FLAT, NONE, MANUAL = "agreement", "client", "catalog", "flat", "none", "manual"
MODEL = "model"
"""The service's price model (tiers, packages, included units or a minimum) instead of one rate."""
SOURCES = (AGREEMENT, CLIENT, CATALOG, FLAT, NONE, MANUAL, MODEL)
NEGOTIATED = frozenset({AGREEMENT, CLIENT})

ZERO = Decimal("0.00")
AVERAGE = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Tiers:
    """The rates of one service for one client; None is not set, and 0.00 is free.

    `overage` is the agreement's rate for hours beyond its block, used for overage only.
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
    explanation: str = ""
    warning: str | None = None


def resolve(tiers: Tiers, *, overage: bool = False) -> Resolved:
    """Returns the rate, its source, and the lower rates it overrides."""
    candidates = [
        (AGREEMENT, tiers.agreement, "the agreement's rate for this service"),
        (AGREEMENT, tiers.overage if overage else None, "the agreement's overage rate"),
        (CLIENT, tiers.client, "the client's own rate"),
        (CATALOG, tiers.catalog, "the standard rate"),
        (FLAT, tiers.flat if tiers.flat else None, "the client's flat hourly rate because the service has no rate"),
    ]
    for place, (source, rate, words) in enumerate(candidates):
        if rate is not None:
            overridden = _beneath(candidates[place + 1 :], source)
            return Resolved(rate, source, overridden, _sentence(words, rate, overridden, overage=overage))
    message = "No agreement, client, catalog or flat rate is set: billed at 0.00."
    return Resolved(ZERO, NONE, {}, message, message)


def stated(rate: Decimal) -> Resolved:
    """Returns a rate entered by hand on the item or line."""
    return Resolved(rate, MANUAL, {}, f"The rate {_plain(rate)} was entered manually.")


def as_charged(rate: Decimal, source: str) -> Resolved:
    """Returns the rate of a corrected line: hours are credited at the rate they were charged at."""
    return Resolved(rate, source, {}, f"Corrects an earlier invoice at the rate charged there, {_plain(rate)}.")


def by_model(model: PriceModel, priced: Priced, quantity: Decimal) -> Resolved:
    """Returns the average price per unit, with the steps to the amount."""
    average = (priced.amount / quantity if quantity else priced.amount).quantize(AVERAGE)
    steps = "; ".join(_step(step) for step in priced.steps)
    return Resolved(average, MODEL, {}, f"Priced by the service's {model.model.replace('_', ' ')} model: {steps}.")


def _step(step: Step) -> str:
    fee = f" + {_plain(step.flat_fee)}" if step.flat_fee else ""
    times = f"{step.quantity.normalize():f} × {_plain(step.unit_price)}{fee} = " if step.unit_price is not None else ""
    return f"{step.description}: {times}{_plain(step.amount)}"


def label(source: str) -> str | None:
    """Returns the text that clients see beside a rate."""
    if source in NEGOTIATED:
        return "Negotiated rate"
    if source == MODEL:
        return "Tiered price"
    return "Standard rate" if source in {CATALOG, FLAT} else None


def _beneath(candidates: Sequence[tuple[str, Decimal | None, str]], chosen: str) -> dict[str, str]:
    """Returns the overridden client and catalog rates. A flat rate is a fallback and never overridden."""
    return {
        source: _plain(rate)
        for source, rate, _ in candidates
        if rate is not None and source in {CLIENT, CATALOG} and source != chosen
    }


def _sentence(words: str, rate: Decimal, overridden: dict[str, str], *, overage: bool) -> str:
    text = f"{'Overage at' if overage else 'Billed at'} {words}, {_plain(rate)}"
    if overridden:
        text += ", instead of " + " and ".join(f"{tier} {amount}" for tier, amount in overridden.items())
    return text + "."


def _plain(rate: Decimal) -> str:
    exponent = rate.as_tuple().exponent
    return format(rate.quantize(ZERO) if isinstance(exponent, int) and exponent > -2 else rate, "f")
