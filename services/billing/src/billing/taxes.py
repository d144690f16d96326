"""Taxes on amounts: exclusive or inclusive, compound or not, with three ways of rounding. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from common.money import minor_unit, rounded

PER_INVOICE, PER_LINE, PER_TOTAL = "per_invoice", "per_line", "per_total"
INDEPENDENT, JOINT = "independent", "joint"
ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax. A `compound` tax also applies to the taxes before it."""

    name: str
    percent: Decimal
    inclusive: bool = False
    compound: bool = False
    id: UUID | None = field(default=None, compare=False)
    """The tax code; equal taxes of two codes are one tax on the invoice."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """The taxes of a line: those of one tax code in order, or none with a `reason` if it is exempt.

    `contained` taxes are in the price but not owed by this client, and are removed first.
    `unknown` says which replica is still missing.
    """

    code_id: UUID | None = None
    taxes: tuple[Tax, ...] = ()
    reason: str | None = None
    unknown: str | None = None
    contained: tuple[Tax, ...] = ()


UNTAXED = Treatment()


@dataclass(frozen=True, slots=True)
class TaxPart:
    """One tax of a whole invoice, with its base and amount."""

    tax: Tax
    base: Decimal
    amount: Decimal


Taxed = tuple[Decimal, tuple[Tax, ...]]
"""An amount and its taxes, in order."""


def assess(
    lines: Sequence[Taxed], currency: str, *, rounding: str = PER_INVOICE, inclusive: str = INDEPENDENT
) -> list[TaxPart]:
    """Returns one part per tax, in order of first appearance.

    `rounding`: per_invoice adds the exact taxes of all lines and rounds once per tax, per_total rounds once for all
    taxes together, per_line rounds each line's tax before adding.
    `inclusive`: several inclusive taxes are each taken from the gross amount, or all from one net amount.
    """
    bases: dict[Tax, Decimal] = {}
    exact: dict[Tax, Decimal] = {}
    for amount, taxes in lines:
        for tax, base, part in _exact(amount, taxes, inclusive):
            bases[tax] = bases.get(tax, ZERO) + base
            exact[tax] = exact.get(tax, ZERO) + (rounded(part, currency) if rounding == PER_LINE else part)
    amounts = {tax: rounded(amount, currency) for tax, amount in exact.items()}
    if rounding == PER_TOTAL:
        _settle(amounts, exact, currency)
    return [TaxPart(tax, rounded(bases[tax], currency), amounts[tax]) for tax in bases]


def _settle(amounts: dict[Tax, Decimal], exact: dict[Tax, Decimal], currency: str) -> None:
    """Makes the parts sum to the rounded total by moving cents to the parts with the largest rounding."""
    missing = rounded(sum(exact.values(), ZERO), currency) - sum(amounts.values(), ZERO)
    step = minor_unit(currency).copy_sign(missing)
    by_need = sorted(amounts, key=lambda tax: (amounts[tax] - exact[tax]) * step)
    for tax in by_need[: int(missing / step)]:
        amounts[tax] += step


def without(price: Decimal, contained: Sequence[Tax], currency: str) -> Decimal:
    """Returns the net amount of a price that contains these taxes: 100.00 for 120.00 with 20%."""
    together = sum(_of_hundred(contained).values(), ZERO)
    return rounded(price * HUNDRED / (HUNDRED + together), currency)


def on_top(parts: Sequence[TaxPart]) -> Decimal:
    """Returns the taxes added to the subtotal, without inclusive ones."""
    return sum((part.amount for part in parts if not part.tax.inclusive), ZERO)


def _exact(amount: Decimal, taxes: Sequence[Tax], inclusive: str) -> list[tuple[Tax, Decimal, Decimal]]:
    contained = _of_hundred([tax for tax in taxes if tax.inclusive])
    together = sum(contained.values(), ZERO)
    found: list[tuple[Tax, Decimal, Decimal]] = []
    charged = ZERO
    for tax in taxes:
        if tax.inclusive:
            share, divisor = (contained[tax], together) if inclusive == JOINT else (tax.percent, tax.percent)
            found.append((tax, amount, amount * share / (HUNDRED + divisor)))
        else:
            base = amount + charged if tax.compound else amount
            found.append((tax, base, base * tax.percent / HUNDRED))
            charged += found[-1][2]
    return found


def _of_hundred(taxes: Sequence[Tax]) -> dict[Tax, Decimal]:
    """Returns each tax on a net amount of 100; compound taxes include the taxes before them."""
    found: dict[Tax, Decimal] = {}
    for tax in taxes:
        base = HUNDRED + sum(found.values(), ZERO) if tax.compound else HUNDRED
        found[tax] = base * tax.percent / HUNDRED
    return found
