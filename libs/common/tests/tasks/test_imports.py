"""Imports as tasks: one transaction with visible progress that imports everything or nothing; then the file goes."""

from datetime import timedelta
from threading import Event

import pytest
from field import FIELD_REPORT, plant, record, sown
from sqlalchemy import select, text

from common import importing
from common.clock import now
from common.context import Context
from common.errors import Conflict, Invalid
from common.roles import STAFF
from common.tables import file
from common.tasks import steering
from common.tasks.performing import Again, perform
from common.tasks.progress import counted


def task_of(run):
    return importing.task_of("import_seeds", "Import of seeds", run, FIELD_REPORT, STAFF)


def sow_lines(work, data, query):
    names = data.decode().split()
    for name in counted(names):
        plant(work, name)
    return {"rows": len(names)}


def begun(app, declared, data=b"oak elm ash"):
    with app.work(Context()) as work:
        return importing.enqueue(work, declared, data, "text/csv", {})


def released(app):
    with app.database.engine.connect() as connection:
        return connection.scalar(select(file.c.released_at))


def test_progress_is_seen_while_nothing_is_committed(app):
    seen = []

    def run(work, data, query):
        for name in counted(data.decode().split()):
            row = record(app, task_id)
            seen.append((row.done, row.total, sown(app)))
            plant(work, name)
        return {"rows": 3}

    declared = task_of(run)
    task_id = begun(app, declared)
    moments = iter(range(1000))
    start = now()
    perform(app, declared, task_id, now=lambda: start + timedelta(seconds=next(moments)))

    assert seen == [(0, 3, []), (1, 3, []), (2, 3, [])]
    done = record(app, task_id)
    assert (done.status, done.done, done.total, done.result) == ("succeeded", 3, 3, {"rows": 3})
    assert sown(app) == ["oak", "elm", "ash"]


def test_the_file_waits_for_its_task_and_is_then_released(app):
    declared = task_of(sow_lines)
    before = now()
    task_id = begun(app, declared)
    assert released(app) > before + importing.WAITS - timedelta(hours=1)
    assert "oak" not in str(record(app, task_id).args)

    perform(app, declared, task_id)

    assert released(app) < now() + timedelta(minutes=1)


def test_a_cancelled_import_leaves_nothing(app):
    def run(work, data, query):
        for name in counted(data.decode().split()):
            plant(work, name)
            if name == "elm":
                with app.work(Context()) as other:
                    steering.cancel(other, task_id)
        return {"rows": 3}

    declared = task_of(run)
    task_id = begun(app, declared)
    perform(app, declared, task_id)

    assert (record(app, task_id).status, sown(app)) == ("cancelled", [])
    with app.work(Context()) as work, pytest.raises(Conflict):
        importing.result_of(work, task_id)


def test_a_worker_that_stops_takes_the_import_back_and_another_does_it(app):
    stopping = Event()

    def run(work, data, query):
        for name in counted(data.decode().split()):
            plant(work, name)
            stopping.set()
        return {"rows": 3}

    declared = task_of(run)
    task_id = begun(app, declared)
    with pytest.raises(Again):
        perform(app, declared, task_id, stopping)
    assert (record(app, task_id).status, sown(app)) == ("waiting", [])

    perform(app, declared, task_id)

    assert (record(app, task_id).status, sown(app)) == ("succeeded", ["oak", "elm", "ash"])


def test_a_refused_import_has_its_problem_as_result(app):
    def run(work, data, query):
        plant(work, "oak")
        raise Invalid({"row": ["Choose another."]}, "Nothing was sown.")

    declared = task_of(run)
    task_id = begun(app, declared)
    perform(app, declared, task_id)

    failed = record(app, task_id)
    problem = {"status": 422, "title": "Invalid fields", "detail": "Nothing was sown.", "type": "about:blank"}
    assert (failed.status, failed.error, sown(app)) == ("failed", "Nothing was sown.", [])
    assert failed.result == problem | {"errors": {"row": ["Choose another."]}}
    with app.work(Context()) as work, pytest.raises(Exception, match=r"Nothing was sown\.") as raised:
        importing.result_of(work, task_id)
    assert raised.value.as_problem() == failed.result


def test_a_file_that_is_gone_fails_the_import(app):
    declared = task_of(sow_lines)
    task_id = begun(app, declared)
    with app.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM file"))
    perform(app, declared, task_id)

    assert record(app, task_id).error == importing.GONE
