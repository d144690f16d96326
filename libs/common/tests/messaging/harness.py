"""What the messaging tests share: services made on the spot, components in a background loop, a view of the broker."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar
from uuid import UUID

import aio_pika
from aiormq.abc import DeliveredMessage
from marshmallow import Schema, fields
from sqlalchemy import create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from common.app import App
from common.config import Settings
from common.context import Context
from common.db import TYPES, metadata
from common.events import Envelope, EventType, Reader
from common.handlers import Handlers
from common.ids import new_id
from common.messaging.deliveries import Delivery
from common.messaging.topology import Names
from common.uow import UnitOfWork

T = TypeVar("T")
DEADLINE = 60.0
MADE = "probe.thing.made.v1"


class Base(DeclarativeBase):
    metadata = metadata()
    type_annotation_map = TYPES


class Effect(Base):
    __tablename__ = "effect"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    name: Mapped[str]


class ThingSchema(Schema):
    id = fields.UUID()
    name = fields.String()


class ThingReader(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


THING_MADE = EventType(MADE, ThingSchema(), "A thing was made.")


def settings(**changes: Any) -> Settings:
    values: dict[str, Any] = {
        "service": "probe",
        "environment": "test",
        "api_port": 1,
        "worker_port": 1,
        "identity_public_key_file": "",
        "log_level": "WARNING",
        "pool_size": 6,
        "prefetch": 200,
        "bind_host": "127.0.0.1",
        "retry_delays": tuple(timedelta(milliseconds=ms) for ms in (50, 100, 150)),
        **changes,
    }
    return Settings(**values)


def record(work: UnitOfWork, data: dict[str, Any]) -> None:
    """The effect whose doubling or absence the tests look for."""
    assert work.context.causation_id is not None
    work.session.add(Effect(event_id=UUID(work.context.causation_id), name=data["name"]))


def handlers_of(function: Callable[[UnitOfWork, dict[str, Any]], None], *types: str) -> Handlers:
    handlers = Handlers()
    handlers.handles(*(types or (MADE,)), reader=ThingReader())(function)
    return handlers


def emit(app: App, *names: str) -> None:
    """Commits one event a name, all in one transaction."""
    with app.work(Context()) as work:
        for name in names:
            work.emit(THING_MADE, {"id": new_id(), "version": 1, "name": name})


def effects(app: App) -> list[str]:
    with app.database.engine.connect() as connection:
        return list(connection.scalars(text("SELECT name FROM effect ORDER BY id")))


def unpublished(app: App) -> int:
    with app.database.engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM outbox WHERE published_at IS NULL")) or 0)


@contextmanager
def away(app: App) -> Iterator[None]:
    """The database lets nobody in, and threw out those who were."""
    url = app.database.engine.url
    outside = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false'))
        throw_out = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
        connection.execute(throw_out, {"name": url.database})
        try:
            yield
        finally:
            connection.execute(text(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true'))
    outside.dispose()


def envelope(name: str, *, type: str = MADE, event_id: UUID | None = None, data: Any = None) -> Envelope:
    return Envelope(
        id=event_id or new_id(),
        type=type,
        source="probe",
        subject="s",
        time=datetime.now(UTC),
        sequence=1,
        correlation_id="c-1",
        causation_id=None,
        actor="admin:u-1",
        data={"id": str(new_id()), "name": name} if data is None else data,
    )


def until(condition: Callable[[], T], within: float = DEADLINE) -> T:
    """The first true result; fails with the last false one."""
    deadline = time.monotonic() + within
    while not (result := condition()):
        assert time.monotonic() < deadline, f"still {result!r} after {within} s"
        time.sleep(0.02)
    return result


class Component(Protocol):
    problem: str | None

    async def run(self, stop: asyncio.Event) -> None: ...


class Background:
    """An event loop in a thread of its own, so that tests can block while components run."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T], within: float = DEADLINE) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(within)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(DEADLINE)
        self.loop.close()


