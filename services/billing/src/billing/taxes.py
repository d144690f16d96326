"""Taxes on amounts: exclusive or inclusive, compound or not, rounded once per invoice and rate or per line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from common.money import rounded

PER_INVOICE, PER_LINE = "per_invoice", "per_line"
INDEPENDENT, JOINT = "independent", "joint"
ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Tax:
    """`compound`: charged on the amount and on the taxes before it as well."""

    name: str
    percent: Decimal
    inclusive: bool = False
    compound: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TaxPart:
    """One tax over a whole invoice: what it was charged on, and what it comes to."""

    tax: Tax
    base: Decimal
    amount: Decimal


Taxed = tuple[Decimal, tuple[Tax, ...]]
"""An amount and the taxes on it, in order."""


def assess(
    lines: Sequence[Taxed], currency: str, *, rounding: str = PER_INVOICE, inclusive: str = INDEPENDENT
) -> list[TaxPart]:
    """One part per tax, in order of first appearance.

    `rounding`: the exact taxes of all lines are added, then rounded once; or each line's tax is rounded, then added.
    `inclusive`: several inclusive taxes are each taken out of the gross amount, or all out of one net amount.
    """
    bases: dict[Tax, Decimal] = {}
    amounts: dict[Tax, Decimal] = {}
    for amount, taxes in lines:
        for tax, base, exact in _exact(amount, taxes, inclusive):
            part = rounded(exact, currency) if rounding == PER_LINE else exact
            bases[tax] = bases.get(tax, ZERO) + base
            amounts[tax] = amounts.get(tax, ZERO) + part
    return [TaxPart(tax, rounded(bases[tax], currency), rounded(amounts[tax], currency)) for tax in bases]


def on_top(parts: Sequence[TaxPart]) -> Decimal:
    """What the taxes add to the subtotal: inclusive ones are in it already."""
    return sum((part.amount for part in parts if not part.tax.inclusive), ZERO)


def _exact(amount: Decimal, taxes: Sequence[Tax], inclusive: str) -> list[tuple[Tax, Decimal, Decimal]]:
    contained = [tax for tax in taxes if tax.inclusive]
    together = sum((tax.percent for tax in contained), ZERO)
    found: list[tuple[Tax, Decimal, Decimal]] = []
    charged = ZERO
    for tax in taxes:
        if tax.inclusive:
            divisor = HUNDRED + (together if inclusive == JOINT else tax.percent)
            found.append((tax, amount, amount * tax.percent / divisor))
        else:
            base = amount + charged if tax.compound else amount
            found.append((tax, base, base * tax.percent / HUNDRED))
            charged += found[-1][2]
    return found
