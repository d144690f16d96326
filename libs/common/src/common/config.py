"""Reads typed settings from the environment; all errors are reported at once."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol, Self, cast

from environs import Env, EnvError, EnvValidationError
from marshmallow.validate import OneOf, Range

from common.blobs import scanning, stores

BLOB_STORE = "file:///var/lib/evergreen/files"
SHORTEST_KEY = 32
FONT_FOLDERS = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto")
"""Debian's and Ubuntu's folders of Noto, for scripts other than Latin, Greek and Cyrillic."""


class ConfigError(SystemExit):
    """Raised at the start with all errors of the environment."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        lines = [f"  {name}: {'; '.join(map(str, messages))}" for name, messages in sorted(errors.items())]
        super().__init__("Invalid environment:\n" + "\n".join(lines))


class HasSettings(Protocol):
    """A unit of work or an app."""

    @property
    def settings(self) -> "Settings": ...


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of all services. A service with further settings subclasses it and extends `read`."""

    service: str
    environment: str
    database_url: str = field(repr=False)
    amqp_url: str = field(repr=False)
    api_port: int
    worker_port: int
    identity_public_key_file: str
    log_level: str
    pool_size: int
    prefetch: int
    exchange: str
    bind_host: str = "0.0.0.0"  # noqa: S104 - a container's only address is not known beforehand
    retry_delays: tuple[timedelta, ...] = (timedelta(seconds=10), timedelta(minutes=2), timedelta(minutes=15))
    max_message_bytes: int = 1_048_576
    unready_exit_after: int = 120
    blob_store: str = BLOB_STORE
    """Where the bytes of files lie. The same for all services, which read each other's files by claim."""
    blob_grace: timedelta = timedelta(hours=24)
    """How long a file that nothing refers to is kept. Longer than any transaction that saves one."""
    virus_scanner: str = field(default="", repr=False)
    link_key: str = field(default="", repr=False)
    """What signs links in emails. The same for all services."""
    font_folders: tuple[str, ...] = FONT_FOLDERS
    """Fonts of the PDFs that the service renders."""
    threads: int = 8
    """Requests that one API process answers at the same time."""

    @classmethod
    def of(cls, holder: "HasSettings") -> Self:
        """Returns the settings of a unit of work or an app with the service's own type. Raises TypeError for others."""
        if not isinstance(holder.settings, cls):
            raise TypeError(f"{type(holder.settings).__name__} are not the settings of {cls.__module__}")
        return holder.settings

    @classmethod
    def load(cls, service: str) -> Self:
        """Reads the process environment; raises ConfigError with all errors."""
        env = Env(eager=False)
        env.add_parser("durations", _durations)
        env.add_parser("blob_store", _blob_store)
        env.add_parser("virus_scanner", _virus_scanner)
        values = cls.read(env, service.upper())
        try:
            env.seal()
        except EnvValidationError as error:
            raise ConfigError(dict(cast("dict[str, list[str]]", error.error_messages))) from error
        return cls(service=service, **values)

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        """Returns the constructor's arguments; invalid values are None, and `load` raises for them afterwards."""
        port = Range(1, 65535)
        return {
            "environment": env.str(
                "EVERGREEN_ENV", "production", validate=OneOf(("development", "test", "production"))
            ),
            "database_url": env.str(f"{prefix}_DATABASE_URL"),
            "amqp_url": env.str("AMQP_URL"),
            "api_port": env.int(f"{prefix}_PORT", 8000, validate=port),
            "worker_port": env.int(f"{prefix}_WORKER_PORT", 8001, validate=port),
            "identity_public_key_file": env.str("IDENTITY_PUBLIC_KEY_FILE"),
            "blob_store": env.blob_store("BLOB_STORE_URL", BLOB_STORE),
            "blob_grace": timedelta(hours=env.float("BLOB_GRACE_HOURS", 24.0, validate=Range(1, 8760)) or 24),
            "virus_scanner": env.virus_scanner("VIRUS_SCANNER_URL", ""),
            "threads": env.int("API_THREADS", 8, validate=Range(1, 1000)),
            "link_key": env.str("LINK_KEY", "", validate=_long_enough),
            "font_folders": tuple(env.list(f"{prefix}_FONT_FOLDERS", FONT_FOLDERS)),
            "log_level": env.str("LOG_LEVEL", "INFO"),
            "pool_size": env.int("DATABASE_POOL_SIZE", 16, validate=Range(2, 200)),
            "prefetch": env.int("AMQP_PREFETCH", 200, validate=Range(1, 2000)),
            "exchange": env.str("AMQP_EXCHANGE", "evergreen.events"),
            "bind_host": env.str("BIND_HOST", "0.0.0.0"),  # noqa: S104
            "retry_delays": env.durations("AMQP_RETRY_DELAYS", "10s,2m,15m"),
            "max_message_bytes": env.int("AMQP_MAX_MESSAGE_BYTES", 1_048_576, validate=Range(1024)),
            "unready_exit_after": env.int("WORKER_UNREADY_EXIT_SECONDS", 120, validate=Range(1)),
        }


def _blob_store(value: str) -> str:
    try:
        return stores.check_url(value)
    except ValueError as error:
        raise EnvError(f'"{value}" is {error}') from error


def _long_enough(value: str) -> None:
    if value and len(value) < SHORTEST_KEY:
        raise EnvError(f"LINK_KEY must have at least {SHORTEST_KEY} characters, chosen at random")


def _virus_scanner(value: str) -> str:
    try:
        return scanning.check_url(value) if value else ""
    except ValueError as error:
        raise EnvError(f'"{value}" is {error}') from error


_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours"}


def _durations(value: str) -> tuple[timedelta, ...]:
    """Returns a text such as "10s,2m,15m" as timedeltas."""
    matches = [re.fullmatch(r"\s*(\d+)(ms|s|m|h)\s*", part) for part in value.split(",")]
    if not all(matches):
        raise EnvError(f'"{value}" is not a list of durations such as 10s,2m,15m')
    return tuple(timedelta(**{_UNITS[match[2]]: int(match[1])}) for match in matches if match)
