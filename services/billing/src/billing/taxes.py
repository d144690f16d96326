"""Taxes on amounts: exclusive or inclusive, compound or not, rounded once per invoice and rate or per line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from common.money import minor_unit, rounded

PER_INVOICE, PER_LINE, PER_TOTAL = "per_invoice", "per_line", "per_total"
ROUNDINGS = (PER_INVOICE, PER_LINE, PER_TOTAL)
INDEPENDENT, JOINT = "independent", "joint"
ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Tax:
    """`compound`: charged on the amount and on the taxes before it as well."""

    name: str
    percent: Decimal
    inclusive: bool = False
    compound: bool = False
    id: UUID | None = field(default=None, compare=False)
    """The code it was found in: the same tax of two codes is one tax on the invoice."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a line is taxed: by the taxes of one code in order, or by none (`reason`: an exempt code says why).

    `contained`: taxes that the price holds but this client does not owe; they are taken out of it first.
    `unknown` says what has yet to arrive here before this can be told.
    """

    code_id: UUID | None = None
    taxes: tuple[Tax, ...] = ()
    reason: str | None = None
    unknown: str | None = None
    contained: tuple[Tax, ...] = ()


UNTAXED = Treatment()


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

    `rounding`: the exact taxes of all lines are added and rounded once per rate (per_invoice) or once for all rates
    together (per_total); or each line's tax is rounded before they are added (per_line).
    `inclusive`: several inclusive taxes are each taken out of the gross amount, or all out of one net amount.
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
    """Makes the parts sum to the rounded whole: cents move where rounding took or gave most."""
    missing = rounded(sum(exact.values(), ZERO), currency) - sum(amounts.values(), ZERO)
    step = minor_unit(currency).copy_sign(missing)
    by_need = sorted(amounts, key=lambda tax: (amounts[tax] - exact[tax]) * step)
    for tax in by_need[: int(missing / step)]:
        amounts[tax] += step


def without(price: Decimal, contained: Sequence[Tax], currency: str) -> Decimal:
    """The net amount of a price that contains these taxes: 100.00 of 120.00 with 20 %."""
    together = sum(_of_hundred(contained).values(), ZERO)
    return rounded(price * HUNDRED / (HUNDRED + together), currency)


def on_top(parts: Sequence[TaxPart]) -> Decimal:
    """What the taxes add to the subtotal: inclusive ones are in it already."""
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
    """What each makes of a net amount of 100: a compound one counts those before it in."""
    found: dict[Tax, Decimal] = {}
    for tax in taxes:
        base = HUNDRED + sum(found.values(), ZERO) if tax.compound else HUNDRED
        found[tax] = base * tax.percent / HUNDRED
    return found
