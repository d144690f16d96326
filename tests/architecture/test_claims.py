"""Rows that wait in a table are claimed by one helper, and a loop does nothing but work off such a table."""

import ast
import importlib
from functools import partial

import pytest

from common.testing import infra as infrastructure

SERVICES = ("agreements", "billing", "catalog", "clients", "gateway", "notifications")
HELPER = "common.claims"
QUEUE_OF_TASKS = "common.tasks.recovering"
"""The statements on procrastinate's tables."""


def skips_locked_rows(module):
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg == "skip_locked":
            return True
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "SKIP LOCKED" in node.value.upper():
            return True
    return False


def test_only_the_shared_helper_skips_locked_rows(modules):
    found = {name for name, module in modules.items() if skips_locked_rows(module)}

    assert found == {HELPER, QUEUE_OF_TASKS}, "claim rows with common.claims.Queue"


@pytest.mark.parametrize("name", SERVICES)
def test_a_loop_works_off_a_table_that_is_claimed(name, infra, monkeypatch, modules):
    """All other work in the background is a task."""
    for key, value in infrastructure.environment(infra, name, "postgresql+psycopg://localhost/unused").items():
        monkeypatch.setenv(key, value)
    for loop in importlib.import_module(f"{name}.wiring").app().loops:
        run = loop.run.func if isinstance(loop.run, partial) else loop.run
        assert HELPER in modules[run.__module__].imports, f"{loop.name}: make it a task, or claim its rows"
