"""Fixtures of the clients' tests: the service, and what it has heard from the catalog."""

from collections.abc import Callable
from typing import Any

import pytest

from clients.wiring import service as make
from common.clock import now
from common.ids import new_id
from common.testing.fixtures import MakeService

Record = dict[str, Any]


@pytest.fixture
def make_service() -> MakeService:
    return make


@pytest.fixture
def catalog_says(deliver: Callable[..., Any]) -> Callable[..., Record]:
    """`catalog_says("Remote Support", "125.00")` announces a service; give `of=` to announce its next version."""

    def say(name: str = "Remote Support", rate: str = "125.00", *, of: Record | None = None, **changes: Any) -> Record:
        was_said = {"event": "created", "at": None}
        options = {key: changes.pop(key, default) for key, default in was_said.items()}
        state = service_state(name, rate) if of is None else {**of, "version": of["version"] + 1}
        state |= changes
        deliver(f"catalog.service.{options['event']}.v1", state)
        return state

    return say


def service_state(name: str, rate: str) -> Record:
    return {
        "id": str(new_id()),
        "name": name,
        "description": f"{name}, as described",
        "kind": "labor",
        "category": "Support",
        "default_rate": rate,
        "default_unit": "Hour",
        "currency": "USD",
        "status": "active",
        "sort_order": 0,
        "created_at": now().isoformat(),
        "version": 1,
    }
