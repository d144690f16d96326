"""How this process connects: to the broker, and to PostgreSQL with a session of its own for locks and LISTEN."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aio_pika
import psycopg
import structlog
from aio_pika.abc import AbstractConnection
from pamqp.common import FieldTable
from sqlalchemy import make_url
from yarl import URL

from common.config import Settings
from common.db import ALIVE
from common.error_texts import describe

log = structlog.get_logger(__name__)

HEARTBEAT = 10
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
CONNECT_TIMEOUT = 5


async def connect_broker(settings: Settings, purpose: str) -> AbstractConnection:
    """Returns a plain connection, not a "robust" one: the caller reconnects after a loss and knows its state."""
    url = URL(settings.amqp_url)
    url = url.update_query({"heartbeat": str(HEARTBEAT), **url.query})
    properties: FieldTable = {"connection_name": f"{settings.service} {purpose}"}
    connection = aio_pika.Connection(url, client_properties=properties)
    try:
        await connection.connect(timeout=CONNECT_TIMEOUT)
    except BaseException:
        await connection.close()
        raise
    return connection


async def connect_database(settings: Settings, purpose: str) -> psycopg.AsyncConnection[Any]:
    """Returns an autocommit session outside the pool. The server notices its loss within seconds."""
    url = make_url(settings.database_url).set(drivername="postgresql")
    return await psycopg.AsyncConnection.connect(
        url.render_as_string(hide_password=False),
        autocommit=True,
        connect_timeout=CONNECT_TIMEOUT,
        application_name=f"{settings.service} {purpose}",
        **ALIVE,
        options="-c timezone=UTC",
    )


async def try_lock(connection: psycopg.AsyncConnection[Any], name: str) -> bool:
    """Takes the session's advisory lock `name` if nobody else has it; it goes when the session goes."""
    cursor = await connection.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (name,))
    row = await cursor.fetchone()
    return bool(row and row[0])


async def pause(stop: asyncio.Event, seconds: float) -> bool:
    """Waits for `seconds`. Returns True at once when `stop` is set."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return False
    return True


async def keep_running(
    name: str, stop: asyncio.Event, session: Callable[[], Awaitable[None]], failed: Callable[[str], None]
) -> None:
    """Runs `session` again and again until `stop`: after a failure with a growing pause, told to `failed` first."""
    loop = asyncio.get_running_loop()
    wait = FIRST_PAUSE
    while not stop.is_set():
        started = loop.time()
        try:
            await session()
            problem = "ended"
        except Exception as error:  # whatever it was, the only way on is to connect again
            problem = describe(error) if isinstance(error, psycopg.Error) else f"{type(error).__name__}: {error}"
        if stop.is_set():
            return
        wait = FIRST_PAUSE if loop.time() - started > LONGEST_PAUSE * 2 else min(wait * 2, LONGEST_PAUSE)
        failed(problem)
        log.warning("component_restarting", component=name, problem=problem, pause=wait)
        await pause(stop, wait)
