"""Every declared task is run by its service, and every tick enqueues one of them."""

import importlib
from pkgutil import walk_packages

import pytest

from common.housekeeping import tasks_of
from common.tasks.declaring import Task
from common.testing import infra as infrastructure

SERVICES = ("agreements", "billing", "catalog", "clients", "gateway", "notifications")


def declared(service: str) -> dict[str, Task]:
    package = importlib.import_module(service)
    modules = [importlib.import_module(found.name) for found in walk_packages(package.__path__, f"{service}.")]
    return {value.name: value for module in modules for value in vars(module).values() if isinstance(value, Task)}


@pytest.mark.parametrize("name", SERVICES)
def test_every_task_is_run_by_its_service(name, infra, monkeypatch):
    for key, value in infrastructure.environment(infra, name, "postgresql+psycopg://localhost/unused").items():
        monkeypatch.setenv(key, value)
    app = importlib.import_module(f"{name}.wiring").app()

    assert sorted(declared(name).keys() - tasks_of(app).keys()) == [], "add it to tasks=[…] in wiring.py"
    assert sorted({tick.task.name for tick in app.ticks} - tasks_of(app).keys()) == []
