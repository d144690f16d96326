"""Where a request came from, as far as that can be believed."""

from typing import Any


def client_address(environ: dict[str, Any], trusted_proxies: int) -> str:
    """The peer's address, or behind proxies of our own what the outermost of them saw."""
    peer: str = environ.get("REMOTE_ADDR") or "unknown"
    if trusted_proxies == 0:
        return peer
    seen = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return seen[-trusted_proxies][:45] if len(seen) >= trusted_proxies else peer
