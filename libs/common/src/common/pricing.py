"""Prices quantities: per unit or package, graduated or by volume, with included units and minimums.

Amounts are exact and rounded once at the end.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from common.money import rounded

PER_UNIT, GRADUATED, VOLUME, PACKAGE = MODELS = ("per_unit", "graduated", "volume", "package")
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Tier:
    """A tier: units up to and including `up_to` (counted from the first unit), in packages of `package_size`."""

    up_to: Decimal | None
    unit_price: Decimal
    """The price of a unit or, with a package size, of a package."""
    flat_fee: Decimal = ZERO
    package_size: Decimal = ONE


@dataclass(frozen=True)
class PriceModel:
    """A price model. `included_units` are free and come first; at least `minimum_units` of the rest are charged, and at
    least `minimum_charge` in total."""

    model: str
    tiers: tuple[Tier, ...]
    included_units: Decimal = ZERO
    minimum_units: Decimal = ZERO
    minimum_charge: Decimal = ZERO

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None, default_rate: Decimal) -> "PriceModel":
        """Returns a model from its JSON with amounts as texts; None means the `default_rate` for each unit."""
        given = stored or {"model": PER_UNIT}
        model = given["model"]
        if model in (GRADUATED, VOLUME):
            tiers = tuple(_tier(tier) for tier in given["tiers"])
        else:
            size = _amount(given, "package_size", ONE) if model == PACKAGE else ONE
            tiers = (Tier(None, default_rate, package_size=size),)
        floors = {name: _amount(given, name) for name in ("included_units", "minimum_units", "minimum_charge")}
        return cls(model, tiers, **floors)

    def __post_init__(self) -> None:
        ends = [tier.up_to for tier in self.tiers]
        if self.model not in MODELS or not ends or ends[-1] is not None:
            raise ValueError("a known model with at least one tier, the last without an end")
        if any(end is None or end <= begin for begin, end in pairwise([ZERO, *ends[:-1]]) if begin is not None):
            raise ValueError("each tier must end above the one before it")


@dataclass(frozen=True)
class Step:
    """A line of the explanation; its amount is exact."""

    description: str
    quantity: Decimal
    unit_price: Decimal | None
    flat_fee: Decimal | None
    amount: Decimal


@dataclass(frozen=True)
class Charge:
    amount: Decimal
    """The sum of the steps, rounded to the currency's minor unit."""
    steps: tuple[Step, ...]


def charge(model: PriceModel, quantity: Decimal, currency: str) -> Charge:
    """Returns the amount of `quantity` (zero or more) with its steps."""
    if quantity < 0:
        raise ValueError("the quantity must be zero or more")
    free = min(quantity, model.included_units)
    charged = max(quantity - model.included_units, model.minimum_units, ZERO)
    steps = [Step("Included", free, ZERO, None, ZERO)] if free else []
    steps += _of_tiers(model, charged)
    owed = sum((step.amount for step in steps), ZERO)
    if owed < model.minimum_charge:
        steps.append(Step("Up to the minimum charge", ONE, None, None, model.minimum_charge - owed))
    return Charge(rounded(max(owed, model.minimum_charge), currency), tuple(steps))


def true_up(charged: Decimal, minimum: Decimal, currency: str, *, used: int = 1, whole: int = 1) -> Decimal:
    """Returns the amount missing to a commitment of `minimum` for a period of which `used` of `whole` parts passed."""
    return rounded(max(minimum * used / whole - charged, ZERO), currency)


def _of_tiers(model: PriceModel, quantity: Decimal) -> Iterator[Step]:
    spans = list(_spans(model.tiers))
    if model.model != GRADUATED:
        tier = next(tier for _, tier in spans if tier.up_to is None or quantity <= tier.up_to)
        yield _step("All units" if model.model == VOLUME else "Units", tier, quantity)
        return
    for begin, tier in spans:
        if begin and quantity <= begin:
            return
        end = quantity if tier.up_to is None else min(tier.up_to, quantity)
        yield _step(_span(begin, tier.up_to), tier, end - begin)


def _spans(tiers: Iterable[Tier]) -> Iterator[tuple[Decimal, Tier]]:
    begin = ZERO
    for tier in tiers:
        yield begin, tier
        begin = tier.up_to if tier.up_to is not None else begin


def _span(begin: Decimal, end: Decimal | None) -> str:
    if end is None:
        return f"Units above {_plain(begin)}" if begin else "Units"
    return f"Units above {_plain(begin)}, up to {_plain(end)}" if begin else f"The first {_plain(end)} units"


def _step(description: str, tier: Tier, quantity: Decimal) -> Step:
    """Returns the step of a tier. A partly used package is charged in full."""
    count = quantity
    if tier.package_size != ONE:
        whole, rest = divmod(quantity, tier.package_size)
        count = whole + bool(rest)
        description = f"{description}, in packages of {_plain(tier.package_size)}"
    amount = count * tier.unit_price + tier.flat_fee
    return Step(description, count, tier.unit_price, tier.flat_fee or None, amount)


def _tier(stored: Mapping[str, Any]) -> Tier:
    end = stored["up_to"]
    return Tier(
        None if end is None else Decimal(end),
        Decimal(stored["unit_price"]),
        _amount(stored, "flat_fee"),
        _amount(stored, "package_size", ONE),
    )


def _amount(stored: Mapping[str, Any], name: str, default: Decimal = ZERO) -> Decimal:
    value = stored.get(name)
    return default if value is None else Decimal(value)


def _plain(value: Decimal) -> str:
    """Returns the number without exponent and trailing zeros: 1000, 0.5."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
