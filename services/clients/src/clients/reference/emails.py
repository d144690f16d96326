"""A list of addresses as somebody types it, judged address by address."""

import re
from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError

from common.http import fields as own

SEPARATORS = re.compile(r"[,;\n]")
MOST = 10


def split(text: str) -> list[str]:
    """The addresses in a text that separates them by commas, semicolons or lines."""
    return [part for part in SEPARATORS.split(text) if part.strip()]


def check(text: str) -> Iterator[dict[str, Any]]:
    """Of each its place in order, the form it would be kept in, and what is wrong with it."""
    seen: set[str] = set()
    for part in split(text):
        try:
            email = own.Email().deserialize(part)
        except ValidationError as error:
            yield {"text": part.strip(), "email": None, "valid": False, "duplicate": False, "error": error.messages[0]}
            continue
        assert email is not None
        duplicate = email.casefold() in seen
        seen.add(email.casefold())
        yield {"text": part.strip(), "email": email, "valid": True, "duplicate": duplicate, "error": None}
