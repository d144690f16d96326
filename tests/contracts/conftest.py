"""What contract tests share: the generator, the services as data, and the golden example of each event."""

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from common.events import EventType
from common.handlers import Handler
from common.service import Service


@pytest.fixture(scope="session")
def generator() -> ModuleType:
    path = Path(__file__).with_name("generate.py")
    spec = importlib.util.spec_from_file_location("evergreen_contract_generator", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def services(generator: ModuleType) -> dict[str, Service]:
    return {name: generator.service(name) for name in generator.SERVICES}


@dataclass(frozen=True)
class Golden:
    """`raw` as it would travel; `envelope` the same, parsed."""

    service: str
    path: Path
    raw: bytes

    @property
    def type(self) -> str:
        return self.path.stem

    @property
    def envelope(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.raw)
        return parsed


@pytest.fixture(scope="session")
def goldens(generator: ModuleType) -> dict[str, Golden]:
    """By event type, which is the file's name."""
    paths = sorted(generator.ROOT.glob("services/*/contracts/*.json"))
    found = [Golden(path.parents[1].name, path, path.read_bytes()) for path in paths]
    return {golden.type: golden for golden in found}


@pytest.fixture(scope="session")
def produced(services: dict[str, Service]) -> dict[str, EventType]:
    return {event.name: event for service in services.values() for event in service.events}


@pytest.fixture(scope="session")
def bound(services: dict[str, Service]) -> list[tuple[str, str, Handler]]:
    """(consumer, event type, handler) for every exact binding; patterns such as `#` keep envelopes unread."""
    return [
        (name, event_type, handler)
        for name, service in services.items()
        for handler in service.handlers
        for event_type in handler.types
        if not {"*", "#"} & set(event_type)
    ]