@dataclass
class Run:
    """One component at work; `stop` asks for a graceful end and waits for it."""

    component: Any
    background: Background
    stop_event: asyncio.Event = field(default_factory=asyncio.Event)
    future: Any = None

    def start(self) -> None:
        self.future = asyncio.run_coroutine_threadsafe(self.component.run(self.stop_event), self.background.loop)

    def ask_to_stop(self) -> None:
        self.background.loop.call_soon_threadsafe(self.stop_event.set)

    def stop(self) -> None:
        self.ask_to_stop()
        self.future.result(DEADLINE)


@contextmanager
def running(background: Background, *components: Component, ready: bool = True) -> Iterator[list[Run]]:
    """Runs components until the block ends; with `ready`, only once all of them are."""
    runs = [Run(component, background) for component in components]
    for run in runs:
        run.start()
    try:
        if ready:
            until(lambda: all(run.component.problem is None for run in runs))
        yield runs
    finally:
        for run in runs:
            run.stop()


class Broker:
    """What a test does to RabbitMQ directly."""

    def __init__(self, url: str, background: Background) -> None:
        self._background = background
        self._connection = background.call(aio_pika.connect(url))
        self._channel = background.call(self._open())

    async def _open(self) -> Any:
        return await self._connection.channel()

    def close(self) -> None:
        self._background.call(self._connection.close())

    def collect(self, exchange: str, key: str = "#") -> "Callable[[], list[DeliveredMessage]]":
        """Binds a queue of its own; the function it gives returns all messages that arrived so far."""
        arrived: list[DeliveredMessage] = []

        async def on_message(message: DeliveredMessage) -> None:
            arrived.append(message)

        async def start() -> None:
            await self._channel.declare_exchange(exchange, "topic", durable=True)
            queue = await self._channel.declare_queue(exclusive=True)
            await queue.bind(exchange, key)
            raw = await self._channel.get_underlay_channel()
            await raw.basic_consume(queue.name, on_message, no_ack=True)

        self._background.call(start())
        return lambda: arrived

    def send(self, queue: str, bodies: Sequence[bytes], **properties: Any) -> None:
        """Straight into a queue."""

        async def publish() -> None:
            messages = [aio_pika.Message(body, **properties) for body in bodies]
            await asyncio.gather(*(self._channel.default_exchange.publish(m, queue) for m in messages))

        self._background.call(publish())

    def publish(self, exchange: str, key: str, body: bytes) -> None:
        """As a producer would."""

        async def send() -> None:
            target = await self._channel.get_exchange(exchange, ensure=False)
            await target.publish(aio_pika.Message(body), key, mandatory=False)

        self._background.call(send())

    def depth(self, queue: str) -> int:
        async def ask() -> int:
            declared = await self._channel.declare_queue(queue, passive=True)
            return int(declared.declaration_result.message_count or 0)

        return self._background.call(ask())

    def take(self, queue: str, count: int) -> list[Delivery]:
        """Waits for that many messages and takes them away."""
        taken: list[Delivery] = []

        async def get() -> DeliveredMessage:
            raw = await self._channel.get_underlay_channel()
            message: DeliveredMessage = await raw.basic_get(queue, no_ack=True)
            return message

        def one_more() -> bool:
            message = self._background.call(get())
            if message.delivery_tag is not None:
                taken.append(Delivery.of(message))
            return len(taken) >= count

        until(one_more)
        return taken

    def declare_old(self, names: Names) -> None:
        """The service's queue as an earlier release declared it."""
        arguments = {
            "x-queue-type": "quorum",
            "x-overflow": "reject-publish",
            "x-dead-letter-strategy": "at-least-once",
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": names.dead,
            "x-delivery-limit": 20,
        }
        self._background.call(self._channel.declare_queue(names.queue, durable=True, arguments=arguments))

    def remove(self, names: Names) -> None:
        async def delete() -> None:
            for queue in (names.queue, names.dead, *(retry for retry, _ in names.retries)):
                await self._channel.queue_delete(queue)
            await self._channel.exchange_delete(names.exchange)

        self._background.call(delete())
