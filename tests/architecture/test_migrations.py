"""Migrated databases match the models of every service; migrating twice changes nothing."""

import importlib
import os

import pytest

from common import migrations
from common.testing import infra as infrastructure

SERVICES = ("agreements", "billing", "catalog", "clients", "gateway", "notifications")


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
