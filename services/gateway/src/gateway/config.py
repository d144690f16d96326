"""Settings of the gateway beyond the common ones."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environs import EnvError
from marshmallow.validate import Range

from common import config
from gateway.limits.window import Limit

UPSTREAMS = ("agreements", "billing", "catalog", "clients", "notifications")
PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parents[1]
PERIODS = {"second": 1, "minute": 60, "hour": 3600}


@dataclass(frozen=True, kw_only=True)
class Settings(config.Settings):
    identity_private_key_file: str | None
    """Required by the API process only, which signs identity tokens."""
    upstreams: dict[str, str]
    """Base URLs by service. Routes of a service without a URL answer 503."""
    web_dir: Path
    openapi_file: Path
    api_rate_limit: Limit
    access_minutes: int
    cookie_hours: int
    refresh_days: int
    trusted_proxies: int
    """The number of our own proxies in front, and of trusted addresses in X-Forwarded-For."""
    hash_concurrency: int
    connect_seconds: float
    request_seconds: float
    run_seconds: float
    breaker_failures: int
    breaker_seconds: float

    @property
    def share(self) -> int:
        """Returns the number of a process's threads that may wait for one service at the same time."""
        return max(2, self.threads // 3)

    @property
    def long_share(self) -> int:
        """Returns the same for runs, imports and exports, which may take minutes."""
        return max(2, self.threads // 8)

    @property
    def own_share(self) -> int:
        """Returns the number of concurrent requests the gateway answers itself, limited by database connections."""
        return max(2, min(self.threads // 3, self.pool_size))

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        env.add_parser("limit", _limit)
        return super().read(env, prefix) | {
            "identity_private_key_file": env.str("IDENTITY_PRIVATE_KEY_FILE", None),
            "upstreams": {name: env.str(f"{name.upper()}_URL", "") for name in UPSTREAMS},
            "web_dir": Path(env.str("GATEWAY_WEB_DIR", str(PROJECT / "web" / "dist"))),
            "openapi_file": Path(env.str("GATEWAY_OPENAPI_FILE", str(_packaged("openapi.json")))),
            "api_rate_limit": env.limit("API_RATE_LIMIT", "6000/minute"),
            "access_minutes": env.int("ACCESS_TOKEN_MINUTES", 60, validate=Range(1, 1440)),
            "cookie_hours": env.int("SESSION_COOKIE_HOURS", 12, validate=Range(1, 720)),
            "refresh_days": env.int("REFRESH_TOKEN_DAYS", 14, validate=Range(1, 365)),
            "trusted_proxies": env.int("TRUSTED_PROXIES", 0, validate=Range(0, 10)),
            "hash_concurrency": env.int("PASSWORD_HASH_CONCURRENCY", 2, validate=Range(1, 64)),
            # Waiting threads are cheap, but too few of them delay all requests.
            "threads": env.int("GATEWAY_THREADS", 48, validate=Range(4, 1000)),
            "connect_seconds": env.float("UPSTREAM_CONNECT_SECONDS", 1.0),
            "request_seconds": env.float("UPSTREAM_REQUEST_SECONDS", 4.5),
            "run_seconds": env.float("UPSTREAM_RUN_SECONDS", 600.0),
            "breaker_failures": env.int("BREAKER_FAILURES", 5, validate=Range(1)),
            "breaker_seconds": env.float("BREAKER_SECONDS", 2.0),
        }


def _packaged(name: str) -> Path:
    """Returns the path of a file that is in the package in a wheel and beside `src` in a checkout."""
    inside = PACKAGE / name
    return inside if inside.exists() else PROJECT / name


def _limit(value: str) -> Limit:
    match = re.fullmatch(r"\s*(\d+)\s*/\s*(second|minute|hour)\s*", value)
    if not match or int(match[1]) < 1:
        raise EnvError(f'"{value}" is not a rate such as 6000/minute')
    return Limit(int(match[1]), PERIODS[match[2]])
