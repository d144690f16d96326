"""Starting a job: answered with its run or with 202, and a repeated key finds the run that it started."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from common.app import App
from common.config import Settings
from common.db import TYPES, metadata
from common.errors import Conflict
from common.http.app import create_app
from common.jobs import job, job_routes, outcome
from common.roles import STAFF
from common.tables import task
from common.tasks import schema
from common.tasks.execution import Execution
from common.testing import infra as infrastructure
from common.testing.http import Callers
from common.testing.infra import Infra
from common.testing.tasks import work_off

URL = "/jobs/harvest/run"
THREADS = 4


class Base(DeclarativeBase):
    metadata = metadata()
    type_annotation_map = TYPES


class Apple(Base):
    __tablename__ = "apple"

    id: Mapped[int] = mapped_column(primary_key=True)
    picked_on: Mapped[date]


def _harvest(execution: Execution, as_of: date, dry_run: bool) -> None:
    if as_of.year == 2000:
        raise Conflict("There were no apples then.")
    with execution.app.work(execution.context) as work:
        execution.expect(work, 1)
        if not dry_run:
            work.session.add(Apple(picked_on=as_of))
        execution.advance(work, 1, outcome({"apples": 1}))


HARVEST = job("harvest", "Harvest", STAFF, _harvest, ("apples",))


@pytest.fixture(scope="module")
def orchard(infra: Infra, worker_name: str) -> Iterator[App]:
    url = infra.create_database(f"orchard_{worker_name}")
    patch = pytest.MonkeyPatch()
    for key, value in infrastructure.environment(infra, "orchard", url).items():
        patch.setenv(key, value)
    settings = replace(Settings.load("orchard"), log_level="CRITICAL")
    patch.undo()
    app = App(name="orchard", settings=settings, base=Base, routes=[job_routes([HARVEST])], tasks=[HARVEST])
    Base.metadata.create_all(app.database.engine)
    with app.database.engine.begin() as connection:
        schema.install(connection)
    yield app
    app.dispose()


@pytest.fixture
def idle(orchard: App, infra: Infra) -> Callers:
    """Callers of a service without a worker."""
    with orchard.database.engine.begin() as connection:
        connection.execute(text("TRUNCATE apple, idempotency_key, task, task_part, procrastinate_jobs CASCADE"))
    return Callers(create_app(orchard), "orchard", infra.private_key)


@pytest.fixture
def callers(idle: Callers, monkeypatch: pytest.MonkeyPatch) -> Callers:
    monkeypatch.setattr("common.tasks.waiting.rest", lambda app, _: work_off(app))
    return idle


def run(caller: Any, key: str | None = "k", **body: Any) -> Any:
    return caller.post(URL, body, headers={"Idempotency-Key": key} if key else {})


def counts(app: App) -> tuple[int, int]:
    """Apples and runs."""
    with app.database.sessions() as session:
        runs = session.scalar(select(func.count()).select_from(task))
        return session.scalar(select(func.count()).select_from(Apple)) or 0, runs or 0


def test_a_run_repeated_with_its_key_is_the_same_run(orchard, callers):
    caller = callers("admin")

    first, again = run(caller, as_of="2026-01-31"), run(caller, as_of="2026-01-31")

    assert first.status_code == again.status_code == 200
    assert first.json == again.json
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert counts(orchard) == (1, 1)
    assert run(caller, key=None, as_of="2026-01-31").json["run_id"] != first.json["run_id"]
    assert run(caller, key="other", as_of="2026-01-31").json["run_id"] != first.json["run_id"]


@pytest.mark.parametrize("other", [{"as_of": "2026-02-28"}, {"as_of": "2026-01-31", "dry_run": True}])
def test_a_key_means_one_request(orchard, callers, other):
    caller = callers("admin")
    run(caller, as_of="2026-01-31")

    refused = run(caller, **other)

    assert (refused.status_code, list(refused.json["errors"])) == (422, ["Idempotency-Key"])
    assert counts(orchard) == (1, 1)


def test_people_do_not_share_keys(orchard, callers):
    one, other = (run(callers("admin"), as_of="2026-01-31") for _ in range(2))

    assert one.json["run_id"] != other.json["run_id"]
    assert counts(orchard) == (2, 2)


def test_at_once_there_is_one_run(orchard, callers):
    caller, start = callers("admin"), Barrier(THREADS)

    def go(_: int) -> Any:
        start.wait()
        return run(caller, as_of="2026-01-31").json["run_id"]

    with ThreadPoolExecutor(THREADS) as pool:
        assert len(set(pool.map(go, range(THREADS)))) == 1
    assert counts(orchard) == (1, 1)


def test_a_run_that_failed_is_answered_and_kept(orchard, callers):
    caller = callers("admin")

    failed = run(caller, as_of="2000-01-31")

    assert (failed.status_code, failed.json["status"]) == (200, "failed")
    assert failed.json["error"] == "There were no apples then."
    assert run(caller, as_of="2000-01-31").json == failed.json, "its key means this run"
    assert counts(orchard) == (0, 1)
    assert run(caller, key="other", as_of="2026-01-31").json["status"] == "succeeded"


def test_a_run_that_nobody_has_finished_is_answered_with_202(orchard, idle):
    caller = idle("admin")

    waiting = caller.post(URL, {"as_of": "2026-01-31"}, headers={"Prefer": "wait=0", "Idempotency-Key": "k"})

    assert (waiting.status_code, waiting.json["status"], waiting.json["counts"]) == (202, "waiting", {})
    assert waiting.headers["Preference-Applied"] == "wait=0"
    path = waiting.headers["Location"].removeprefix("/api/v1").replace("/tasks", "/orchard/tasks")
    assert caller.get(path).json["status"] == "waiting"
    work_off(orchard)
    done = caller.get(path).json
    assert (done["status"], done["progress"], done["result"]["counts"]) == (
        "succeeded",
        {"done": 1, "total": 1},
        {"apples": 1},
    )
    again = caller.post(URL, {"as_of": "2026-01-31"}, headers={"Idempotency-Key": "k"})
    assert (again.status_code, again.json["counts"]) == (200, {"apples": 1})


@pytest.mark.parametrize("wish", ["wait=soon", "wait"])
def test_a_wish_that_is_no_number_is_refused(orchard, idle, wish):
    refused = idle("admin").post(URL, {}, headers={"Prefer": wish})

    assert (refused.status_code, counts(orchard)) == (400, (0, 0))
    assert "wait=10" in refused.json["detail"]


def test_other_wishes_are_ignored(idle):
    answer = idle("admin").post(URL, {}, headers={"Prefer": "respond-async, wait=0"})
    assert answer.status_code == 202


def test_people_see_their_own_tasks_and_those_of_their_role(orchard, callers, infra):
    starter = callers("technician")
    run_id = run(starter, key=None, as_of="2026-01-31").json["run_id"]

    (listed,) = starter.get("/orchard/tasks").json["items"]
    assert (listed["id"], listed["kind"], listed["title"], listed["service"]) == (
        run_id,
        "harvest",
        "Harvest",
        "orchard",
    )
    assert "result" not in listed
    assert callers("admin").get("/orchard/tasks?kind=harvest&status=succeeded").json["total"] == 1
    assert callers("admin").get("/orchard/tasks?status=failed").json["total"] == 0
    assert callers("client_user").get("/orchard/tasks").status_code == 403
    assert callers("admin").get("/orchard/tasks?status=asleep").status_code == 422


def test_a_task_is_cancelled_and_retried_over_http(orchard, idle):
    caller = idle("admin")
    task_id = caller.post(URL, {}, headers={"Prefer": "wait=0"}).json["run_id"]

    assert caller.post(f"/orchard/tasks/{task_id}/cancel").json["status"] == "cancelled"
    assert caller.post(f"/orchard/tasks/{task_id}/cancel").status_code == 409
    assert (work_off(orchard), counts(orchard)) == (0, (0, 1))
    assert caller.post(f"/orchard/tasks/{task_id}/retry").json["status"] == "waiting"
    assert (work_off(orchard), counts(orchard)) == (1, (1, 1))
