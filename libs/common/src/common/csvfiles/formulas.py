"""Cells that a spreadsheet would take for a formula, made harmless so that they can be told and undone.

Own lines instead of a library's: those that exist also change other characters or do not escape what is escaped
already, so that a file read back would differ from what was written.
"""

import re

_DANGEROUS = re.compile("'*[=+\\-@|%\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*")


def escaped(text: str) -> str:
    """With `'` in front if it looks like a formula, or like one so escaped; plain numbers stay numbers."""
    return f"'{text}" if _DANGEROUS.match(text) and not _NUMBER.fullmatch(text) else text


def restored(text: str) -> str:
    """What `escaped` was given."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
