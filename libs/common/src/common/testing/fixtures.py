"""Fixtures for the tests of all services. A service's conftest names its wiring in `make_app`.

```python
@pytest.fixture
def make_app():
    return catalog.wiring.app
```
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask import Flask
from sqlalchemy import select, text

from common import migrations
from common.app import App
from common.context import SYSTEM, Actor, Context
from common.events import Envelope
from common.http.app import create_app
from common.ids import new_id
from common.messaging.handling import handle
from common.organisation import stored
from common.tables import outbox
from common.testing import infra as infrastructure
from common.testing.http import Callers
from common.testing.infra import Infra
from common.testing.tasks import work_off
from common.uow import UnitOfWork

MakeApp = Callable[[], App]
InWork = Callable[..., AbstractContextManager[UnitOfWork]]

_migrated: dict[str, App] = {}
_apps: dict[str, Flask] = {}


@pytest.fixture(scope="session")
def infra() -> Infra:
    return infrastructure.from_environment()


@pytest.fixture(scope="session")
def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main") + os.environ.get("TEST_SUFFIX", "")


@pytest.fixture
def app(make_app: MakeApp, infra: Infra, worker_name: str) -> App:
    """Returns the app on its own migrated database, which is emptied before each test."""
    name = make_app.__module__.split(".")[0]
    if name not in _migrated:
        template = f"{name}_{_schema_of(name)}"
        with infra.template(template) as url:
            if url:
                _migrate(make_app, infrastructure.environment(infra, name, url))
        url = infra.create_database(f"{name}_{worker_name}", template)
        os.environ.update(infrastructure.environment(infra, name, url))
        _migrated[name] = make_app()
    _empty(_migrated[name])
    return _migrated[name]


def _schema_of(name: str) -> str:
    """Returns a hash of the migrations of the service and of Evergreen's libraries."""
    sources = Path(import_module(name).__file__ or "").parents[2]
    common = Path(migrations.__file__).parent
    files = [*(sources / "migrations").rglob("*.py"), *common.glob("*.py"), *(common / "tasks").glob("*.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:12]


def _migrate(make_app: MakeApp, environment: dict[str, str]) -> None:
    os.environ.update(environment)
    app = make_app()
    migrations.migrate(app)
    app.dispose()


def _empty(app: App) -> None:
    """Deletes all rows, bypassing triggers that forbid it, and restarts the sequences.

    Most tables are empty between tests; finding the others takes a twentieth of the time of TRUNCATE on all tables.
    """
    queue = ("procrastinate_events", "procrastinate_jobs", "procrastinate_workers", "task_part", "task")
    common = ("outbox", "inbox", "handling_attempt", "idempotency_key", "file", "organisation", *queue)
    tables = [*common, *(table.name for table in app.base.metadata.sorted_tables)]
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)
    with app.database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in connection.scalars(text(filled)).all():
            connection.execute(text(f'DELETE FROM "{name}"'))
        connection.execute(text("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"))


@pytest.fixture
def in_work(app: App) -> InWork:
    """Opens units of work: `with in_work() as work:` commits at its end; the options set actor and time."""

    def open_work(
        role: str = "admin",
        *,
        user_id: str | None = None,
        client_id: UUID | None = None,
        at: datetime | None = None,
        expected_version: int | None = None,
    ) -> AbstractContextManager[UnitOfWork]:
        actor = SYSTEM if role == "system" else Actor(user_id or str(new_id()), f"Test {role}", role, client_id)
        return app.work(Context(actor=actor, now=at or datetime.now(UTC), expected_version=expected_version))

    return open_work


@pytest.fixture
def organise(app: App) -> Callable[..., None]:
    """Changes settings of the organisation as if its event had arrived: `organise(currency="KYD")`."""

    def change(**settings: Any) -> None:
        with app.database.sessions.begin() as session:
            known = stored.read(session)
            stored.write(session, replace(known.settings, **settings), known.version + 1, datetime.now(UTC))

    return change


@pytest.fixture
def run_tasks(app: App) -> Callable[..., int]:
    """Runs the tasks that are due, as a worker would; `run_tasks(now=…)` at another time."""
    return partial(work_off, app)


PATIENT = 60.0
"""Seconds that requests wait for their tasks in tests, so that a busy machine gets the same answers."""


@pytest.fixture
def callers(app: App, infra: Infra, monkeypatch: pytest.MonkeyPatch) -> Callers:
    """Returns `callers`: `callers("technician", user_id=…).get("/clients")`. A request that starts a task runs it."""
    monkeypatch.setattr("common.tasks.waiting.rest", lambda app, _: work_off(app))
    monkeypatch.setattr("common.http.starting.WAIT", PATIENT)
    # Mounting all routes takes longer than most tests, and an app keeps nothing between requests.
    if app.name not in _apps:
        _apps[app.name] = create_app(app)
    return Callers(_apps[app.name], app.name, infra.private_key)


@pytest.fixture
def emitted(app: App) -> Callable[..., list[Envelope]]:
    """Returns the events in the outbox, oldest first: `emitted("catalog.service.created.v1")`, or all events."""

    def read(*types: str) -> list[Envelope]:
        statement = select(outbox.c.payload).order_by(outbox.c.id)
        if types:
            statement = statement.where(outbox.c.type.in_(types))
        with app.database.engine.connect() as connection:
            return [Envelope.decode(payload.encode()) for payload in connection.scalars(statement)]

    return read


@pytest.fixture
def deliver(app: App) -> Callable[..., Envelope]:
    """Delivers events to the service as its consumer does: `deliver("clients.client.created.v1", {...})`.

    A list of `(type, data)` pairs is delivered as a batch in one transaction. Errors of handlers are raised here.
    """

    def send(type: str | list[tuple[str, dict[str, Any]]], data: dict[str, Any] | None = None, **options: Any) -> Any:
        pairs = [(type, data or {})] if isinstance(type, str) else type
        envelopes = [envelope(name, content, **options) for name, content in pairs]
        handle(app, envelopes)
        return envelopes[0] if isinstance(type, str) else envelopes

    return send


def envelope(
    type: str,
    data: dict[str, Any],
    *,
    sequence: int | None = None,
    event_id: UUID | None = None,
    actor: str = "admin:test",
) -> Envelope:
    """Returns an event as its producer publishes it, with JSON-ready data."""
    ready = orjson.loads(orjson.dumps(data, default=str))
    return Envelope(
        id=event_id or new_id(),
        type=type,
        source=type.split(".", maxsplit=1)[0],
        subject=str(ready.get("id", "")),
        time=datetime.now(UTC),
        sequence=sequence if sequence is not None else int(ready.get("version", 1)),
        correlation_id=str(new_id()),
        causation_id=None,
        actor=actor,
        data=ready,
    )
