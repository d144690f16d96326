"""Asks all services for their parts of the dashboard at once."""

from concurrent.futures import Future, wait
from typing import Any

import orjson
import structlog
from urllib3.exceptions import HTTPError

from common.errors import DomainError
from common.http.routes import BASE
from gateway.proxy.upstream import DASHBOARD_SECONDS, Upstream
from gateway.runtime import Runtime
from gateway.session.principal import Principal

log = structlog.get_logger()

NO_ACCESS = frozenset({401, 403, 404})


def fetch(runtime: Runtime, who: Principal) -> dict[str, dict[str, Any] | None]:
    """Returns each service's part: None if it is unavailable or failed, empty if the role may not see it."""
    ids = structlog.contextvars.get_contextvars()
    passed = {"X-Request-Id": ids.get("request_id", ""), "X-Correlation-Id": ids.get("correlation_id", "")}
    futures: dict[str, Future[dict[str, Any]]] = {}
    for name, upstream in runtime.upstreams.items():
        headers = {
            **passed,
            "Authorization": runtime.signer.authorization(who, name),
            "Accept": "application/json",
        }
        futures[name] = runtime.fetchers.submit(_part, upstream, headers)
    wait(futures.values(), timeout=DASHBOARD_SECONDS + 1)
    return {name: _result(name, future) for name, future in futures.items()}


def _part(upstream: Upstream, headers: dict[str, str]) -> dict[str, Any]:
    response = upstream.send("GET", f"{BASE}/{upstream.name}/dashboard", headers, None, upstream.dashboard)
    try:
        body = response.read(decode_content=True)
    finally:
        response.release_conn()
    if response.status in NO_ACCESS:
        return {}
    if response.status != 200:
        raise ValueError(f"answered {response.status}")
    part = orjson.loads(body)
    if not isinstance(part, dict):
        raise TypeError("answered no JSON object")
    return part


def _result(name: str, future: Future[dict[str, Any]]) -> dict[str, Any] | None:
    if not future.done():
        future.cancel()
        log.warning("dashboard_part_missing", upstream=name, error="too slow")
        return None
    try:
        return future.result()
    except (DomainError, HTTPError, ValueError, TypeError) as error:
        log.warning("dashboard_part_missing", upstream=name, error=str(error)[:200])
        return None
