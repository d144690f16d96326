"""Gives a queue that exists new arguments, which a broker never changes: its messages wait elsewhere meanwhile."""

from collections.abc import Iterable

import structlog
from aio_pika.abc import AbstractConnection
from aiormq.abc import AbstractChannel
from aiormq.exceptions import ChannelNotFoundEntity, ChannelPreconditionFailed

from common.messaging import topology
from common.messaging.deliveries import Delivery
from common.messaging.ladder import copy
from common.messaging.publisher import Publisher
from common.messaging.topology import Names

log = structlog.get_logger(__name__)

PORTION = 200


async def declare(connection: AbstractConnection, publisher: Publisher, names: Names, keys: Iterable[str]) -> None:
    """Declares what `names` lists. A queue left by an earlier release is emptied, deleted and made anew first.

    Broken off anywhere, it is finished by the next start. An event may come twice, which every inbox absorbs.
    """
    keys = list(keys)
    try:
        async with connection.channel(publisher_confirms=False) as channel:
            await topology.declare(channel, names, keys)
    except ChannelPreconditionFailed:
        await _replace(connection, publisher, names, keys)
    await _bring_back(connection, publisher, names, keys)


async def _replace(connection: AbstractConnection, publisher: Publisher, names: Names, keys: list[str]) -> None:
    async with connection.channel(publisher_confirms=False) as channel:
        waiting = await topology.declare_waiting(channel, names)
        for key in keys:
            await waiting.bind(names.exchange, key)
        old = await channel.declare_queue(names.queue, passive=True)
        if old.declaration_result.consumer_count:
            raise RuntimeError(f"{names.queue} has arguments of an earlier release and is in use: stop its workers")
        moved = await _move(await channel.get_underlay_channel(), publisher, names.queue, names.waiting)
        await channel.queue_delete(names.queue)
        log.info("queue_replaced", queue=names.queue, moved=moved)
        await topology.declare(channel, names, keys)


async def _bring_back(connection: AbstractConnection, publisher: Publisher, names: Names, keys: list[str]) -> None:
    try:
        async with connection.channel(publisher_confirms=False) as channel:
            waiting = await channel.declare_queue(names.waiting, passive=True)
            for key in keys:
                await waiting.unbind(names.exchange, key)
            await _move(await channel.get_underlay_channel(), publisher, names.waiting, names.queue)
            await channel.queue_delete(names.waiting)
    except ChannelNotFoundEntity:
        return  # as nearly always: nothing was moved


async def _move(channel: AbstractChannel, publisher: Publisher, source: str, target: str) -> int:
    """Acknowledges a message only once the broker has its copy."""
    moved = 0
    while True:
        portion: list[Delivery] = []
        while len(portion) < PORTION and (message := await channel.basic_get(source)).delivery_tag is not None:
            portion.append(Delivery.of(message))
        if not portion:
            return moved
        copies = [copy(delivery, target, delivery.own_headers) for delivery in portion]
        for error in await publisher.publish(copies):
            if error is not None:
                raise error
        await channel.basic_ack(portion[-1].tag, multiple=True)
        moved += len(portion)
