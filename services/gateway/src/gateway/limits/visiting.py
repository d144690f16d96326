"""Limits the requests of people without an account, by their address."""

from typing import Any

from common.app import App
from gateway.limits import counting
from gateway.limits.guessing import network
from gateway.limits.window import Limit
from gateway.web.address import client_address

LIMIT = Limit(60, 60)
"""Opening, reading and answering one link takes about five requests. An office may share an address."""
TOO_MANY = "Too many requests from your address. Wait a minute, then open the link again."


class Visits:
    def __init__(self, app: App, trusted_proxies: int) -> None:
        self._app, self._trusted_proxies = app, trusted_proxies

    def count(self, environ: dict[str, Any]) -> str:
        """Counts a request and returns the visitor's address. Raises TooMany above the limit."""
        address = client_address(environ, self._trusted_proxies)
        counting.spend(self._app, f"visit {network(address)}", LIMIT, TOO_MANY)
        return address
