"""One service as the gateway reaches it: a bounded pool of kept connections, time limits and a circuit breaker."""

from collections.abc import Mapping
from math import ceil
from threading import local
from time import monotonic
from typing import Any, cast

import structlog
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, Timeout
from urllib3.connection import HTTPConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    EmptyPoolError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)
from urllib3.util import parse_url

from common.errors import DomainError, Unavailable
from gateway.config import Settings
from gateway.proxy.bodies import Passing
from gateway.proxy.breaker import Breaker

log = structlog.get_logger()

IDLE_SECONDS = 60
"""Services keep an idle connection for 75 s: it is always this side that closes first, never under a request."""
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
QUEUE_SECONDS = 1.0
"""How long a request waits for one of the pool's connections while all are in use."""

_this_thread = local()


class TookTooLong(DomainError):
    status, title = 504, "No answer in time"


class BrokeOff(DomainError):
    status, title = 502, "No proper answer"


def _may_be_repeated(method: str, headers: Mapping[str, str]) -> bool:
    """Asked a second time it does no harm, whether or not it was done the first time."""
    return method in IDEMPOTENT or "Idempotency-Key" in headers


class KeptConnection(HTTPConnection):
    """Knows how long it lay idle, and tells its thread when it had to be opened anew."""

    used_at = 0.0

    def connect(self) -> None:
        super().connect()
        _this_thread.opened = True
        self.used_at = monotonic()

    def getresponse(self) -> Any:
        response = super().getresponse()
        self.used_at = monotonic()
        return response

    @property
    def is_connected(self) -> bool:
        return monotonic() - self.used_at < IDLE_SECONDS and super().is_connected


class KeptConnections(HTTPConnectionPool):
    ConnectionCls = KeptConnection


class Upstream:
    def __init__(self, name: str, url: str, settings: Settings) -> None:
        self.name = name
        self.breaker = Breaker(settings.breaker_failures, settings.breaker_seconds)
        base = parse_url(url or "http://nowhere.invalid")
        # Fewer than there are threads: a service that hangs cannot take them all from the others.
        size = max(2, settings.threads * 3 // 4)
        self._pool = KeptConnections(base.host or "", base.port or 80, maxsize=size, block=True)
        self._connect_seconds = settings.connect_seconds
        self.seconds = {False: settings.request_seconds, True: settings.run_seconds}
        self._there = bool(url)

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | Passing | None, seconds: float
    ) -> BaseHTTPResponse:
        """The service's answer, its body unread. Raises Unavailable, TookTooLong or BrokeOff."""
        wait = self.breaker.wait()
        if wait or not self._there:
            raise self._away(wait)
        try:
            response = self._sent(method, target, headers, body, seconds)
        except (NewConnectionError, ConnectTimeoutError) as error:
            self._failed(error)
            raise self._away(0) from error
        except ReadTimeoutError as error:
            self._failed(error)
            raise TookTooLong(f"The {self.name} service took longer than {seconds:g} seconds.") from error
        except EmptyPoolError as error:
            self.breaker.abandoned()
            raise Unavailable(f"The {self.name} service is busy. Try again shortly.", 1) from error
        except HTTPError as error:
            self._failed(error)
            if _may_be_repeated(method, headers):
                raise self._away(0) from error
            raise BrokeOff(f"The {self.name} service broke off. Whether it did what you asked is not known.") from error
        except BaseException:
            self.breaker.abandoned()
            raise
        self.breaker.succeeded()
        return response

    def _failed(self, error: Exception) -> None:
        self.breaker.failed()
        log.warning("upstream_failed", upstream=self.name, error=f"{type(error).__name__}: {error}"[:200])

    def _sent(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | Passing | None, seconds: float
    ) -> BaseHTTPResponse:
        """Sends again, once, what broke off on a connection that lay in the pool: the service had closed it, and
        asked a second time an idempotent request does no harm."""
        _this_thread.opened = False
        try:
            return self._urlopen(method, target, headers, body, seconds)
        except ProtocolError:
            if _this_thread.opened or not _may_be_repeated(method, headers) or isinstance(body, Passing):
                raise
        log.info("upstream_sent_again", upstream=self.name)
        return self._urlopen(method, target, headers, body, seconds)

    def _urlopen(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | Passing | None, seconds: float
    ) -> BaseHTTPResponse:
        return self._pool.urlopen(
            method,
            target,
            body=cast(Any, body),
            headers=headers,
            retries=False,
            redirect=False,
            assert_same_host=False,
            timeout=Timeout(connect=self._connect_seconds, read=seconds),
            pool_timeout=cast(int, QUEUE_SECONDS),
            preload_content=False,
            decode_content=False,
        )

    def _away(self, wait: float) -> Unavailable:
        return Unavailable(f"The {self.name} service is not reachable at the moment.", max(1, ceil(wait)))

    def dispose(self) -> None:
        self._pool.close()
