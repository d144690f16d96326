"""Sends requests to a service, with limited shares of the threads, time limits and a circuit breaker."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from gateway.limits.breaker import Breaker
from gateway.proxy.bodies import Passing

log = structlog.get_logger()

IDLE_SECONDS = 60
"""Less than the 75 s of the services, so that this side closes idle connections first."""
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
DASHBOARD_SECONDS = 3.0
"""A part of the dashboard that takes longer is left out."""

_this_thread = local()


class TookTooLong(DomainError):
    status, title = 504, "No answer in time"


class BrokeOff(DomainError):
    status, title = 502, "No proper answer"


def _may_be_repeated(method: str, headers: Mapping[str, str]) -> bool:
    """Returns whether the request can be sent twice without further effect."""
    return method in IDEMPOTENT or "Idempotency-Key" in headers


class KeptConnection(HTTPConnection):
    """A connection that records how long it was idle and whether it was newly opened."""

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


@dataclass(frozen=True)
class Share:
    """A bulkhead: limits the concurrent requests of one kind to a service and the seconds each may take.

    A request holds a connection of the pool until its answer is read. While all are in use, further requests are
    refused at once, so that a service that hangs holds only its share of the threads.
    """

    pool: KeptConnections
    seconds: float


class Upstream:
    def __init__(self, name: str, url: str, settings: Settings) -> None:
        self.name = name
        self.breaker = Breaker(settings.breaker_failures, settings.breaker_seconds)
        self._base = parse_url(url or "http://nowhere.invalid")
        self._there = bool(url)
        self._connect_seconds = settings.connect_seconds
        self.ordinary = self._share(settings.share, settings.request_seconds)
        self.long = self._share(settings.long_share, settings.run_seconds)
        self.dashboard = self._share(settings.own_share, DASHBOARD_SECONDS)

    def _share(self, size: int, seconds: float) -> Share:
        pool = KeptConnections(self._base.host or "", self._base.port or 80, maxsize=size, block=True)
        return Share(pool, seconds)

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | Passing | None, share: Share
    ) -> BaseHTTPResponse:
        """Returns the service's answer, its body unread. Raises Unavailable, TookTooLong or BrokeOff."""
        wait = self.breaker.wait()
        if wait or not self._there:
            raise self._away(wait)
        try:
            response = self._sent(method, target, headers, body, share)
        except (NewConnectionError, ConnectTimeoutError) as error:
            self._failed(error)
            raise self._away(0) from error
        except ReadTimeoutError as error:
            self._failed(error)
            message = f"The {self.name} service took longer than {share.seconds:g} seconds. Try again shortly."
            raise TookTooLong(message) from error
        except EmptyPoolError as error:
            self.breaker.abandoned()
            raise Unavailable(f"The {self.name} service is busy. Try again shortly.", 1) from error
        except HTTPError as error:
            self._failed(error)
            if _may_be_repeated(method, headers):
                raise self._away(0) from error
            failure = f"The connection to the {self.name} service was lost."
            raise BrokeOff(f"{failure} Check whether your change was saved before you try again.") from error
        except BaseException:
            self.breaker.abandoned()
            raise
        self.breaker.succeeded()
        return response

    def _failed(self, error: Exception) -> None:
        self.breaker.failed()
        log.warning("upstream_failed", upstream=self.name, error=f"{type(error).__name__}: {error}"[:200])

    def _sent(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | Passing | None, share: Share
    ) -> BaseHTTPResponse:
        """Sends the request, once again if it failed on a pooled connection that the service had closed."""
        _this_thread.opened = False
        try:
            return self._urlopen(method, target, headers, body, share)
        except ProtocolError:
            if _this_thread.opened or not _may_be_repeated(method, headers) or isinstance(body, Passing):
                raise
        log.info("upstream_sent_again", upstream=self.name)
        return self._urlopen(method, target, headers, body, share)

    def _urlopen(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | Passing | None, share: Share
    ) -> BaseHTTPResponse:
        return share.pool.urlopen(
            method,
            target,
            body=cast(Any, body),
            headers=headers,
            retries=False,
            redirect=False,
            assert_same_host=False,
            timeout=Timeout(connect=self._connect_seconds, read=share.seconds),
            pool_timeout=0,
            preload_content=False,
            decode_content=False,
        )

    def _away(self, wait: float) -> Unavailable:
        message = f"The {self.name} service is temporarily unavailable. Try again shortly."
        return Unavailable(message, max(1, ceil(wait)))

    def dispose(self) -> None:
        for share in (self.ordinary, self.long, self.dashboard):
            share.pool.close()
