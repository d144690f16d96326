"""The processes and broker-only loops of events_bench: one service relays, one handles."""

import asyncio
import sys
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import aio_pika
from marshmallow import fields
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from common.app import App
from common.config import Settings
from common.db import TYPES, metadata
from common.events import CONTENT_TYPE, Envelope, Reader
from common.handlers import Handlers
from common.ids import new_id
from common.tables import COMMON
from common.uow import UnitOfWork
from common.worker import run

EVENT = "producer.thing.changed.v1"
PIPELINE = 500
BARE_MESSAGES = 4000


class Base(DeclarativeBase):
    metadata = metadata()
    type_annotation_map = TYPES


class Committed(Base):
    """A row written with each outbox row and never updated, so that it keeps the commit time."""

    __tablename__ = "committed"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)


class Effect(Base):
    __tablename__ = "effect"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class ThingChanged(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    amount = fields.Decimal(required=True)


handlers = Handlers()


@handlers.handles(EVENT, reader=ThingChanged())
def on_thing_changed(work: UnitOfWork, data: dict[str, Any]) -> None:
    work.session.add(Effect(event_id=UUID(work.context.causation_id), name=data["name"]))


def make(name: str) -> App:
    reads = [*handlers] if name == "subscriber" else []
    return App(name=name, settings=Settings.load(name), base=Base, handlers=reads)


def create_tables(app: App) -> None:
    Base.metadata.create_all(app.database.engine)
    COMMON.create_all(app.database.engine)
    app.dispose()


def envelope() -> Envelope:
    """Returns an envelope of about 700 bytes, like most events."""
    identifier = new_id()
    data = {"id": str(identifier), "name": "Managed workstation, business hours", "amount": "125.50", "version": 3}
    data |= {"description": "Monitoring, patching and support of one workstation. " * 4, "status": "active"}
    return Envelope(
        id=new_id(),
        type=EVENT,
        source="producer",
        subject=str(identifier),
        time=datetime.now(UTC),
        sequence=3,
        correlation_id=str(new_id()),
        causation_id=None,
        actor="admin:bench",
        data=data,
    )


async def bare_rates(amqp_url: str) -> tuple[float, float]:
    """Returns messages per second for single awaited publishes, and for 500 awaited together."""
    connection = await aio_pika.connect(amqp_url)
    async with connection:
        channel = await connection.channel(publisher_confirms=True)
        exchange = await channel.declare_exchange("bench.bare", aio_pika.ExchangeType.TOPIC, durable=True)
        queue = await channel.declare_queue("bench.bare", durable=True, arguments={"x-queue-type": "quorum"})
        await queue.bind(exchange, EVENT)
        messages = [_message(envelope()) for _ in range(BARE_MESSAGES)]
        began = time.perf_counter()
        for message in messages[: BARE_MESSAGES // 4]:
            await exchange.publish(message, EVENT, mandatory=False)
        one_by_one = BARE_MESSAGES / 4 / (time.perf_counter() - began)
        began = time.perf_counter()
        for start in range(0, BARE_MESSAGES, PIPELINE):
            portion = messages[start : start + PIPELINE]
            await asyncio.gather(*(exchange.publish(message, EVENT, mandatory=False) for message in portion))
        together = BARE_MESSAGES / (time.perf_counter() - began)
        await queue.delete(if_unused=False, if_empty=False)
        await exchange.delete()
    return one_by_one, together


def _message(event: Envelope) -> aio_pika.Message:
    return aio_pika.Message(
        event.encode(),
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        message_id=str(event.id),
        type=event.type,
        content_type=CONTENT_TYPE,
        correlation_id=event.correlation_id,
        timestamp=event.time,
        app_id="bench",
    )


if __name__ == "__main__":
    sys.exit(run(make(sys.argv[1])))
