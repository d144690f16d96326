"""What commits in portions of its own, such as a job, keeps the promise of an Idempotency-Key as well."""

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
from common.context import Context
from common.db import TYPES, metadata
from common.http.app import create_app
from common.jobs import Job, Outcome, job_routes
from common.roles import STAFF
from common.tables import COMMON, job_run
from common.testing import infra as infrastructure
from common.testing.http import Callers
from common.testing.infra import Infra

URL = "/jobs/harvest/run"
THREADS = 4


class Base(DeclarativeBase):
    metadata = metadata()
    type_annotation_map = TYPES


class Apple(Base):
    __tablename__ = "apple"

    id: Mapped[int] = mapped_column(primary_key=True)
    picked_on: Mapped[date]


def _harvest(app: App, context: Context, as_of: date, dry_run: bool) -> Outcome:
    if as_of.year == 2000:
        raise RuntimeError("no apples then")
    if not dry_run:
        with app.work(context) as work:
            work.session.add(Apple(picked_on=as_of))
    return Outcome({"apples": 1})


@pytest.fixture(scope="module")
def orchard(infra: Infra, worker_name: str) -> Iterator[App]:
    url = infra.create_database(f"orchard_{worker_name}")
    patch = pytest.MonkeyPatch()
    for key, value in infrastructure.environment(infra, "orchard", url).items():
        patch.setenv(key, value)
    settings = replace(Settings.load("orchard"), log_level="CRITICAL")
    patch.undo()
    jobs = job_routes([Job("harvest", STAFF, _harvest)])
    app = App(name="orchard", settings=settings, base=Base, routes=[jobs])
    Base.metadata.create_all(app.database.engine)
    COMMON.create_all(app.database.engine)
    yield app
    app.dispose()


@pytest.fixture
def callers(orchard: App, infra: Infra) -> Callers:
    with orchard.database.engine.begin() as connection:
        connection.execute(text("TRUNCATE apple, idempotency_key, job_run"))
    return Callers(create_app(orchard), "orchard", infra.private_key)


def run(caller: Any, key: str | None = "k", **body: Any) -> Any:
    return caller.post(URL, body, headers={"Idempotency-Key": key} if key else {})


def counts(app: App) -> tuple[int, int]:
    """Apples and runs."""
    with app.database.sessions() as session:
        runs = session.scalar(select(func.count()).select_from(job_run))
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


def test_a_run_that_failed_may_be_tried_again_with_its_key(orchard, callers):
    caller = callers("admin")

    assert run(caller, as_of="2000-01-31").status_code == 500
    assert run(caller, as_of="2000-01-31").status_code == 500
    assert counts(orchard) == (0, 2), "each try is recorded"
    assert run(caller, as_of="2026-01-31").status_code == 200
