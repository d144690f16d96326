"""Links that let a person without an account do one thing. They expire, and only the services can make them.

A link names its purpose, a row and the last moment it is valid, and is signed with `LINK_KEY`. So an event names the
row alone, and the service that sends the email makes the link.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from common.config import Settings
from common.errors import Gone, NotFound, Unavailable

_T = TypeVar("_T")
_TIME_BYTES, _MAC_BYTES = 8, 16
_LENGTH = 16 + _TIME_BYTES + _MAC_BYTES
WRONG = "This link is not valid. Open it from the email again, or ask for a new one."


def token_of(settings: Settings, purpose: str, row_id: UUID, valid_until: datetime) -> str:
    """Returns the link's token, which is safe in a URL. Raises Unavailable without a LINK_KEY."""
    payload = row_id.bytes + int(valid_until.timestamp()).to_bytes(_TIME_BYTES)
    return urlsafe_b64encode(payload + _mac(settings, purpose, payload)).decode().rstrip("=")


def opened(settings: Settings, purpose: str, token: str, now: datetime) -> UUID:
    """Returns the row of a token. Raises NotFound for a forged one and Gone for an expired one."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (Error, ValueError) as error:
        raise NotFound(WRONG) from error
    payload, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    if len(raw) != _LENGTH or not hmac.compare_digest(mac, _mac(settings, purpose, payload)):
        raise NotFound(WRONG)
    valid_until = datetime.fromtimestamp(int.from_bytes(payload[16:]), UTC)
    if valid_until < now:
        raise Gone(f"This link expired on {valid_until:%-d %B %Y}. Ask for a new one.")
    return UUID(bytes=payload[:16])


def existing(row: _T | None) -> _T:
    """Returns the row of a link. Raises NotFound if it was deleted meanwhile."""
    if row is None:
        raise NotFound(WRONG)
    return row


def _mac(settings: Settings, purpose: str, payload: bytes) -> bytes:
    if not settings.link_key:
        raise Unavailable("Links in emails need the setting LINK_KEY. Ask your administrator to set it.")
    return hmac.digest(settings.link_key.encode(), purpose.encode() + b"\0" + payload, "sha256")[:_MAC_BYTES]
