"""When two names are the same name."""

import unicodedata

from common.texts import one_line


def key(name: str) -> str:
    """Equal for names that differ only in case, white space, how an accent is encoded, or what nobody sees."""
    return unicodedata.normalize("NFKC", one_line(name)).casefold()
