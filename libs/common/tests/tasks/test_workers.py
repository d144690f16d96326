"""Worker processes that run tasks: killed, stopped, cut off from the database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from field import SOW, Seed, enqueue, jobs, record, sown
from sqlalchemy import insert, text

from common.context import Context
from common.tasks import queries, steering

TAKE_OVER = 30.0
"""Seconds within which a task whose worker was killed is taken up again."""


def until(condition: Callable[[], Any], within: float = 60.0) -> Any:
    deadline = time.monotonic() + within
    while not (result := condition()):
        assert time.monotonic() < deadline, f"still {result!r} after {within} s"
        time.sleep(0.02)
    return result


@pytest.fixture(scope="module")
def nursery(field_app, infra) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "FIELD_DATABASE_URL": field_app.settings.database_url,
        "AMQP_URL": infra.amqp_url,
        "IDENTITY_PUBLIC_KEY_FILE": str(infra.public_key),
    }
    command = [sys.executable, str(Path(__file__).with_name("mortal.py"))]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process
    assert process.stdin is not None
    process.stdin.close()
    process.wait()


@pytest.fixture
def start(app, nursery) -> Iterator[Callable[[], int]]:
    """Starts a worker process; all are killed at the end."""
    started: list[int] = []

    def go() -> int:
        nursery.stdin.write("start\n")
        nursery.stdin.flush()
        started.append(int(nursery.stdout.readline()))
        return started[-1]

    with app.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS gate"))
    yield go
    for pid in started:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    until(lambda: not any(map(alive, started)))


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def open_gate(app) -> None:
    with app.database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE gate ()"))


def status(app, task_id) -> str:
    with app.work(Context()) as work:
        return str(queries.rows(work.session, [task_id])[0]["status"])


def test_a_task_killed_in_the_middle_is_taken_up_by_another_worker(app, start):
    first = start()
    task_id = enqueue(app, SOW, names=["oak", "elm", "fir"], hold="elm")
    until(lambda: sown(app) == ["oak"] and status(app, task_id) == "running")

    start()
    os.kill(first, signal.SIGKILL)
    until(lambda: record(app, task_id).attempts == 2, within=TAKE_OVER)
    open_gate(app)
    until(lambda: record(app, task_id).status == "succeeded")

    assert sown(app) == ["oak", "elm", "fir"], "each portion once"
    assert record(app, task_id).result == {"sown": ["oak", "elm", "fir"]}
    until(lambda: jobs(app) == 0)


def test_a_worker_that_is_told_to_stop_gives_its_task_back_at_once(app, start):
    first = start()
    task_id = enqueue(app, SOW, names=["oak", "elm"], hold="elm")
    until(lambda: sown(app) == ["oak"])

    os.kill(first, signal.SIGTERM)
    until(lambda: not alive(first), within=20)
    assert (status(app, task_id), record(app, task_id).attempts) == ("waiting", 0)
    open_gate(app)
    start()

    until(lambda: record(app, task_id).status == "succeeded", within=TAKE_OVER)
    assert sown(app) == ["oak", "elm"]


def test_a_running_task_is_cancelled(app, start):
    start()
    task_id = enqueue(app, SOW, names=["oak", "elm"], hold="elm")
    until(lambda: sown(app) == ["oak"])

    with app.work(Context()) as work:
        steering.cancel(work, task_id)

    until(lambda: record(app, task_id).status == "cancelled")
    until(lambda: jobs(app) == 0)
    assert sown(app) == ["oak"]


def test_workers_come_back_when_the_database_does(app, start):
    pid = start()
    enqueue(app, SOW, names=["oak"])
    until(lambda: sown(app) == ["oak"])

    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'field tasks'")
    with app.database.engine.begin() as connection:
        assert connection.execute(cut).all()
    enqueue(app, SOW, names=["elm"])

    until(lambda: sown(app) == ["oak", "elm"])
    assert alive(pid)


def test_a_task_whose_job_is_gone_is_queued_again(app, start):
    task_id = enqueue(app, SOW, names=["oak"])
    with app.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))
    start()

    until(lambda: record(app, task_id).status == "succeeded")
    assert sown(app) == ["oak"]


def test_a_task_of_a_newer_release_waits_for_its_worker(app, start):
    """During an upgrade an old worker meets a task that it does not know."""
    task_id = enqueue(app, SOW, names=["oak"])
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_jobs SET task_name = 'new'"))
        connection.execute(insert(Seed).values(name="old", actor="", correlation_id=""))
    start()

    again = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at > now()"

    def waits() -> bool:
        with app.database.engine.connect() as connection:
            return connection.scalar(text(again)) == 1

    until(waits)
    assert record(app, task_id).status == "waiting"
