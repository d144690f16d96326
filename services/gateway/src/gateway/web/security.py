"""Security headers of all answers."""

from collections.abc import Callable
from typing import Any

StartResponse = Callable[..., Any]
Headers = list[tuple[str, str]]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Mantine sets styles on elements
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self' blob:",  # an invoice's PDF, fetched with its headers and shown from memory
        "worker-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ALWAYS: Headers = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
OVER_TLS: Headers = [("Strict-Transport-Security", "max-age=63072000; includeSubDomains")]


def headers(*, production: bool) -> Headers:
    return ALWAYS + (OVER_TLS if production else [])


def secured(start_response: StartResponse, fixed: Headers, *, api: bool) -> StartResponse:
    """Returns a `start_response` that adds the headers, and `no-store` to API answers without a Cache-Control."""

    def start(status: str, sent: Headers, exc_info: Any = None) -> Any:
        if api and not any(name.lower() == "cache-control" for name, _ in sent):
            sent.append(("Cache-Control", "no-store"))
        sent.extend(fixed)
        return start_response(status, sent, exc_info) if exc_info else start_response(status, sent)

    return start
