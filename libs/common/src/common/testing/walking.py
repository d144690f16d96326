"""Lists all routes of a service, for tests of rules that apply to all routes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask

from common.app import App
from common.http.routes import BASE
from common.ids import new_id
from common.testing.http import Caller


@dataclass(frozen=True)
class Route:
    operation: str
    path: str
    """The path below /api/v1, with unknown ids."""
    nested: bool
    """Whether the path contains an id."""


@dataclass(frozen=True)
class Served:
    """A service's API with a caller who may do everything."""

    app: App
    flask_app: Flask
    caller: Caller
    actor: str
    """Returns the caller's name in idempotency keys and events."""

    def routes(self, method: str) -> Iterator[Route]:
        """Returns the routes of a method."""
        adapter = self.flask_app.url_map.bind("localhost")
        for rule in self.flask_app.url_map.iter_rules():
            if rule.rule.startswith(f"{BASE}/") and method in (rule.methods or ()) and "." in rule.endpoint:
                values: dict[str, Any] = {name: new_id() for name in rule.arguments}
                path = adapter.build(rule.endpoint, values, method=method).removeprefix(BASE)
                yield Route(rule.endpoint.rsplit(".", 1)[1], path, bool(values))
