"""A service whose tasks write down what they did, on a database with the queue installed."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parent))  # importlib mode puts no test folder on the path

from field import Base, app_of

from common.app import App
from common.config import Settings
from common.tasks import schema
from common.testing import infra as infrastructure
from common.testing.infra import Infra

EMPTY = text("TRUNCATE seed, file, task, task_part, idempotency_key, procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture(scope="module")
def field_app(infra: Infra, worker_name: str) -> Iterator[App]:
    url = infra.create_database(f"field_{worker_name}")
    patch = pytest.MonkeyPatch()
    for key, value in infrastructure.environment(infra, "field", url).items():
        patch.setenv(key, value)
    settings = replace(Settings.load("field"), log_level="CRITICAL")
    patch.undo()
    app = app_of(settings)
    Base.metadata.create_all(app.database.engine)
    with app.database.engine.begin() as connection:
        schema.install(connection)
    yield app
    app.dispose()


@pytest.fixture
def app(field_app: App) -> App:
    with field_app.database.engine.begin() as connection:
        connection.execute(EMPTY)
    return field_app
