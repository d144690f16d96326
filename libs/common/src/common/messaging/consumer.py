"""The asynchronous half of consuming: take what waits, have it handled in a thread, then acknowledge it."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import structlog
from aio_pika.abc import AbstractConnection
from aiormq.abc import AbstractChannel, DeliveredMessage

from common import metrics
from common.app import App
from common.clock import now
from common.failures import DatabaseAway
from common.messaging import moving, topology
from common.messaging.batches import Batches
from common.messaging.connections import FIRST_PAUSE, LONGEST_PAUSE, connect_broker, keep_running, pause
from common.messaging.deliveries import Delivery, Outcome, Result, event_id
from common.messaging.ladder import Ladder, reason_of
from common.messaging.publisher import Outgoing, Publisher
from common.messaging.suspects import SUSPICIOUS

log = structlog.get_logger(__name__)

T = TypeVar("T")
GATHER = 0.25
"""Seconds in which a window of messages that came back arrives."""
CHECK_EVERY = 5.0
"""Seconds between questions to the broker whether it still knows us as a consumer."""


class Lost(ConnectionError):
    """The broker no longer delivers to us."""


class Consumer:
    name = "consumer"

    def __init__(self, app: App) -> None:
        self._settings = app.settings
        self._names = topology.Names.of(app.settings)
        self._keys = topology.patterns(app.handlers)
        self._batches = Batches(app)
        self._ladder = Ladder(self._names)
        self.problem: str | None = "starting"

    async def run(self, stop: asyncio.Event) -> None:
        await keep_running(self.name, stop, lambda: self._session(stop), self._failed)

    def _failed(self, problem: str) -> None:
        self.problem = problem

    async def _session(self, stop: asyncio.Event) -> None:
        async with Publisher(self._settings, "consumer retries") as publisher:
            connection = await connect_broker(self._settings, "consumer")
            async with connection:
                await moving.declare(connection, publisher, self._names, self._keys)
                channel = await connection.channel(publisher_confirms=False)
                await channel.set_qos(prefetch_count=self._settings.prefetch)
                session = Session(self, connection, await channel.get_underlay_channel(), publisher)
                await session.consume(self._names.queue, self._settings.prefetch, stop)

    async def order(
        self, suspects: Sequence[Delivery], session: "Session", stop: asyncio.Event
    ) -> Sequence[Delivery] | None:
        return await self._ask(self._batches.fewest_attempts_first, suspects, session, stop)

    async def handle(
        self, deliveries: Sequence[Delivery], session: "Session", stop: asyncio.Event, *, alone: bool = False
    ) -> bool:
        """Handles a batch to the end; False when told to stop, or cut off, while the database was away."""
        settle = self._batches.settle_alone if alone else self._batches.settle
        outcomes = await self._ask(settle, deliveries, session, stop)
        if outcomes is None:
            return False
        metrics.BATCH_SIZE.observe(len(deliveries))
        moved = [self._ladder.next(o) for o in outcomes if o.result in (Result.FAILED, Result.HOPELESS)]
        if moved and not await self._move(moved, session, stop):
            return False
        for outcome in outcomes:
            self._report(outcome)
        return True

    async def _ask(
        self,
        work: Callable[[Sequence[Delivery]], list[T]],
        deliveries: Sequence[Delivery],
        session: "Session",
        stop: asyncio.Event,
    ) -> list[T] | None:
        """Runs `work` in a thread, again while the database is away; None when told to stop, or cut off, before."""
        wait = FIRST_PAUSE
        while True:
            try:
                result = await asyncio.to_thread(work, deliveries)
            except DatabaseAway as error:
                self.problem = f"database: {error}"
                log.warning("consumer_waits_for_database", waiting=len(deliveries), pause=wait)
                if await pause(stop, wait) or session.lost:
                    return None
                wait = min(wait * 2, LONGEST_PAUSE)
            else:
                self.problem = None
                return result

    async def _move(self, messages: list[Outgoing], session: "Session", stop: asyncio.Event) -> bool:
        """Hands failed messages to their next queue; only then may the originals be acknowledged."""
        wait = FIRST_PAUSE
        while messages:
            try:
                errors = await session.publisher.publish(messages)
                messages = [message for message, error in zip(messages, errors, strict=True) if error is not None]
                problem = str(next((error for error in errors if error is not None), ""))
            except Exception as error:  # the broker is away: the next round connects again
                problem = f"{type(error).__name__}: {error}"
            if not messages:
                break
            self.problem = f"retry queues: {problem}"
            log.warning("consumer_waits_for_broker", waiting=len(messages), problem=problem)
            if await pause(stop, wait) or session.lost:
                return False
            wait = min(wait * 2, LONGEST_PAUSE)
        self.problem = None
        return True

    def _report(self, outcome: Outcome) -> None:
        line: dict[str, Any] = {"event_id": str(event_id(outcome)), "event_type": outcome.type}
        if outcome.envelope is not None:
            line |= {"correlation_id": outcome.envelope.correlation_id, "actor": outcome.envelope.actor}
        if outcome.result in (Result.FAILED, Result.HOPELESS):
            queue = self._ladder.queue_for(outcome)
            fate = "dead" if queue == self._names.dead else "retried"
            line |= {"queue": queue, "attempts": outcome.delivery.attempts + 1}
            line["reason"] = reason_of(outcome)
            # A message nobody could read says all in its reason; where a handler failed matters.
            trace = outcome.error if outcome.result is Result.FAILED else None
            level = log.error if fate == "dead" else log.warning
            level(f"event_{fate}", **line, exc_info=trace)
        else:
            fate = outcome.result.value
            if outcome.envelope is not None and outcome.result is Result.HANDLED:
                metrics.EVENT_LAG.labels(outcome.type).observe((now() - outcome.envelope.time).total_seconds())
            log.info(f"event_{fate}", **line)
        metrics.EVENTS.labels(outcome.type, fate).inc()


class Session:
    """One connection's worth of consuming. Deliveries are taken in order and settled in order."""

    def __init__(
        self, consumer: Consumer, connection: AbstractConnection, channel: AbstractChannel, publisher: Publisher
    ) -> None:
        self._consumer = consumer
        self._connection = connection
        self._channel = channel
        self._waiting: deque[DeliveredMessage] = deque()
        self._wake = asyncio.Event()
        self._forgotten = False
        self.publisher = publisher
        channel.closing.add_done_callback(lambda _: self._wake.set())
        channel.on_consumer_cancel_callbacks.add(self._on_cancel)

    @property
    def lost(self) -> bool:
        return self._forgotten or self._channel.is_closed

    def _on_cancel(self, _: object) -> None:
        self._forgotten = True
        self._wake.set()

    async def _on_message(self, message: DeliveredMessage) -> None:
        self._waiting.append(message)
        self._wake.set()

    async def consume(self, queue: str, prefetch: int, stop: asyncio.Event) -> None:
        """Consumes until `stop` is set. Raises Lost when the broker stops delivering."""
        helpers = [asyncio.ensure_future(self._wake_at(stop)), asyncio.ensure_future(self._check_regularly(queue))]
        try:
            ok = await self._channel.basic_consume(queue, self._on_message, timeout=10)
            self._consumer.problem = None
            log.info("consumer_started", queue=queue)
            while not stop.is_set():
                if self.lost:
                    raise Lost("the broker closed the channel or cancelled the consumer")
                if self._waiting:
                    await self._take(prefetch, stop)
                else:
                    self._wake.clear()
                    await self._wake.wait()
            if not self.lost:
                await self._channel.basic_cancel(ok.consumer_tag or "", timeout=5)
            log.info("consumer_stopped", returned=len(self._waiting))
        finally:
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)

    async def _take(self, limit: int, stop: asyncio.Event) -> None:
        deliveries = self._next(limit)
        if any(delivery.returned >= SUSPICIOUS for delivery in deliveries):
            # The first of a window that is on its way: the others are to be there before one of them is tried.
            await pause(stop, GATHER)
            await self._take_with_care([*deliveries, *self._next(limit - len(deliveries))], stop)
            return
        settled = await self._consumer.handle(deliveries, self, stop)
        if settled and not self.lost:
            # All before the last are settled too, as batches go one after the other in order of delivery.
            await self._channel.basic_ack(deliveries[-1].tag, multiple=True)

    def _next(self, limit: int) -> list[Delivery]:
        return [Delivery.of(self._waiting.popleft()) for _ in range(min(limit, len(self._waiting)))]

    async def _take_with_care(self, deliveries: Sequence[Delivery], stop: asyncio.Event) -> None:
        """Handles new deliveries together, then suspects one by one, and acknowledges each before the next."""
        fresh = [delivery for delivery in deliveries if delivery.returned < SUSPICIOUS]
        if fresh and not await self._settle(fresh, stop):
            return
        suspects = [delivery for delivery in deliveries if delivery.returned >= SUSPICIOUS]
        log.warning("consumer_handles_singly", waiting=len(suspects))
        for delivery in await self._consumer.order(suspects, self, stop) or ():
            if stop.is_set() or not await self._settle([delivery], stop, alone=True):
                return

    async def _settle(self, deliveries: Sequence[Delivery], stop: asyncio.Event, *, alone: bool = False) -> bool:
        if not await self._consumer.handle(deliveries, self, stop, alone=alone) or self.lost:
            return False
        for delivery in deliveries:
            await self._channel.basic_ack(delivery.tag)
        return True

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    async def _check_regularly(self, queue: str) -> None:
        """Checks that the broker still knows the consumer: a forgotten one only looks idle from here."""
        while not self.lost:
            await asyncio.sleep(CHECK_EVERY)
            try:
                async with self._connection.channel(publisher_confirms=False) as channel:
                    declared = await channel.declare_queue(queue, passive=True, timeout=CHECK_EVERY)
                known = bool(declared.declaration_result.consumer_count)
            except Exception as error:
                log.warning("consumer_check_failed", queue=queue, error=f"{type(error).__name__}: {error}")
                known = False
            if not known:
                self._on_cancel(None)
