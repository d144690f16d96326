"""The arithmetic of margins. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from common.money import rounded

ZERO, HUNDRED = Decimal(0), Decimal(100)
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Labor:
    """The hours of a group of work and what they cost; hours without a labor rate cost nothing here."""

    hours: Decimal
    cost: Decimal
    hours_without_rate: Decimal

    @property
    def unknown(self) -> bool:
        """Returns whether there are hours, but none of them has a labor rate."""
        return self.hours_without_rate > 0 and self.hours_without_rate == self.hours


def labor(parts: Iterable[tuple[Decimal, Decimal | None]], currency: str) -> Labor:
    """Returns the cost of hours, each part with its labor rate or None. Rounds once, at the end."""
    hours = cost = without = ZERO
    for worked, rate in parts:
        hours += worked
        if rate is None:
            without += worked
        else:
            cost += worked * rate
    return Labor(hours, rounded(cost, currency), without)


def share(amount: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Returns the part of a line's amount that belongs to `part` of its quantity; not rounded."""
    return amount * part / whole if whole else ZERO


def net(amount: Decimal, contained_percent: Decimal) -> Decimal:
    """Returns the amount without the taxes that it contains; not rounded."""
    return amount * HUNDRED / (HUNDRED + contained_percent)


def margin(revenue: Decimal, labor_cost: Decimal, expense_cost: Decimal) -> Decimal:
    return revenue - labor_cost - expense_cost


def percent(margin: Decimal, revenue: Decimal) -> Decimal | None:
    """Returns the margin in percent of the revenue; None without revenue."""
    return (margin * HUNDRED / revenue).quantize(HUNDREDTH) if revenue > 0 else None
