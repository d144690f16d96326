"""Checks a list of email addresses that was typed or pasted."""

from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError

from common import emails
from common import fields as own

MOST = 10


def check(text: str) -> Iterator[dict[str, Any]]:
    """Yields each address in order with its stored form, whether it is valid or a duplicate, and its error."""
    seen: set[str] = set()
    for entry, address in emails.split(text):
        try:
            email = own.Email().deserialize(address)
        except ValidationError as error:
            yield {"text": entry, "email": None, "valid": False, "duplicate": False, "error": error.messages[0]}
            continue
        assert email is not None
        key = emails.key(email)
        yield {"text": entry, "email": email, "valid": True, "duplicate": key in seen, "error": None}
        seen.add(key)
