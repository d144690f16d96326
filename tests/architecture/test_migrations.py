"""Migrated databases match the models and their declared merges; migrating twice changes nothing."""

import importlib
import os

import pytest
from sqlalchemy import text

from common import merges, migrations
from common.app import App
from common.testing import infra as infrastructure

SERVICES = ("agreements", "billing", "catalog", "clients", "gateway", "notifications")
OF_CLIENTS = {"client_id", "client_service_id"}


@pytest.mark.parametrize("name", SERVICES)
def test_migrations_and_models_agree(name, infra, worker_name, monkeypatch):
    url = infra.create_database(f"drift_{name}_{worker_name}")
    for key in [key for key in os.environ if key.startswith(name.upper())]:
        monkeypatch.delenv(key)
    for key, value in infrastructure.environment(infra, name, url).items():
        monkeypatch.setenv(key, value)
    service = importlib.import_module(f"{name}.wiring").app()

    migrations.migrate(service)
    migrations.check(service)
    migrations.migrate(service)
    assert sorted(_followed(service) - _triggered(service)) == [], "add successors.follow(…) in a migration"


@pytest.mark.parametrize("name", SERVICES)
def test_every_column_of_a_client_says_whether_it_follows_merges(name):
    importlib.import_module(f"{name}.wiring")
    tables = importlib.import_module(f"{name}.db").Base.metadata.tables
    columns = [column for table in tables.values() for column in table.columns if column.name in OF_CLIENTS]

    rules = {str(column): merges.rule_of(column) for column in columns}
    silent = [name for name, rule in rules.items() if rule is None or not (rule.follows or rule.reason)]
    assert silent == [], "declare FOLLOWS, ANNOUNCED or stays(reason) of common.merges"


def _followed(app: App) -> set[str]:
    tables = app.base.metadata.tables.values()
    return {str(column) for table in tables for column in merges.following(table)}


def _triggered(app: App) -> set[str]:
    """Returns the columns whose ids a trigger replaces whenever a row is written."""
    statement = """
        SELECT c.relname || '.' || a.attname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(t.tgattr::smallint[])
        WHERE t.tgname = c.relname || '_follows'"""
    with app.database.engine.connect() as connection:
        return set(connection.scalars(text(statement)))
