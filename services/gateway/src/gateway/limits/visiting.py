"""Limits the requests of people without an account, by their address."""

from common.app import App
from gateway.limits import counting
from gateway.limits.guessing import network
from gateway.limits.window import Limit

LIMIT = Limit(60, 60)
"""Opening, reading and answering one link takes about five requests. An office may share an address."""
TOO_MANY = "Too many requests from your address. Wait a minute, then open the link again."


class Visits:
    def __init__(self, app: App) -> None:
        self._app = app

    def count(self, address: str) -> None:
        """Counts a request. Raises TooMany above the limit."""
        counting.spend(self._app, f"visit {network(address)}", LIMIT, TOO_MANY)
