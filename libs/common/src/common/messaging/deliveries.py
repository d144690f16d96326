"""One message as it came from the broker, and what became of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Self
from uuid import UUID

from aiormq.abc import DeliveredMessage

from common.events import Envelope

ATTEMPTS = "x-attempts"
FIRST_FAILURE = "x-first-failure"
LAST_FAILURE = "x-last-failure"
REASON = "x-reason"
EXCEPTION = "x-exception"
OWN = (ATTEMPTS, FIRST_FAILURE, LAST_FAILURE, REASON, EXCEPTION)


@dataclass(frozen=True, slots=True)
class Delivery:
    tag: int
    body: bytes
    headers: dict[str, Any]
    message_id: str
    """The event's id; for a message that has none, a digest of its body, so that people can name it."""
    type: str
    correlation_id: str | None
    content_type: str
    redelivered: bool = False

    @classmethod
    def of(cls, message: DeliveredMessage) -> Self:
        properties = message.header.properties
        return cls(
            tag=message.delivery_tag or 0,
            body=message.body,
            headers=dict(properties.headers or {}),
            message_id=properties.message_id or hashlib.sha256(message.body).hexdigest()[:32],
            type=properties.message_type or message.routing_key or "",
            correlation_id=properties.correlation_id,
            content_type=properties.content_type or "application/octet-stream",
            redelivered=bool(message.redelivered),
        )

    @property
    def attempts(self) -> int:
        """Returns the number of failed attempts."""
        value = self.headers.get(ATTEMPTS, 0)
        return value if isinstance(value, int) else 0

    @property
    def own_headers(self) -> dict[str, Any]:
        """Returns the service's own headers, without the broker's."""
        return {name: self.headers[name] for name in OWN if name in self.headers}

    @property
    def returned(self) -> int:
        """Returns how often a lost connection returned the message. At most 1 if the broker does not count."""
        counts = (self.headers.get(name) for name in ("x-delivery-count", "x-acquired-count"))
        return max((count for count in counts if isinstance(count, int)), default=int(self.redelivered))


class Result(Enum):
    HANDLED = "handled"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    """May go better next time."""
    HOPELESS = "hopeless"
    """Can never be understood."""


@dataclass(frozen=True, slots=True)
class Outcome:
    delivery: Delivery
    result: Result
    envelope: Envelope | None = None
    error: BaseException | None = None

    @property
    def type(self) -> str:
        return self.envelope.type if self.envelope else "unreadable"


def event_id(outcome: Outcome) -> UUID | str:
    return outcome.envelope.id if outcome.envelope else outcome.delivery.message_id


def instant(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
