"""Fixtures of the tests of clients and contacts as tables."""

from typing import Any

import pytest

from common.testing.http import Callers

Record = dict[str, Any]


@pytest.fixture
def load_table(callers: Callers) -> Any:
    """`load_table(table)` imports clients; `of="contacts"` contacts; `dry_run=True` only asks."""

    def send(table: str | bytes, *, of: str = "clients", dry_run: bool = False, role: str = "manager") -> Any:
        data = table.encode() if isinstance(table, str) else table
        path = f"/{of}/import?dry_run={str(dry_run).lower()}"
        return callers(role).post(path, data=data, content_type="text/csv")

    return send


@pytest.fixture
def clients(callers: Callers) -> Any:
    return lambda: {each["name"]: each for each in callers("manager").get("/clients?page_size=100").json["items"]}


@pytest.fixture
def contacts(callers: Callers) -> Any:
    """A client's contacts by name."""

    def read(client: Record) -> dict[str, Record]:
        items = callers("manager").get(f"/clients/{client['id']}/contacts?page_size=100").json["items"]
        return {each["name"]: each for each in items}

    return read
