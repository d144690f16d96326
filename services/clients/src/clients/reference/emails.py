"""A list of addresses as somebody types or pastes it, judged address by address."""

from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError

from common import emails
from common.http import fields as own

MOST = 10


def check(text: str) -> Iterator[dict[str, Any]]:
    """Of each its place in order, the form it would be kept in, and what is wrong with it."""
    seen: set[str] = set()
    for written, address in emails.split(text):
        try:
            email = own.Email().deserialize(address)
        except ValidationError as error:
            yield {"text": written, "email": None, "valid": False, "duplicate": False, "error": error.messages[0]}
            continue
        assert email is not None
        key = emails.key(email)
        yield {"text": written, "email": email, "valid": True, "duplicate": key in seen, "error": None}
        seen.add(key)
