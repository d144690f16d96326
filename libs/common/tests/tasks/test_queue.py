"""Tasks in the queue: enqueued with the caller's transaction, run in portions, retried, cancelled, remembered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from field import BREAK_DOWN, REFUSE, SOW, TIDY, Seed, enqueue, jobs, record, sown
from sqlalchemy import select, text

from common.clock import now
from common.context import Actor, Context
from common.errors import Conflict
from common.tasks import queries, steering
from common.tasks.declaring import Cancelled
from common.tasks.execution import Execution
from common.testing.tasks import work_off

GARDENER = Context(actor=Actor("7", "Gardener", "manager"), correlation_id="c-1")


def test_a_task_runs_in_the_name_of_its_starter(app):
    task_id = enqueue(app, SOW, GARDENER, names=["oak", "elm"])

    assert work_off(app) == 1

    done = record(app, task_id)
    assert (done.status, done.result, done.done, done.total) == ("succeeded", {"sown": ["oak", "elm"]}, 2, 2)
    with app.database.sessions() as session:
        assert {(seed.actor, seed.correlation_id) for seed in session.scalars(select(Seed))} == {("manager:7", "c-1")}
    assert jobs(app) == 0
    assert work_off(app) == 0


def test_a_rollback_takes_the_task_back(app):
    with app.work(Context()) as work:
        work.enqueue(SOW, names=["oak"])
        work.session.rollback()
    assert (work_off(app), sown(app)) == (0, [])


def test_a_task_waits_for_its_time(app):
    task_id = enqueue(app, SOW, run_at=now() + timedelta(hours=1), names=["oak"])

    assert (work_off(app), record(app, task_id).status) == (0, "waiting")
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now()"))
    assert (work_off(app), sown(app)) == (1, ["oak"])


def test_a_second_task_joins_the_waiting_one_with_its_key(app):
    first = enqueue(app, SOW, key="a", run_at=now() + timedelta(hours=1), names=["oak"])

    assert enqueue(app, SOW, key="a", names=["oak"]) == first
    assert enqueue(app, SOW, key="b", names=["elm"]) != first
    assert work_off(app) == 2, "the first was made due by the second"
    assert enqueue(app, SOW, key="a", names=["oak"]) != first


def test_no_worker_takes_a_task_that_somebody_is_joining(app):
    """It would run before it can see the change that the second caller is about to commit."""
    task_id = enqueue(app, SOW, key="a", names=["oak"])

    with app.work(Context()) as work:
        assert work.enqueue(SOW, key="a", names=["oak"]) == task_id
        assert work_off(app) == 0
    assert work_off(app) == 1


def test_at_once_there_is_one_task_a_key(app):
    start = Barrier(4)

    def go(_: int):
        start.wait()
        return enqueue(app, SOW, key="a", names=["oak"])

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(go, range(4)))) == 1
    assert work_off(app) == 1


def test_tasks_with_one_key_run_one_after_the_other(app):
    enqueue(app, SOW, key="a", names=["oak"])
    with app.database.engine.begin() as connection:
        connection.execute(text("SELECT procrastinate_fetch_job_v2(NULL, NULL)"))
        connection.execute(text("UPDATE task SET status = 'running'"))
    enqueue(app, SOW, key="a", names=["elm"])

    assert work_off(app) == 0
    with app.database.engine.begin() as connection:
        connection.execute(
            text("SELECT procrastinate_finish_job_v1(min(id), 'succeeded', true) FROM procrastinate_jobs")
        )
    assert (work_off(app), sown(app)) == (1, ["elm"])


def test_a_domain_error_fails_at_once(app):
    task_id = enqueue(app, REFUSE)
    work_off(app)

    failed = record(app, task_id)
    assert (failed.status, failed.error, failed.attempts) == ("failed", "The field is flooded.", 1)
    assert jobs(app) == 0


def test_a_failure_is_tried_again_later_and_says_nothing_private(app):
    task_id = enqueue(app, BREAK_DOWN, attempts=2)
    at = now()

    work_off(app, now=lambda: at)
    waiting = record(app, task_id)
    assert (waiting.status, waiting.run_at - at) == ("waiting", timedelta(seconds=2))
    assert "secret" not in waiting.error
    for _ in range(2):
        with app.database.engine.begin() as connection:
            connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now()"))
        work_off(app)
    done = record(app, task_id)
    assert (done.status, done.result, done.error, done.attempts) == ("succeeded", "mended", None, 3)


def test_attempts_end(app):
    task_id = enqueue(app, BREAK_DOWN, attempts=99)
    for _ in range(4):
        with app.database.engine.begin() as connection:
            connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now()"))
        work_off(app)

    failed = record(app, task_id)
    assert (failed.status, failed.attempts, jobs(app)) == ("failed", 3, 0)


def test_a_process_that_dies_every_time_is_not_given_the_task_for_ever(app):
    task_id = enqueue(app, BREAK_DOWN, attempts=0)
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE task SET status = 'running', attempts = 3"))

    work_off(app)

    assert record(app, task_id).status == "failed"
    assert record(app, task_id).error == "The process ended during each of 3 attempts."


def test_a_waiting_task_is_cancelled_at_once(app):
    task_id = enqueue(app, SOW, names=["oak"])
    with app.work(GARDENER) as work:
        steering.cancel(work, task_id)

    assert (record(app, task_id).status, jobs(app), work_off(app)) == ("cancelled", 0, 0)
    with pytest.raises(Conflict, match="already been cancelled"), app.work(GARDENER) as work:
        steering.cancel(work, task_id)


def test_a_running_task_is_cancelled_at_its_next_portion_and_keeps_the_others(app, monkeypatch):
    task_id = enqueue(app, SOW, names=["oak", "elm", "fir"])
    advance = Execution.advance

    def cancel_before_elm(execution, work, done, part=None):
        if part == "elm":
            with app.work(GARDENER) as other:
                steering.cancel(other, task_id)
        advance(execution, work, done, part)

    monkeypatch.setattr(Execution, "advance", cancel_before_elm)
    work_off(app)

    ended = record(app, task_id)
    assert (ended.status, ended.result, sown(app)) == ("cancelled", {"sown": ["oak"]}, ["oak"])


def test_a_task_given_to_another_worker_writes_nothing_more(app, monkeypatch):
    """A worker that was thought dead and lives on: its portion is taken back, and its successor's stays."""
    task_id = enqueue(app, SOW, names=["oak", "elm"])
    advance = Execution.advance

    def taken_over(execution, work, done, part=None):
        if part == "elm":
            with app.work(Context()) as other:
                other.session.execute(text("UPDATE task SET attempts = attempts + 1"))
        advance(execution, work, done, part)

    monkeypatch.setattr(Execution, "advance", taken_over)
    work_off(app)

    left = record(app, task_id)
    assert (left.status, left.attempts, left.done, sown(app)) == ("running", 2, 1, ["oak"])


