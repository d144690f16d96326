"""The worker process: consumer, relay, ticks, tasks and loops in one asyncio program, with probes."""

import asyncio
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import structlog

from common import health, logging
from common.app import App
from common.housekeeping import HOUSEKEEPING, tasks_of
from common.messaging.consumer import Consumer
from common.messaging.relay import Relay
from common.tasks.worker import AT_ONCE, Tasks
from common.ticks import Loops, Ticks

log = structlog.get_logger(__name__)

GRACE = 25
"""Seconds from SIGTERM to giving up on what is in flight; process managers kill after 30."""
WATCH_EVERY = 1.0
READY_TIMEOUT = 3


class Component(Protocol):
    name: str
    problem: str | None

    async def run(self, stop: asyncio.Event) -> None: ...


class Worker:
    def __init__(self, app: App) -> None:
        self._app = app
        self._stop = asyncio.Event()
        self._failed = False
        self._asking: asyncio.Future[str | None] | None = None
        self._components: list[Component] = [
            Relay(app),
            Ticks(app, [*HOUSEKEEPING, *app.ticks]),
            Tasks(app, tasks_of(app).values()),
        ]
        if app.handlers:
            self._components.append(Consumer(app))
        if app.loops:
            self._components.append(Loops(app))

    async def main(self) -> int:
        """Runs until told to stop; the exit code is 0 unless this process should rather be replaced."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.ask_to_stop)
        # One thread each for the consumer, the ticks, every loop and every running task, two for probes.
        threads = 5 + AT_ONCE + len(self._app.loops)
        loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="work"))
        settings = self._app.settings
        server = await health.serve_probes(settings.bind_host, settings.worker_port, self.problems)
        log.info("worker_started", port=settings.worker_port, components=[c.name for c in self._components])
        tasks = [asyncio.create_task(self._supervise(component)) for component in self._components]
        tasks.append(asyncio.create_task(self._watch()))
        await asyncio.gather(*tasks)
        server.close()
        await asyncio.to_thread(self._app.dispose)
        log.info("worker_stopped")
        return 1 if self._failed else 0

    async def problems(self) -> health.Problems:
        found = {c.name: c.problem for c in self._components if c.problem}
        if self._stop.is_set():
            found["worker"] = "stopping"
        problem = await self._database_problem()
        return found | ({"database": problem} if problem else {})

    async def _database_problem(self) -> str | None:
        # One question at a time: a database that hangs would otherwise take a thread for every probe.
        if self._asking is None or self._asking.done():
            question = asyncio.to_thread(health.database_problem, self._app.database)
            self._asking = asyncio.ensure_future(question)
        done, _ = await asyncio.wait({self._asking}, timeout=READY_TIMEOUT)
        return self._asking.result() if done else "no answer"

    async def _supervise(self, component: Component) -> None:
        """Components mend themselves; one that ends all the same takes the process with it."""
        try:
            await component.run(self._stop)
        except Exception:
            log.exception("component_failed", component=component.name)
        if not self._stop.is_set():
            self._failed = True
            self.ask_to_stop()

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        ready_at = loop.time()
        while not self._stop.is_set():
            problems = {c.name: c.problem for c in self._components if c.problem}
            if not problems:
                ready_at = loop.time()
            elif loop.time() - ready_at > self._app.settings.unready_exit_after:
                log.error("worker_unready_too_long", problems=problems)
                self._failed = True
                self.ask_to_stop()
            try:
                async with asyncio.timeout(WATCH_EVERY):
                    await self._stop.wait()
            except TimeoutError:
                pass

    def ask_to_stop(self) -> None:
        if self._stop.is_set():
            return
        log.info("worker_stopping")
        self._stop.set()
        last_resort = threading.Timer(GRACE, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()


def run(app: App) -> int:
    """Blocks until the worker has ended; the number is for `sys.exit`."""
    logging.configure(app.settings)

    async def start() -> int:
        return await Worker(app).main()

    return asyncio.run(start())
