"""Each test gets a service on an exchange of its own, in a database emptied before it."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parent))  # importlib mode puts no test folder on the path

from harness import App, Background, Base, Broker, handlers_of, record, settings

from common.db import Database
from common.ids import new_id
from common.messaging.topology import Names
from common.tasks import schema
from common.testing import infra as infrastructure
from common.testing.infra import Infra

MakeProbe = Callable[..., App]
EMPTY = text(
    "TRUNCATE outbox, inbox, handling_attempt, effect, idempotency_key, task, procrastinate_jobs"
    " RESTART IDENTITY CASCADE"
)


@pytest.fixture(scope="session")
def infra(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Infra]:
    """What the environment names; without it a private PostgreSQL and RabbitMQ for this run."""
    if "TEST_AMQP_URL" in os.environ:
        yield infrastructure.from_environment()
        return
    from local import infra as local
    from local.run_dir import RunDir

    run = RunDir.of(tmp_path_factory.mktemp("run"))
    os.environ.update(local.exports(local.up(run, ephemeral=True).env))
    yield infrastructure.from_environment()
    local.down(run)


@pytest.fixture(scope="session")
def probe_database(infra: Infra, worker_name: str) -> Iterator[Database]:
    url = infra.create_database(f"probe_{worker_name}")
    database = Database(url, pool_size=2)
    Base.metadata.create_all(database.engine)
    with database.engine.begin() as connection:
        schema.install(connection)
    yield database
    database.dispose()


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.close()


@pytest.fixture
def broker(infra: Infra, background: Background) -> Iterator[Broker]:
    broker = Broker(infra.amqp_url, background)
    yield broker
    broker.close()


@pytest.fixture
def make_probe(probe_database: Database, infra: Infra, broker: Broker) -> Iterator[MakeProbe]:
    """`make_probe(handlers, prefetch=5)`; services made in one test share exchange, queues and database."""
    probe_database.engine.dispose()  # a test before may have had its connections cut
    with probe_database.engine.begin() as connection:
        connection.execute(EMPTY)
    exchange = f"test-{new_id()}"
    made: list[App] = []

    def make(handlers: Any = None, **changes: Any) -> App:
        url = probe_database.engine.url.render_as_string(hide_password=False)
        chosen = settings(**{"database_url": url, "amqp_url": infra.amqp_url, "exchange": exchange, **changes})
        handlers = handlers_of(record) if handlers is None else handlers
        app = App(name="probe", settings=chosen, base=Base, handlers=[*handlers])
        made.append(app)
        return app

    yield make
    for app in made:
        app.dispose()
        broker.remove(Names.of(app.settings))
