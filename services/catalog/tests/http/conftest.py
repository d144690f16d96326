"""Fixtures of the tests of the catalog as a table."""

from typing import Any

import pytest

from common.testing.http import Callers


@pytest.fixture
def load(callers: Callers) -> Any:
    """`load(table)` imports it; `load(table, dry_run=True)` only asks. Text, or bytes as they are."""

    def send(table: str | bytes, *, dry_run: bool = False, role: str = "admin", **options: Any) -> Any:
        data = table.encode() if isinstance(table, str) else table
        path = f"/services/import?dry_run={str(dry_run).lower()}"
        return callers(role).post(path, data=data, content_type="text/csv", **options)

    return send


@pytest.fixture
def services(callers: Callers) -> Any:
    """The catalog by name."""
    return lambda: {
        service["name"]: service for service in callers("admin").get("/services?page_size=100").json["items"]
    }
