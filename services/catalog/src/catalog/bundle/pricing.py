"""Computes the price of a bundle and splits it over its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from common.money import allocate, rounded

COMPONENTS, FIXED, MARKUP = "components", "fixed", "markup"
PRICINGS = (COMPONENTS, FIXED, MARKUP)
ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """A quantity of a service with its list price, its own price in the bundle and its cost; None means unknown."""

    quantity: Decimal
    listed: Decimal | None
    own: Decimal | None = None
    cost: Decimal | None = None

    @property
    def unit(self) -> Decimal | None:
        return self.own if self.own is not None else self.listed


@dataclass(frozen=True, slots=True)
class Priced:
    """The amounts of a bundle. `allocated` has an amount for each part; their sum is `price`."""

    list_price: Decimal | None
    price: Decimal | None
    cost: Decimal | None
    allocated: list[Decimal] | None

    @property
    def margin(self) -> Decimal | None:
        return None if self.price is None or self.cost is None else self.price - self.cost

    @property
    def margin_percent(self) -> Decimal | None:
        """Returns the margin in percent of the price, with two decimals."""
        if self.margin is None or not self.price:
            return None
        return (self.margin * HUNDRED / self.price).quantize(Decimal("0.01"), ROUND_HALF_UP)


def priced(
    pricing: str, parts: Sequence[Part], currency: str, fixed: Decimal | None = None, markup: Decimal | None = None
) -> Priced:
    """Returns the amounts of a bundle. A negative `markup` is a discount on the parts' total."""
    amounts = _amounts(parts, [part.unit for part in parts], currency)
    total = None if amounts is None else sum(amounts, ZERO)
    price = total
    if pricing == FIXED:
        price = fixed
    elif pricing == MARKUP and total is not None:
        price = rounded(total * (HUNDRED + (markup or ZERO)) / HUNDRED, currency)
    listed = _sum(_amounts(parts, [part.listed for part in parts], currency))
    cost = _sum(_amounts(parts, [part.cost for part in parts], currency))
    return Priced(listed, price, cost, _allocated(price, amounts, parts, currency))


def _amounts(parts: Sequence[Part], units: Sequence[Decimal | None], currency: str) -> list[Decimal] | None:
    known = [unit for unit in units if unit is not None]
    if len(known) < len(parts):
        return None
    return [rounded(part.quantity * unit, currency) for part, unit in zip(parts, known, strict=True)]


def _sum(amounts: list[Decimal] | None) -> Decimal | None:
    return None if amounts is None else sum(amounts, ZERO)


def _allocated(
    price: Decimal | None, amounts: list[Decimal] | None, parts: Sequence[Part], currency: str
) -> list[Decimal] | None:
    """Returns the price split in proportion to the parts' amounts or, if all are 0, to their quantities."""
    if price is None or amounts is None or not parts:
        return None
    return allocate(price, amounts if any(amounts) else [part.quantity for part in parts], currency)
