"""The worker's component that runs tasks: procrastinate's worker in our event loop, each task in a thread."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID

import structlog
from procrastinate import App as Queue
from procrastinate import PsycopgConnector
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.worker import Worker
from sqlalchemy import make_url

from common.app import App
from common.db import ALIVE
from common.messaging.connections import CONNECT_TIMEOUT, keep_running
from common.tasks import recovering
from common.tasks.declaring import Task
from common.tasks.performing import Again, perform

log = structlog.get_logger(__name__)

AT_ONCE = 4
"""Tasks that one worker process runs at the same time."""
POLL = 2.0
"""Seconds after which a task that became due without a NOTIFY, such as a retry, is noticed."""
HEARTBEAT = 3.0
SWEEP = 3.0
UNKNOWN_PAUSE = timedelta(seconds=10)
"""Before the next attempt when not even the outcome could be written."""


class Retry(BaseRetryStrategy):
    """The job goes on until its task has an outcome; `perform` says when."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        at = exception.at if isinstance(exception, Again) else datetime.now(UTC) + UNKNOWN_PAUSE
        return RetryDecision(retry_at=at)


class Tasks:
    """Runs due tasks, and gives back to the queue what dead workers left behind."""

    name = "tasks"

    def __init__(self, app: App, tasks: Iterable[Task]) -> None:
        self._app = app
        self._tasks = tuple(tasks)
        self._stopping = Event()
        self._active: set[int] = set()
        """Jobs under way in this process."""
        self.problem: str | None = "starting"

    async def run(self, stop: asyncio.Event) -> None:
        await keep_running(self.name, stop, lambda: self._session(stop), self._failed)

    def _failed(self, problem: str) -> None:
        self.problem = problem

    async def _session(self, stop: asyncio.Event) -> None:
        queue = self._queue()
        async with queue.open_async():
            worker = Worker(
                queue,
                concurrency=AT_ONCE,
                fetch_job_polling_interval=POLL,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=recovering.STALLED,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
            work = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
            helpers = [asyncio.create_task(self._sweep(queue, worker)), asyncio.create_task(stop.wait())]
            try:
                await asyncio.wait([work, *helpers], return_when=asyncio.FIRST_COMPLETED)
            finally:
                if stop.is_set():
                    self._stopping.set()
                worker.stop()  # type: ignore[no-untyped-call]
                for helper in helpers:
                    helper.cancel()
                outcomes = await asyncio.gather(work, *helpers, return_exceptions=True)
            for outcome in outcomes:
                if isinstance(outcome, Exception):
                    raise outcome

    def _queue(self) -> Queue:
        url = make_url(self._app.settings.database_url).set(drivername="postgresql")
        options: dict[str, Any] = {
            **ALIVE,
            "connect_timeout": CONNECT_TIMEOUT,
            "application_name": f"{self._app.name} tasks",
            "options": "-c timezone=UTC",
        }
        conninfo = url.render_as_string(hide_password=False)
        queue = Queue(
            connector=PsycopgConnector(
                conninfo=conninfo, kwargs=options, min_size=1, max_size=2, timeout=CONNECT_TIMEOUT
            )
        )
        for task in self._tasks:
            queue.task(name=task.name, pass_context=True, retry=Retry())(self._runner(task))
        return queue

    def _runner(self, task: Task) -> Callable[..., None]:
        def run(context: JobContext, task_id: str) -> None:
            job_id = context.job.id
            assert job_id is not None
            self._active.add(job_id)
            try:
                perform(self._app, task, UUID(task_id), self._stopping)
            finally:
                self._active.discard(job_id)

        return run

    async def _sweep(self, queue: Queue, worker: Worker) -> None:
        """Recovers jobs that two looks found unfinished but not running: their outcome could not be written."""
        seen: set[int] = set()
        while worker.worker_id is None:
            await asyncio.sleep(0.05)
        self.problem = None
        while True:
            rows = await queue.connector.execute_query_all_async(recovering.OURS, worker_id=worker.worker_id)
            idle = {row["id"] for row in rows} - self._active
            await self._recover(queue, sorted(idle & seen))
            seen = idle
            await asyncio.sleep(SWEEP)

    async def _recover(self, queue: Queue, orphans: list[int]) -> None:
        for statement in (recovering.GIVE_BACK, recovering.TRY_AGAIN, recovering.QUEUE_AGAIN):
            values: dict[str, Any] = {"orphans": orphans, "stalled": recovering.STALLED}
            recovered = await queue.connector.execute_query_all_async(statement, **values)
            if recovered:
                log.warning("tasks_recovered", jobs=[row["id"] for row in recovered])
