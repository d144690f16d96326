"""Publishing with confirms, many at a time, over a connection used for nothing else."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self, cast

from aio_pika.abc import AbstractConnection
from aiormq.channel import Channel
from pamqp.commands import Basic

from common.clock import now
from common.config import Settings
from common.events import CONTENT_TYPE
from common.messaging import topology
from common.messaging.connections import connect_broker

PERSISTENT = 2
CONFIRM_TIMEOUT = 30
"""Seconds. A broker that says nothing for so long is taken for lost; what it did take is then published twice."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`mandatory` messages that reach no queue come back as errors; events may have no listener yet."""

    body: bytes
    routing_key: str
    exchange: str = ""
    mandatory: bool = True
    message_id: str | None = None
    type: str | None = None
    correlation_id: str | None = None
    content_type: str = CONTENT_TYPE
    timestamp: datetime | None = None
    headers: dict[str, Any] = field(default_factory=dict)


class Publisher:
    """Connects when first used and again after a loss. Several tasks may publish at the same time."""

    def __init__(self, settings: Settings, purpose: str) -> None:
        self._settings = settings
        self._purpose = purpose
        self._connection: AbstractConnection | None = None
        self._channel: Channel | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        if connection is not None:
            await connection.close()

    async def ensure(self) -> Channel:
        """Returns the open channel. Raises when the broker cannot be reached."""
        async with self._opening:
            if self._channel is not None and not self._channel.is_closed:
                return self._channel
            await self.close()
            self._connection = await connect_broker(self._settings, self._purpose)
            channel = await self._connection.channel(publisher_confirms=True, on_return_raises=True)
            await topology.declare_exchange(channel, topology.Names.of(self._settings))
            # The layer below can send without waiting for each message's socket write, which is what pipelining needs.
            self._channel = cast(Channel, await channel.get_underlay_channel())
            return self._channel

    async def publish(self, messages: Sequence[Outgoing]) -> list[BaseException | None]:
        """Sends all, then waits for all confirms; one entry a message: None when the broker has it, else the error."""
        channel = await self.ensure()
        sends = [self._send(channel, message, last=message is messages[-1]) for message in messages]
        try:
            async with asyncio.timeout(CONFIRM_TIMEOUT):
                results = await asyncio.gather(*sends, return_exceptions=True)
        except TimeoutError:
            await self.close()
            raise
        return [result if isinstance(result, BaseException) else None for result in results]

    async def _send(self, channel: Channel, message: Outgoing, *, last: bool) -> None:
        # Only the last waits until the socket has drained: one pause a batch keeps the write buffer bounded.
        await channel.basic_publish(
            message.body,
            exchange=message.exchange,
            routing_key=message.routing_key,
            properties=self._properties(message),
            mandatory=message.mandatory,
            wait=last,
        )

    def _properties(self, message: Outgoing) -> Basic.Properties:
        return Basic.Properties(
            content_type=message.content_type,
            delivery_mode=PERSISTENT,
            message_id=message.message_id,
            message_type=message.type,
            correlation_id=message.correlation_id,
            timestamp=message.timestamp or now(),
            app_id=self._settings.service,
            headers=message.headers,
        )
