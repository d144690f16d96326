"""Normalizes texts from keyboards and clipboards."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""Joiners, which are part of the spelling between letters (Persian, emoji) but not at an end of a text."""
_UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_WITHOUT_UNSEEN = str.maketrans("", "", _UNSEEN)
_WHITE = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)))) + (
    "\u2028\u2029\u202f\u205f\u3000"
)


def trimmed(text: str) -> str:
    """Returns the text with composed accents (NFC) and without white space and invisible characters at its ends."""
    return unicodedata.normalize("NFC", text).strip(_WHITE + _UNSEEN + _JOINERS)


def one_line(name: str) -> str:
    """Returns a name with single spaces and without invisible characters, so that "Remote  Support" is
    "Remote Support"."""
    return trimmed(" ".join(name.translate(_WITHOUT_UNSEEN).split()))


MARKS = (
    r"[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u0652"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Accents, Hebrew and Arabic points, without the marks of Indian and Japanese scripts that form other letters."""
LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ĸ": "k", "ŋ": "n", "ƀ": "b", "ɓ": "b",
    "ƈ": "c", "ɖ": "d", "ɗ": "d", "ǝ": "e", "ə": "e", "ɛ": "e", "ƒ": "f", "ǥ": "g", "ɠ": "g", "ɨ": "i", "ƙ": "k",
    "ƚ": "l", "ɲ": "n", "ƞ": "n", "ɵ": "o", "ɔ": "o", "ƥ": "p", "ʉ": "u", "ʋ": "v", "ƴ": "y", "ƶ": "z", "ȥ": "z",
    "ⱥ": "a", "ȼ": "c", "ɇ": "e", "ɉ": "j", "ɍ": "r", "ⱦ": "t", "ɏ": "y", "ⱡ": "l", "ꞓ": "c", "ς": "σ",
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
}  # fmt: skip
"""Letters that Unicode does not decompose into a letter and an accent."""
PAIRS = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
_MARKS = re.compile(MARKS)
_FOLDED = str.maketrans(LETTERS | PAIRS)


def folded(text: str) -> str:
    """Returns the text as it is searched and compared: lower case, without accents, "Łódź" as "lodz".

    `common.searching` has the same as a function of the database.
    """
    lower = unicodedata.normalize("NFKD", text).lower()
    plain = unicodedata.normalize("NFC", _MARKS.sub("", lower).translate(_FOLDED))
    return " ".join(plain.split())
