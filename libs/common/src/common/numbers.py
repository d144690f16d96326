"""Numbers that arrive as text: read strictly, so that no spelling is taken for another number than its writer meant."""

import re
from decimal import Decimal

from common.texts import trimmed

PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")
"""Python also reads "1_000", "1e3", "NaN" and other scripts' digits as numbers; other programs would not."""
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,20}|[+-]?[0-9]{1,3}(,[0-9]{3}){2,}")
"""Thousands groups that can mean nothing else: "1,250.00" and "1,250,000", but not "12,500"."""


class NotANumber(ValueError):
    """A text that is not read as a number; the message says what would be."""


def decimal_number(text: str) -> Decimal:
    """Returns the number that `text` writes with digits and a point; raises NotANumber with a sentence for people."""
    plain = trimmed(text)
    if PLAIN_NUMBER.fullmatch(plain):
        return Decimal(plain)
    shown = plain[:60]
    if "," in plain:
        raise NotANumber(f'"{shown}" has a comma. Use a decimal point and no thousands separators, such as "1250.50".')
    raise NotANumber(f'"{shown}" is not a number. Use digits and a decimal point, such as "125.00".')


def whole_number(text: str) -> int:
    """Returns the whole number that `text` writes with digits alone; raises NotANumber with a sentence for people."""
    plain = trimmed(text)
    if WHOLE_NUMBER.fullmatch(plain):
        return int(plain)
    raise NotANumber(f'"{plain[:60]}" is not a whole number. Use digits only, such as "30".')


def without_groups(text: str) -> str:
    """Returns a table's cell without its thousands separators where they cannot be decimal commas, else unchanged."""
    plain = trimmed(text)
    return plain.replace(",", "") if _GROUPED.fullmatch(plain) else text
