"""Filters headers. Only the listed request headers are passed on, so that callers can't forge an identity."""

from collections.abc import Iterable
from typing import Any

from common.http import assignments

PASSED_ON = {
    "HTTP_ACCEPT": "Accept",
    "HTTP_ACCEPT_ENCODING": "Accept-Encoding",
    "HTTP_ACCEPT_LANGUAGE": "Accept-Language",
    "HTTP_IDEMPOTENCY_KEY": "Idempotency-Key",
    "HTTP_IF_MATCH": "If-Match",
    "HTTP_IF_MODIFIED_SINCE": "If-Modified-Since",
    "HTTP_IF_NONE_MATCH": "If-None-Match",
    "HTTP_IF_RANGE": "If-Range",
    "HTTP_IF_UNMODIFIED_SINCE": "If-Unmodified-Since",
    "HTTP_PREFER": "Prefer",
    "HTTP_RANGE": "Range",
    "HTTP_TRACEPARENT": "Traceparent",
    "HTTP_TRACESTATE": "Tracestate",
    "HTTP_USER_AGENT": "User-Agent",
    "CONTENT_TYPE": "Content-Type",
}

HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
KEPT_BACK = HOP_BY_HOP | {"server", "date", "set-cookie", "x-powered-by", assignments.HEADER.lower()}
"""Response headers that belong to the connection or are set by the gateway."""


def inbound(environ: dict[str, Any]) -> dict[str, str]:
    """Returns the caller's headers for the service, without identity and request ids."""
    passed = {name: environ[key] for key, name in PASSED_ON.items() if environ.get(key)}
    connection = environ.get("HTTP_CONNECTION")
    if connection and connection.lower() not in {"keep-alive", "close"}:
        named = _tokens(connection)
        passed = {name: value for name, value in passed.items() if name.lower() not in named}
    passed.setdefault("User-Agent", "evergreen-gateway")
    return passed


def outbound(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns the service's headers for the caller."""
    pairs = list(headers)
    hidden: frozenset[str] | set[str] = KEPT_BACK
    for name, value in pairs:
        if name.lower() == "connection" and value.lower() not in {"keep-alive", "close"}:
            hidden = hidden | _tokens(value)
    return [
        (name, value)
        for name, value in pairs
        if (lower := name.lower()) not in hidden and not lower.startswith("access-control-")
    ]


def _tokens(value: str) -> set[str]:
    return {token.strip().lower() for token in value.split(",")}
