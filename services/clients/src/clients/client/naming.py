"""When two names are the same name."""

import unicodedata


def one_line(name: str) -> str:
    """The name with its runs of white space folded into single spaces."""
    return " ".join(name.split())


def key(name: str) -> str:
    """Equal for names that differ only in case, white space or how an accent is encoded."""
    return unicodedata.normalize("NFKC", one_line(name)).casefold()
