"""Parses numbers strictly, so that no text is read as another number than intended."""

import re
from decimal import Decimal

from common.texts import trimmed

PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")
"""Stricter than Python, which also reads "1_000", "1e3", "NaN" and digits of other scripts."""
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,20}|[+-]?[0-9]{1,3}(,[0-9]{3}){2,}")
"""Unambiguous thousands groups: "1,250.00" and "1,250,000", but not "12,500"."""


class NotANumber(ValueError):
    """Raised for a text that is not a number; the message says what is right."""


def decimal_number(text: str) -> Decimal:
    """Returns the number written with digits and a decimal point; raises NotANumber with a sentence for users."""
    plain = trimmed(text)
    if PLAIN_NUMBER.fullmatch(plain):
        return Decimal(plain)
    shown = plain[:60]
    if "," in plain:
        raise NotANumber(f'"{shown}" has a comma. Use a decimal point and no thousands separators, such as "1250.50".')
    raise NotANumber(f'"{shown}" is not a number. Use digits and a decimal point, such as "125.00".')


def whole_number(text: str) -> int:
    """Returns the whole number written with digits; raises NotANumber with a sentence for users."""
    plain = trimmed(text)
    if WHOLE_NUMBER.fullmatch(plain):
        return int(plain)
    raise NotANumber(f'"{plain[:60]}" is not a whole number. Use digits only, such as "30".')


def without_groups(text: str) -> str:
    """Returns the cell without thousands separators, unless they could be decimal commas."""
    plain = trimmed(text)
    return plain.replace(",", "") if _GROUPED.fullmatch(plain) else text
