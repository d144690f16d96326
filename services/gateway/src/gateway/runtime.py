"""The objects of an API process: built after the fork and found through the Flask application."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, request

from gateway.config import Settings
from gateway.user.passwords import Passwords
from gateway.web.address import client_address

if TYPE_CHECKING:
    from gateway.limits.visiting import Visits
    from gateway.proxy.identity import Signer
    from gateway.proxy.upstream import Upstream
    from gateway.session.lookup import Lookup

EXTENSION = "gateway"


@dataclass(frozen=True)
class Runtime:
    settings: Settings
    passwords: Passwords
    lookup: "Lookup"
    signer: "Signer"
    upstreams: "dict[str, Upstream]"
    visits: "Visits"
    fetchers: ThreadPoolExecutor
    """Threads for requests to several services at once."""


def runtime() -> Runtime:
    return cast(Runtime, current_app.extensions[EXTENSION])


def caller_address() -> str:
    return client_address(request.environ, runtime().settings.trusted_proxies)
