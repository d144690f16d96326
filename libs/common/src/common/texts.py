"""Texts as people mean them, however their keyboard or clipboard wrote them."""

import unicodedata

_JOINERS = "\u200c\u200d"
"""Between letters they belong to the spelling, as in Persian, or make one emoji of several; not at an end."""
_UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_WITHOUT_UNSEEN = str.maketrans("", "", _UNSEEN)
_WHITE = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)))) + (
    "\u2028\u2029\u202f\u205f\u3000"
)


def trimmed(text: str) -> str:
    """Composed accents (NFC), and nothing at either end that nobody sees."""
    return unicodedata.normalize("NFC", text).strip(_WHITE + _UNSEEN + _JOINERS)


def one_line(name: str) -> str:
    """A name with its runs of white space folded and without what nobody sees, so that "Remote  Support" is no second
    "Remote Support"."""
    return trimmed(" ".join(name.translate(_WITHOUT_UNSEEN).split()))
