"""An app with nothing but the common tables, and a store of its own for each test."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import DeclarativeBase

sys.path.insert(0, str(Path(__file__).parent))  # importlib mode puts no test folder on the path

from common.app import App
from common.blobs.stores import Store, store_at
from common.config import Settings
from common.context import Context
from common.db import metadata
from common.tables import COMMON, file
from common.testing.infra import Infra
from common.uow import UnitOfWork

Work = Callable[[], AbstractContextManager[UnitOfWork]]


class Base(DeclarativeBase):
    metadata = metadata()


@pytest.fixture(scope="module")
def made(infra: Infra, worker_name: str) -> Iterator[App]:
    settings = Settings(
        service="keeper",
        environment="test",
        api_port=1,
        worker_port=1,
        database_url=infra.create_database(f"blobs_{worker_name}"),
        amqp_url=infra.amqp_url,
        identity_public_key_file=str(infra.public_key),
        log_level="CRITICAL",
        pool_size=6,
        prefetch=1,
        exchange="blobs",
    )
    app = App(name="keeper", settings=settings, base=Base)
    COMMON.create_all(app.database.engine)
    yield app
    app.dispose()


@pytest.fixture
def keeper(made: App, tmp_path: Path) -> App:
    with made.database.engine.begin() as connection:
        connection.execute(file.delete())
    app = replace(made, settings=replace(made.settings, blob_store=tmp_path.as_uri(), blob_grace=timedelta(hours=24)))
    app.__dict__["database"] = made.database
    return app


@pytest.fixture
def work(keeper: App) -> Work:
    return lambda: keeper.work(Context())


@pytest.fixture
def store(keeper: App) -> Store:
    return store_at(keeper.settings.blob_store)
