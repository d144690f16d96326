"""The outbox relay: publishes committed events in order, by one worker of a service at a time."""

import asyncio
from datetime import datetime
from typing import Any

import orjson
import psycopg
import structlog

from common import metrics
from common.app import App
from common.messaging.connections import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    connect_database,
    keep_running,
    pause,
    try_lock,
)
from common.messaging.publisher import Outgoing, Publisher
from common.outbox import CHANNEL

log = structlog.get_logger(__name__)

BATCH = 500
STANDBY_POLL = 1.0
IDLE_POLL = 1.0
"""Seconds between looks without a NOTIFY: it can be lost with a connection, rows cannot."""
MEASURE_EVERY = 5.0

# Never "id > the last one": a transaction that took its ids early may commit late.
UNPUBLISHED = """
    SELECT id, event_id, type, payload, created_at FROM outbox
    WHERE published_at IS NULL ORDER BY id LIMIT %s
"""
MARK = "UPDATE outbox SET published_at = clock_timestamp() WHERE id = ANY(%s)"
BACKLOG = """
    SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)
    FROM (SELECT created_at FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT 100000) AS waiting
"""

Row = tuple[int, Any, str, str, datetime]


class Relay:
    """Reads, listens and marks on the session that holds the lock: who loses the session loses the lock with it."""

    name = "relay"

    def __init__(self, app: App) -> None:
        self._settings = app.settings
        self._measured = 0.0
        self.leading = False
        self.problem: str | None = "starting"

    async def run(self, stop: asyncio.Event) -> None:
        await keep_running(self.name, stop, lambda: self._session(stop), self._failed)

    def _failed(self, problem: str) -> None:
        self.problem = problem

    async def _session(self, stop: asyncio.Event) -> None:
        async with await connect_database(self._settings, "relay") as connection:
            try:
                await self._wait_for_lead(connection, stop)
                if self.leading:
                    await self._lead(connection, stop)
            finally:
                self.leading = False
                metrics.OUTBOX_DEPTH.set(0)
                metrics.OUTBOX_AGE.set(0)

    async def _wait_for_lead(self, connection: psycopg.AsyncConnection[Any], stop: asyncio.Event) -> None:
        while not await try_lock(connection, f"{self._settings.service} relay"):
            self.problem = None  # standing by is a healthy state
            if await pause(stop, STANDBY_POLL):
                return
        self.leading = True
        log.info("relay_leading")

    async def _lead(self, connection: psycopg.AsyncConnection[Any], stop: asyncio.Event) -> None:
        # A mark lost in a crash means one event published again, which every inbox absorbs; waiting for the disk
        # on each mark would be felt by every event.
        await connection.execute("SET synchronous_commit TO off")
        await connection.execute(f"LISTEN {CHANNEL}")
        wait = FIRST_PAUSE
        async with Publisher(self._settings, "relay") as publisher:
            while not stop.is_set():
                try:
                    await publisher.ensure()
                    more = await self._publish_waiting(connection, publisher)
                except psycopg.Error:
                    raise
                except Exception as error:  # the broker is away: keep the lock, try again
                    self.problem = f"{type(error).__name__}: {error}"
                    log.warning("relay_waits_for_broker", problem=self.problem, pause=wait)
                    await self._measure(connection)
                    await pause(stop, wait)
                    wait = min(wait * 2, LONGEST_PAUSE)
                    continue
                self.problem, wait = None, FIRST_PAUSE
                await self._measure(connection)
                if not more:
                    await self._wait_for_rows(connection, stop)

    async def _publish_waiting(self, connection: psycopg.AsyncConnection[Any], publisher: Publisher) -> bool:
        """Publishes up to a batch and marks what the broker confirmed; True when there may be more."""
        cursor = await connection.execute(UNPUBLISHED, (BATCH,), prepare=True)
        rows: list[Row] = await cursor.fetchall()
        if not rows:
            return False
        errors = await publisher.publish([self._outgoing(row) for row in rows])
        confirmed = [row[0] for row, error in zip(rows, errors, strict=True) if error is None]
        if confirmed:
            await connection.execute(MARK, (confirmed,), prepare=True)
            metrics.OUTBOX_PUBLISHED.inc(len(confirmed))
        for error in errors:
            if error is not None:
                raise error
        return len(rows) == BATCH

    def _outgoing(self, row: Row) -> Outgoing:
        _, event_id, event_type, payload, created_at = row
        return Outgoing(
            body=payload.encode(),
            exchange=self._settings.exchange,
            routing_key=event_type,
            mandatory=False,
            message_id=str(event_id),
            type=event_type,
            correlation_id=orjson.loads(payload).get("correlationid"),
            timestamp=created_at,
        )

    async def _wait_for_rows(self, connection: psycopg.AsyncConnection[Any], stop: asyncio.Event) -> None:
        notified = asyncio.ensure_future(_next_notification(connection))
        stopped = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({notified, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            if not notified.done():
                notified.cancel()
            await asyncio.gather(stopped, return_exceptions=True)
        if not notified.cancelled():
            await asyncio.gather(notified, return_exceptions=stop.is_set())

    async def _measure(self, connection: psycopg.AsyncConnection[Any]) -> None:
        moment = asyncio.get_running_loop().time()
        if moment - self._measured < MEASURE_EVERY:
            return
        self._measured = moment
        row = await (await connection.execute(BACKLOG, prepare=True)).fetchone()
        assert row is not None
        metrics.OUTBOX_DEPTH.set(row[0])
        metrics.OUTBOX_AGE.set(float(row[1]))


async def _next_notification(connection: psycopg.AsyncConnection[Any]) -> None:
    """Returns with the next NOTIFY, with one that came while a statement ran, or after IDLE_POLL."""
    async for _ in connection.notifies(timeout=IDLE_POLL, stop_after=1):
        pass
