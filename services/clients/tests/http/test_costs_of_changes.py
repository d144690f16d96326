"""A change to one part of a client costs the same however much the client has: as many statements, as many rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

MANY = 40


@pytest.fixture
def costs(app) -> Any:
    """`with costs() as sent:` collects each statement with the number of rows that it touched."""

    @contextmanager
    def collect() -> Iterator[list[tuple[str, int]]]:
        sent: list[tuple[str, int]] = []

        def remember(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append((statement.split("\n", maxsplit=1)[0][:90], max(cursor.rowcount, 0)))

        event.listen(app.database.engine, "after_cursor_execute", remember)
        try:
            yield sent
        finally:
            event.remove(app.database.engine, "after_cursor_execute", remember)

    return collect


ADDED = {
    "contacts": {"name": "Ann", "email": "ann@acme.example", "phone": "+1 345 949 1234"},
    "locations": {"name": "Office", "city": "Łódź", "country": "PL"},
    "assets": {"kind": "server", "name": "SRV"},
    "notes": {"title": "Call", "body": "first"},
    "services": {"is_custom": True, "name": "Mail", "rate": "10.00"},
}


def added(manager: Any, path: str, kind: str, number: int) -> Any:
    answer = manager.post(f"{path}/{kind}", ADDED[kind] | {"title" if kind == "notes" else "name": f"N{number}"})
    assert answer.status_code == 201, answer.json
    return answer.json


@pytest.mark.parametrize("kind", ADDED)
def test_parts_of_a_client_with_many_others(callers, make_client, costs, kind):
    manager = callers("manager")
    small, large = (f"/clients/{make_client(name)['id']}" for name in ("Small", "Large"))
    manager.patch(f"/clients/{make_client('First')['id']}", {"tags": ["Gold"]})
    for path in (small, large):
        for other in ADDED:
            added(manager, path, other, 0)
    for other in ADDED:
        for number in range(1, MANY):
            added(manager, large, other, number)

    totals = []
    for path in (small, large):
        with costs() as sent:
            made = added(manager, path, kind, 1000)
            changed = (
                {"custom_rate": "12.00"} if kind == "services" else {"title" if kind == "notes" else "name": "New"}
            )
            assert manager.patch(f"{path}/{kind}/{made['id']}", changed).status_code == 200
            assert manager.patch(path, {"website": "new.example"}).status_code == 200
            assert manager.patch(path, {"tags": ["Gold"]}).status_code == 200
        totals.append(sent)

    few, many = totals
    assert [statement for statement, _ in many] == [statement for statement, _ in few]
    assert [entry for entry, other in zip(many, few, strict=True) if entry != other] == []
