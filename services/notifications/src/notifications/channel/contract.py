"""The interface of a channel (email today) and its errors."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from common.organisation.settings import Organisation
from notifications.config import Settings
from notifications.delivery.models import Delivery


class Temporary(Exception):
    """A temporary failure; the same message may succeed later."""


class Unreachable(Temporary):
    """The provider is down, regardless of the message; sending the next message is pointless now."""


class Permanent(Exception):
    """A permanent failure; the provider will always refuse this message."""


@dataclass(frozen=True)
class Receipt:
    """An accepted message. `remark` is a note for staff, such as a refused CC address."""

    provider_message_id: str | None = None
    remark: str | None = None


class Provider(Protocol):
    def send(self, delivery: Delivery, attached: Sequence[bytes], sender: Organisation) -> Receipt:
        """Sends one delivery with its content loaded, and the bytes of its attachments in their order.

        Raises Temporary, Unreachable or Permanent.
        """
        ...


class Channel(Protocol):
    name: str

    def open(self, settings: Settings) -> AbstractContextManager[Provider]:
        """Opens a provider for a portion of deliveries. Does not raise if it is down; `send` does."""
        ...
