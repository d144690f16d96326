"""Asks all services for their parts of one answer at once: of the dashboard, of the tasks."""

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


def fetch(runtime: Runtime, who: Principal, target: str) -> dict[str, dict[str, Any] | None]:
    """Returns each service's part, found at `/api/v1/{service}/{target}`.

    None stands for a service that is away or failed, an empty part for one that has none for this role.
    """
    asked: dict[str, Future[dict[str, Any]]] = {}
    for name, upstream in runtime.upstreams.items():
        path = f"{BASE}/{name}/{target}"
        asked[name] = runtime.fetchers.submit(_part, upstream, path, headers_for(runtime, who, name))
    wait(asked.values(), timeout=DASHBOARD_SECONDS + 1)
    return {name: _result(name, future) for name, future in asked.items()}


def headers_for(runtime: Runtime, who: Principal, service: str) -> dict[str, str]:
    ids = structlog.contextvars.get_contextvars()
    given = {"X-Request-Id": ids.get("request_id", ""), "X-Correlation-Id": ids.get("correlation_id", "")}
    return {**given, "Authorization": runtime.signer.authorization(who, service), "Accept": "application/json"}


def _part(upstream: Upstream, path: str, headers: dict[str, str]) -> dict[str, Any]:
    response = upstream.send("GET", path, headers, None, upstream.dashboard)
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
        log.warning("part_missing", upstream=name, error="too slow")
        return None
    try:
        return future.result()
    except (DomainError, HTTPError, ValueError, TypeError) as error:
        log.warning("part_missing", upstream=name, error=str(error)[:200])
        return None
