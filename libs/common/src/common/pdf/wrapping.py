"""Breaks words that are too long for a line and would overlap the amounts."""

import re
import unicodedata
from itertools import pairwise
from typing import Any

LONGEST = 22.0
"""In widths of a capital W: slightly less than the narrowest text column."""
BREAK = "\u200b"
_WORD = re.compile(r"\S+")
_WIDE = frozenset("WMmw@%")
_FIRST_JOINED = 0x0590
"""From Hebrew on, letters may join, so nothing is inserted between them. Chinese breaks by itself."""


def breakable(value: Any) -> Any:
    """Returns the texts in nested dicts and lists with break opportunities in long words."""
    if isinstance(value, str):
        return _WORD.sub(lambda word: _softened(word[0]), value)
    if isinstance(value, dict):
        return {key: breakable(each) for key, each in value.items()}
    return [breakable(each) for each in value] if isinstance(value, list) else value


def _softened(word: str) -> str:
    if sum(map(_width, word)) <= LONGEST:
        return word
    rest = (f"{BREAK}{after}" if _may_break(before, after) else after for before, after in pairwise(word))
    return word[0] + "".join(rest)


def _may_break(before: str, after: str) -> bool:
    return max(before, after) < chr(_FIRST_JOINED) and not unicodedata.combining(after)


def _width(character: str) -> float:
    if character in _WIDE or character.isupper():
        return 1.0
    return 0.0 if ord(character) >= _FIRST_JOINED else 0.6
