"""Compares names."""

import unicodedata

from common.texts import one_line


def key(name: str) -> str:
    """Returns an equal text for names that differ only in case, space, encoded accents or invisible characters."""
    return unicodedata.normalize("NFKC", one_line(name)).casefold()