def test_a_failed_task_is_retried_on_request(app):
    task_id = enqueue(app, REFUSE)
    work_off(app)
    with app.work(GARDENER) as work:
        steering.retry(work, task_id)
    assert (record(app, task_id).status, record(app, task_id).error) == ("waiting", None)

    assert work_off(app) == 1
    with pytest.raises(Conflict), app.work(GARDENER) as work:
        steering.cancel(work, task_id)


def test_nothing_says_running_when_nobody_runs_it(app):
    task_id = enqueue(app, SOW, names=["oak"])
    with app.database.engine.begin() as connection:
        worker = connection.scalar(text("SELECT worker_id FROM procrastinate_register_worker_v1()"))
        connection.execute(text("SELECT procrastinate_fetch_job_v2(NULL, :worker)"), {"worker": worker})
        connection.execute(text("UPDATE task SET status = 'running', attempts = 1"))

    def status() -> str:
        with app.work(Context()) as work:
            return str(queries.rows(work.session, [task_id])[0]["status"])

    assert status() == "running"
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '13 seconds'"))
    assert status() == "waiting"


def test_housekeeping_leaves_no_record(app):
    task_id = enqueue(app, TIDY)
    assert (work_off(app), record(app, task_id)) == (1, None)


def test_a_task_cannot_be_kept_from_ending():
    """Code that handles every Exception does not handle this one."""
    assert not issubclass(Cancelled, Exception)
