"""The exchange, one service's queues and their bindings. Declaring twice is harmless, so every worker does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from aio_pika import ExchangeType
from aio_pika.abc import AbstractChannel, AbstractQueue

from common.config import Settings
from common.handlers import Handler

DEFAULT_EXCHANGE = "evergreen.events"
UNLIMITED = 1_000_000_000
"""The broker's delivery limit counts lost connections: one for each message that was on its way, good or bad. What
fails is counted by the ladder in headers of our own, what ends its process by `suspects`. RabbitMQ 4 gives quorum
queues a limit of 20 unless told otherwise."""


@dataclass(frozen=True)
class Names:
    """What belongs to one service on one exchange; other exchanges than the usual one prefix their queues."""

    exchange: str
    queue: str
    dead: str
    retries: tuple[tuple[str, int], ...]
    """(queue, delay in milliseconds), in the order of the ladder."""

    @property
    def waiting(self) -> str:
        return f"{self.queue}.waiting"

    @classmethod
    def of(cls, settings: Settings) -> Self:
        prefix = "" if settings.exchange == DEFAULT_EXCHANGE else f"{settings.exchange}."
        queue = f"{prefix}{settings.service}.events"
        delays = ((f"{queue}.retry.{_label(delay)}", _milliseconds(delay)) for delay in settings.retry_delays)
        return cls(settings.exchange, queue, f"{queue}.dead", tuple(delays))


def patterns(handlers: Iterable[Handler]) -> list[str]:
    """Returns the distinct binding keys of the handlers."""
    return sorted({pattern for handler in handlers for pattern in handler.types})


async def declare_exchange(channel: AbstractChannel, names: Names) -> None:
    await channel.declare_exchange(names.exchange, ExchangeType.TOPIC, durable=True)


async def declare(channel: AbstractChannel, names: Names, keys: Iterable[str]) -> None:
    """Brings everything `names` lists into being and binds `keys`; raises when a queue exists with other arguments.

    AMQP cannot list bindings, so a key that is no longer wanted stays bound: its messages become dead letters whose
    reason names the type, and `unbind` takes the key away.
    """
    await declare_exchange(channel, names)
    await channel.declare_queue(names.dead, durable=True, arguments=_quorum({"x-delivery-limit": UNLIMITED}))
    for retry, delay in names.retries:
        await channel.declare_queue(
            retry, durable=True, arguments=_quorum(_dead_letter_to(names.queue), {"x-message-ttl": delay})
        )
    queue = await channel.declare_queue(
        names.queue,
        durable=True,
        arguments=_quorum(_dead_letter_to(names.dead), {"x-delivery-limit": UNLIMITED}),
    )
    for key in keys:
        await queue.bind(names.exchange, key)


async def declare_waiting(channel: AbstractChannel, names: Names) -> AbstractQueue:
    """Declares where messages wait while their queue is made anew."""
    return await channel.declare_queue(names.waiting, durable=True, arguments=_quorum({"x-delivery-limit": UNLIMITED}))


async def unbind(channel: AbstractChannel, names: Names, key: str) -> None:
    queue = await channel.get_queue(names.queue, ensure=False)
    await queue.unbind(names.exchange, key)


def _quorum(*parts: dict[str, Any]) -> dict[str, Any]:
    arguments: dict[str, Any] = {"x-queue-type": "quorum"}
    for part in parts:
        arguments |= part
    return arguments


def _dead_letter_to(queue: str) -> dict[str, Any]:
    """Returns arguments that dead-letter to `queue` at least once, which needs `reject-publish`."""
    return {
        "x-overflow": "reject-publish",
        "x-dead-letter-strategy": "at-least-once",
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": queue,
    }


def _milliseconds(delay: timedelta) -> int:
    return round(delay / timedelta(milliseconds=1))


def _label(delay: timedelta) -> str:
    """Returns 10s, 2m, 1h or 50ms: whole numbers of the largest unit, so that each delay has one queue name."""
    amount = _milliseconds(delay)
    for unit, size in (("h", 3_600_000), ("m", 60_000), ("s", 1000)):
        if amount and amount % size == 0:
            return f"{amount // size}{unit}"
    return f"{amount}ms"
