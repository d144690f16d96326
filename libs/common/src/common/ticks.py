"""Tasks enqueued every so often by one worker of a service, and background loops that work off a table."""

import asyncio
from collections.abc import Sequence
from typing import Any

import psycopg
import structlog
from psycopg import sql

from common import metrics
from common.app import App, Loop, Tick
from common.context import Context
from common.messaging.connections import FIRST_PAUSE, connect_database, keep_running, pause, try_lock
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)

STANDBY_POLL = 2.0
CHECK_LOCK_EVERY = 5.0
LONGEST_LOOP_PAUSE = 30.0


class Ticks:
    """Holds the service's tick lock and asks every tick while it does: first on taking over, then every `every`.

    A task may therefore be enqueued more often than `every` when workers restart.
    """

    name = "ticks"

    def __init__(self, app: App, ticks: list[Tick]) -> None:
        self._app = app
        self._ticks = ticks
        self.problem: str | None = "starting"

    async def run(self, stop: asyncio.Event) -> None:
        await keep_running(self.name, stop, lambda: self._session(stop), self._failed)

    def _failed(self, problem: str) -> None:
        self.problem = problem

    async def _session(self, stop: asyncio.Event) -> None:
        async with await connect_database(self._app.settings, "ticks") as connection:
            while not await try_lock(connection, f"{self._app.name} ticks"):
                self.problem = None
                if await pause(stop, STANDBY_POLL):
                    return
            self.problem = None
            over = asyncio.Event()
            running = [asyncio.ensure_future(self._repeat(tick, over)) for tick in self._ticks]
            try:
                while not await pause(stop, CHECK_LOCK_EVERY):
                    await connection.execute("SELECT 1")  # raises once the session, and so the lock, is gone
            finally:
                over.set()
                await asyncio.gather(*running, return_exceptions=True)

    async def _repeat(self, tick: Tick, over: asyncio.Event) -> None:
        while not over.is_set():
            await self._once(tick)
            await pause(over, tick.every.total_seconds())

    async def _once(self, tick: Tick) -> None:
        try:
            await asyncio.to_thread(enqueue_due, self._app, tick)
        except Exception:
            metrics.TICK_FAILURES.labels(tick.task.name).inc()
            log.exception("tick_failed", tick=tick.task.name)


def enqueue_due(app: App, tick: Tick) -> None:
    """Enqueues the tick's task if something is due and none is waiting."""

    def enqueue(work: UnitOfWork) -> None:
        args = tick.due(work)
        if args is not None:
            work.enqueue(tick.task, key=tick.task.name, **args)

    app.transact(Context(), enqueue)


class Loops:
    """Runs a service's loops, each in a thread, woken by NOTIFY on its channel or by its idle time.

    A loop that fails backs off: pauses double up to LONGEST_LOOP_PAUSE. Once the database can be reached again, the
    pause ends at once and the next ones are short again. A NOTIFY ends a pause too, for what failed may be mended,
    but never two pauses in a row: however many come, a loop that goes on failing keeps half of its back-off.
    """

    name = "loops"

    def __init__(self, app: App) -> None:
        self._app = app
        self._wakes = {loop.name: asyncio.Event() for loop in app.loops}
        self._returns = {loop.name: asyncio.Event() for loop in app.loops}
        """Set when the database can be reached again."""
        self.problem: str | None = "starting"

    async def run(self, stop: asyncio.Event) -> None:
        tasks = [asyncio.ensure_future(self._repeat(loop, stop)) for loop in self._app.loops]
        tasks.append(asyncio.ensure_future(keep_running(self.name, stop, lambda: self._listen(stop), self._failed)))
        await asyncio.gather(*tasks)

    def _failed(self, problem: str) -> None:
        self.problem = problem

    async def _repeat(self, loop: Loop, stop: asyncio.Event) -> None:
        wake, returned = self._wakes[loop.name], self._returns[loop.name]
        wait, may_be_cut = FIRST_PAUSE, True
        while not stop.is_set():
            wake.clear()
            try:
                more = await asyncio.to_thread(loop.run, self._app)
                wait, may_be_cut = FIRST_PAUSE, True
            except Exception:
                metrics.LOOP_FAILURES.labels(loop.name).inc()
                log.exception("loop_failed", loop=loop.name, pause=wait)
                await _first_of([stop, returned, *([wake] if may_be_cut else [])], wait)
                may_be_cut = returned.is_set() or not (may_be_cut and wake.is_set())
                wait = FIRST_PAUSE if returned.is_set() else min(wait * 2, LONGEST_LOOP_PAUSE)
                returned.clear()
                continue
            returned.clear()
            if not more:
                await _first_of([stop, wake], loop.idle.total_seconds())

    async def _listen(self, stop: asyncio.Event) -> None:
        by_channel = {loop.channel: self._wakes[loop.name] for loop in self._app.loops if loop.channel}
        async with await connect_database(self._app.settings, "loops") as connection:
            for channel in by_channel:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self.problem = None
            for event in (*by_channel.values(), *self._returns.values()):
                event.set()  # for what was announced while nobody listened
            while not stop.is_set():
                await self._pass_on(connection, by_channel)

    async def _pass_on(self, connection: psycopg.AsyncConnection[Any], by_channel: dict[str, asyncio.Event]) -> None:
        async for notification in connection.notifies(timeout=1.0, stop_after=1):
            by_channel[notification.channel].set()


async def _first_of(events: Sequence[asyncio.Event], seconds: float) -> None:
    waits = {asyncio.ensure_future(event.wait()) for event in events}
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waits:
        task.cancel()
    await asyncio.gather(*waits, return_exceptions=True)
