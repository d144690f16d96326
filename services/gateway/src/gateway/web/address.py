"""Determines the caller's address."""

from typing import Any


def client_address(environ: dict[str, Any], trusted_proxies: int) -> str:
    """Returns the peer's address or, behind trusted proxies, the address the outermost proxy saw."""
    peer: str = environ.get("REMOTE_ADDR") or "unknown"
    if trusted_proxies == 0:
        return peer
    seen = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return seen[-trusted_proxies][:45] if len(seen) >= trusted_proxies else peer
