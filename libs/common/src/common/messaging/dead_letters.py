"""Looking at a service's dead letters, handling them again, dropping them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiormq.abc import AbstractChannel, DeliveredMessage

from common.config import Settings
from common.messaging.connections import connect_broker
from common.messaging.deliveries import EXCEPTION, FIRST_FAILURE, LAST_FAILURE, REASON, Delivery
from common.messaging.ladder import copy
from common.messaging.publisher import Publisher
from common.messaging.topology import Names

PORTION = 200
MOST_UNACKNOWLEDGED = 65_535
"""The protocol's largest prefetch; looking for one message works among that many."""
QUIET_FOR = 3
"""Seconds without a delivery after which somebody else must have taken the rest."""


@dataclass(frozen=True)
class DeadLetter:
    id: str
    type: str
    reason: str
    exception: str
    attempts: int
    first_failure: str
    last_failure: str
    size: int
    body: bytes

    @classmethod
    def of(cls, delivery: Delivery) -> "DeadLetter":
        headers = delivery.headers
        return cls(
            id=delivery.message_id,
            type=delivery.type,
            reason=str(headers.get(REASON) or _reason_of_broker(headers)),
            exception=str(headers.get(EXCEPTION, "")),
            attempts=delivery.attempts,
            first_failure=str(headers.get(FIRST_FAILURE, "")),
            last_failure=str(headers.get(LAST_FAILURE, "")),
            size=len(delivery.body),
            body=delivery.body,
        )


class DeadLetters:
    """Works on the live queue: what is looked at is put back, what is replayed is acknowledged only afterwards."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._names = Names.of(settings)

    async def oldest(self, limit: int) -> list[DeadLetter]:
        """Returns the oldest `limit` dead letters and leaves them in the queue."""
        async with self._queue() as (channel, count):
            return [DeadLetter.of(delivery) async for delivery in _read(channel, self._names.dead, min(limit, count))]

    async def replay(self, wanted: Callable[[Delivery], bool]) -> int:
        """Moves the `wanted` messages to the service's queue without their attempts and returns their number.

        An event that was handled meanwhile has no second effect.
        """
        return await self._take(wanted, to=self._names.queue)

    async def drop(self, wanted: Callable[[Delivery], bool]) -> int:
        return await self._take(wanted, to=None)

    async def _take(self, wanted: Callable[[Delivery], bool], to: str | None) -> int:
        taken = 0
        async with self._queue() as (channel, count), Publisher(self._settings, "dead letters") as publisher:
            portion: list[Delivery] = []
            async for delivery in _read(channel, self._names.dead, count):
                if wanted(delivery):
                    portion.append(delivery)
                    if len(portion) == PORTION:
                        taken += await self._settle(channel, publisher, portion, to)
                        portion = []
            taken += await self._settle(channel, publisher, portion, to)
        return taken

    async def _settle(
        self, channel: AbstractChannel, publisher: Publisher, portion: list[Delivery], to: str | None
    ) -> int:
        errors: list[BaseException | None] = [None] * len(portion)
        if to is not None and portion:
            errors = await publisher.publish([copy(delivery, to, {}) for delivery in portion])
        done = [delivery for delivery, error in zip(portion, errors, strict=True) if error is None]
        for delivery in done:
            await channel.basic_ack(delivery.tag, wait=False)
        for error in errors:
            if error is not None:
                raise error
        return len(done)

    @asynccontextmanager
    async def _queue(self) -> AsyncIterator[tuple[AbstractChannel, int]]:
        """Yields a channel and the number of messages. At the end, unacknowledged messages return to the queue."""
        async with await connect_broker(self._settings, "dead letters") as connection:
            channel = await (await connection.channel(publisher_confirms=False)).get_underlay_channel()
            declared = await channel.queue_declare(self._names.dead, passive=True)
            yield channel, declared.message_count or 0
            await channel.close()


async def _read(channel: AbstractChannel, queue: str, count: int) -> AsyncIterator[Delivery]:
    """Yields the first `count` messages unacknowledged, or fewer when another reader takes some."""
    arrived: asyncio.Queue[DeliveredMessage] = asyncio.Queue()
    await channel.basic_qos(prefetch_count=min(count, MOST_UNACKNOWLEDGED))
    # With a prefetch of 0, which would mean no limit, nothing is asked for: there is nothing there.
    if count:
        await channel.basic_consume(queue, arrived.put)
    for _ in range(count):
        try:
            async with asyncio.timeout(QUIET_FOR):
                message = await arrived.get()
        except TimeoutError:
            return
        yield Delivery.of(message)


def everything(_: Delivery) -> bool:
    return True


def named(identifier: str) -> Callable[[Delivery], bool]:
    return lambda delivery: delivery.message_id == identifier


def _reason_of_broker(headers: dict[str, Any]) -> str:
    """Messages the broker itself gave up on carry its own account."""
    deaths = headers.get("x-death") or [{}]
    return f"given up by the broker: {deaths[0].get('reason', 'unknown')}"
