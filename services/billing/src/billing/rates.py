"""The rates of invoice lines beside the resolved ones of `common.rates`: by hand, as charged, by price model. Pure."""

from decimal import Decimal

from common.pricing import Charge as Priced
from common.pricing import PriceModel, Step
from common.rates import AGREEMENT, CATALOG, CLIENT, FLAT, NONE, Resolved, plain

MANUAL = "manual"
MODEL = "model"
"""The service's price model (tiers, packages, included units or a minimum) instead of one rate."""
SOURCES = (AGREEMENT, CLIENT, CATALOG, FLAT, NONE, MANUAL, MODEL)
NEGOTIATED = frozenset({AGREEMENT, CLIENT})

AVERAGE = Decimal("0.000001")


def stated(rate: Decimal) -> Resolved:
    """Returns a rate entered by hand on the item or line."""
    return Resolved(rate, MANUAL, {}, f"The rate {plain(rate)} was entered manually.")


def as_charged(rate: Decimal, source: str) -> Resolved:
    """Returns the rate of a corrected line: hours are credited at the rate they were charged at."""
    return Resolved(rate, source, {}, f"Corrects an earlier invoice at the rate charged there, {plain(rate)}.")


def by_model(model: PriceModel, priced: Priced, quantity: Decimal) -> Resolved:
    """Returns the average price per unit, with the steps to the amount."""
    average = (priced.amount / quantity if quantity else priced.amount).quantize(AVERAGE)
    steps = "; ".join(_step(step) for step in priced.steps)
    return Resolved(average, MODEL, {}, f"Priced by the service's {model.model.replace('_', ' ')} model: {steps}.")


def _step(step: Step) -> str:
    fee = f" + {plain(step.flat_fee)}" if step.flat_fee else ""
    times = f"{step.quantity.normalize():f} × {plain(step.unit_price)}{fee} = " if step.unit_price is not None else ""
    return f"{step.description}: {times}{plain(step.amount)}"


def label(source: str) -> str | None:
    """Returns the text that clients see beside a rate."""
    if source in NEGOTIATED:
        return "Negotiated rate"
    if source == MODEL:
        return "Tiered price"
    return "Standard rate" if source in {CATALOG, FLAT} else None
