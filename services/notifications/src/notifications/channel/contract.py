"""What a channel (email today) promises to the sender of deliveries, and how it says what went wrong."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from notifications.config import Settings
from notifications.delivery.models import Delivery


class Temporary(Exception):
    """Not now; the same message may well go through later."""


class Unreachable(Temporary):
    """The provider itself is away, which says nothing about this message: no use trying the next one now."""


class Permanent(Exception):
    """Never: the provider will refuse this message however often it is offered."""


@dataclass(frozen=True)
class Receipt:
    """`remark`: what a person should know although it was taken, such as a Cc address that was refused."""

    provider_message_id: str | None = None
    remark: str | None = None


class Provider(Protocol):
    def send(self, delivery: Delivery) -> Receipt:
        """Hands over one delivery with its content loaded; raises Temporary, Unreachable or Permanent."""
        ...


class Channel(Protocol):
    name: str

    def open(self, settings: Settings) -> AbstractContextManager[Provider]:
        """A provider for a portion of deliveries. Must not raise when it is away: `send` does."""
        ...
