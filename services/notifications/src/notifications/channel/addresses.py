"""Address headers of a message that read back as the same addresses, whatever a name contains.

The standard library folds a long display name without its quotes, so that the text after a comma becomes
an address. Here a name is written as plain words, as a quoted string or as encoded words. A quoted string is
never folded, because some parsers fail inside it.
"""

import base64
import re
from collections.abc import Iterable, Sequence
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, EmailPolicy, Policy
from typing import Any

from common import emails

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
_UNPAIRED = re.compile(r"[\ud800-\udfff]")
LONGEST_LINE = 250
_WORDS = re.compile(r"[A-Za-z0-9!#$%&'*+/^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/^_`{|}~-]+)*")
_PRINTABLE = re.compile(r"[ -~]+")
_ENCODED_BYTES = 42
"""Bytes of UTF-8 in one encoded word, which has at most 75 characters."""


def one_line(text: str) -> str:
    """Returns text without line breaks and control characters, so that it cannot start a header."""
    return _BREAKS.sub(" ", _UNPAIRED.sub("\ufffd", text)).strip()[:LONGEST_LINE].strip()


def mailbox(name: str, address: str) -> Address:
    """Returns the address. Raises ValueError for a domain that IDNA refuses."""
    local, _, domain = emails.to_ascii(address).rpartition("@")
    return Address(display_name=one_line(name), username=local, domain=domain)


def written(addresses: Iterable[Address]) -> str:
    """Returns the header's value, folded."""
    return ",\r\n ".join(_written(address) for address in addresses)


def _written(address: Address) -> str:
    phrase = _phrase(address.display_name)
    if not phrase:
        return address.addr_spec
    between = "\r\n " if len(phrase.rpartition("\n")[2]) + len(address.addr_spec) > 70 else " "
    return f"{phrase}{between}<{address.addr_spec}>"


def _phrase(name: str) -> str:
    if _PRINTABLE.fullmatch(name) and "=?" not in name:
        escaped = re.sub(r'([\\"])', r"\\\1", name)
        return name if _WORDS.fullmatch(name) else f'"{escaped}"'
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(part).decode()}?=" for part in _parts(name))


def _parts(name: str) -> Iterable[bytes]:
    """Returns the name's UTF-8 in portions for encoded words, without splitting a character."""
    part = b""
    for character in name:
        encoded = character.encode()
        if len(part) + len(encoded) > _ENCODED_BYTES:
            yield part
            part = b""
        part += encoded
    if part:
        yield part


class _Written(BaseHeader):
    """An address header that `written` folds; created from addresses, never from text."""

    max_count = 1

    @classmethod
    def parse(cls, value: Any, kwds: dict[str, Any]) -> None:
        addresses = list(value)
        kwds |= {"addresses": addresses, "defects": [], "parse_tree": None, "decoded": ", ".join(map(str, addresses))}

    def init(self, name: str, *, parse_tree: Any, defects: Any, addresses: Sequence[Address] = ()) -> None:
        super().init(name, parse_tree=parse_tree, defects=defects)
        self._addresses = addresses

    def fold(self, *, policy: "Policy[Any]") -> str:
        return f"{self.name}: {written(self._addresses)}{policy.linesep}"


def policy(*, utf8: bool) -> "EmailPolicy[EmailMessage]":
    """Returns SMTP's policy with address headers that keep every address whole."""
    registry = HeaderRegistry()
    for name in ("from", "to", "cc", "reply-to"):
        registry.map_to_type(name, _Written)
    return (SMTPUTF8 if utf8 else SMTP).clone(header_factory=registry)
