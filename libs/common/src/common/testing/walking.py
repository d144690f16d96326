"""Walking all routes of a service, as tests of a promise that every route makes."""

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
    """Below /api/v1, with ids that nothing has."""
    nested: bool
    """Whether there is an id in its path."""


@dataclass(frozen=True)
class Served:
    """A service's API and a caller who may do everything there."""

    app: App
    flask_app: Flask
    caller: Caller
    actor: str
    """The caller, as idempotency keys and events name them."""

    def routes(self, method: str) -> Iterator[Route]:
        """The declared routes of one method."""
        adapter = self.flask_app.url_map.bind("localhost")
        for rule in self.flask_app.url_map.iter_rules():
            if rule.rule.startswith(f"{BASE}/") and method in (rule.methods or ()) and "." in rule.endpoint:
                values: dict[str, Any] = {name: new_id() for name in rule.arguments}
                path = adapter.build(rule.endpoint, values, method=method).removeprefix(BASE)
                yield Route(rule.endpoint.rsplit(".", 1)[1], path, bool(values))
