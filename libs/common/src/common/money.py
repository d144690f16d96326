"""Amounts of money: Decimal beside an ISO 4217 code, minor units of ISO 4217, half-up rounding, exact splits."""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import NumberPattern, get_currency_symbol

from common.minor_units import decimals

NO_BREAK = "\N{NO-BREAK SPACE}"
"""The space of CLDR between a code and its amount, which Babel leaves out."""


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """Returns the ISO 4217 codes that are legal tender today, from CLDR: no XXX, no Deutsche Mark."""
    histories = get_global("territory_currencies").values()
    return frozenset(code for history in histories for code, _, end, tender in history if tender and end is None)


@lru_cache(maxsize=512)
def minor_unit(currency: str) -> Decimal:
    """Returns the smallest amount of a currency: 0.01 for USD, 1 for JPY, 0.001 for KWD."""
    return Decimal(1).scaleb(-decimals(currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Returns `amount` rounded to the currency's minor unit, half away from zero, so that credits mirror charges."""
    return amount.quantize(minor_unit(currency), ROUND_HALF_UP)


def fits(amount: Decimal, currency: str) -> bool:
    """Returns True if `amount` has no digit below the currency's minor unit."""
    return amount == rounded(amount, currency)


def allocate(total: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Splits `total` in proportion to `weights` by largest remainder: the parts sum to the whole, to the cent.

    Weights are zero or more, at least one above zero; ties go to the earlier part.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be zero or more and not all zero")
    unit = minor_unit(currency)
    sign = -1 if total < 0 else 1
    units = int((abs(total) / unit).to_integral_value(ROUND_HALF_UP))
    exact = [Decimal(units) * weight / whole for weight in weights]
    parts = [int(share.to_integral_value(ROUND_DOWN)) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[: units - sum(parts)]:
        parts[index] += 1
    return [sign * part * unit for part in parts]


def display(amount: Decimal, currency: str) -> str:
    """Returns a text for users: "$3,500.00" for US dollars, "$3,500.00 KYD" for other dollars, "€3,500.00", "¥3,500".

    CLDR's pattern with ISO 4217's decimals; a rate such as 0.0125 keeps all of its digits.
    """
    locale = _home_locale(currency)
    exponent = amount.normalize().as_tuple().exponent
    shown = max(decimals(currency), -exponent if isinstance(exponent, int) else 0)
    text = _pattern(locale, shown).apply(amount, locale, currency=currency, currency_digits=False)
    text = re.sub(rf"(?<={currency})(?=[0-9])", NO_BREAK, text)
    shares_its_sign = get_currency_symbol(currency, locale=locale) == "$" and currency != "USD"
    return f"{text} {currency}" if shares_its_sign else text


@lru_cache(maxsize=512)
def _pattern(locale: Locale, shown: int) -> NumberPattern:
    pattern: NumberPattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (shown, shown)
    return pattern


@lru_cache(maxsize=512)
def _home_locale(currency: str) -> Locale:
    """Returns the English locale of the currency's country, whose code is its first two letters."""
    try:
        return Locale.parse(f"en_{currency[:2]}")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@dataclass(frozen=True)
class Money:
    """An amount with its currency. Adding different currencies raises ValueError."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def times(self, factor: Decimal) -> "Money":
        return Money(rounded(self.amount * factor, self.currency), self.currency)

    def __str__(self) -> str:
        return display(self.amount, self.currency)

    def _same(self, other: "Money") -> None:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
