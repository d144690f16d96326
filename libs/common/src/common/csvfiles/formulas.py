"""Escapes cells that a spreadsheet program would read as formulas, so that they can be restored.

Existing libraries also change other characters or do not escape escaped cells, so that a file would differ when it is
read again.
"""

import re

_DANGEROUS = re.compile("'*[=+\\-@|%\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*")


def escaped(text: str) -> str:
    """Returns the text with a leading `'` if it looks like a formula or an escaped one; numbers are unchanged."""
    return f"'{text}" if _DANGEROUS.match(text) and not _NUMBER.fullmatch(text) else text


def restored(text: str) -> str:
    """Returns the text before `escaped`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
