"""The search text of a row and the condition that searches it; both are folded in the same way.

Texts are lower case without accents. A phone number is stored as two strings of digits, the international and the
national form, so that any notation of it matches.
"""

import re
from collections.abc import Callable, Iterator

import phonenumbers
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from common.searching import words as words_of
from common.texts import folded

_NUMBER = re.compile(r"[0-9+()./\-\s]*[0-9][0-9+()./\-\s]*")
_FROM_ABROAD = ("00", "011")
FEWEST_DIGITS = 3


def words(*texts: str | None) -> str:
    """Returns the folded texts, one per line."""
    return "\n".join(folded(text) for text in texts if text)


def phone_words(*numbers: str | None) -> str:
    """Returns the digits of E.164 numbers, one per line: "+442079460958" as "442079460958" and "02079460958"."""
    return "\n".join(digits for number in numbers if number for digits in _forms(number))


def join(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def matching(q: str, has: Callable[[str], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Returns the condition that a row `has` every word of `q`; or, if `q` is a phone number, its digits."""
    all_words = and_(True, *(has(word) for word in words_of(q)))
    return or_(all_words, *(has(digits) for digits in _digits(q)))


def occurs(column: InstrumentedAttribute[str]) -> Callable[[str], ColumnElement[bool]]:
    return lambda word: column.contains(word, autoescape=True)


def _forms(number: str) -> Iterator[str]:
    yield number.lstrip("+")
    parsed = phonenumbers.parse(number)
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    yield re.sub(r"\D", "", national)


def _digits(q: str) -> Iterator[str]:
    if not _NUMBER.fullmatch(q):
        return
    digits = re.sub(r"\D", "", q.replace("(0)", ""))
    if len(digits) < FEWEST_DIGITS:
        return
    yield digits
    yield from (digits.removeprefix(prefix) for prefix in _FROM_ABROAD if digits.startswith(prefix))
