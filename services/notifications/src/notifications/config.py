"""Settings of notifications: the mail server and public address, in addition to the common ones."""

from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from environs import Env, EnvError
from marshmallow.validate import Range

from common import domains
from common.config import Settings as CommonSettings

DEFAULT_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class SmtpServer:
    """`smtp://user:password@host:587?starttls=true`, `smtps://…` for TLS from the first byte."""

    host: str
    port: int
    tls: bool = False
    starttls: bool = False
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Returns the server. Raises ValueError with a valid example; never repeats the URL and its password."""
        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise ValueError("not an address such as smtp://host:25 or smtps://user:password@host:465")
        query = parse_qs(parts.query)
        if set(query) - {"starttls"}:
            raise ValueError("the only option is ?starttls=true")
        return cls(
            host=domains.to_ascii(parts.hostname),
            port=parts.port or DEFAULT_PORTS[parts.scheme],
            tls=parts.scheme == "smtps",
            starttls=query.get("starttls", ["false"])[-1].lower() in {"1", "true", "yes"},
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    smtp: SmtpServer
    smtp_timeout: float
    evergreen_url: str

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        _teach(env)
        return {
            **super().read(env, prefix),
            "smtp": env.smtp("SMTP_URL", "smtp://localhost:25"),
            "smtp_timeout": env.float("SMTP_TIMEOUT_SECONDS", 20.0, validate=Range(0.1, 300)),
            "evergreen_url": env.web_address("EVERGREEN_URL", "http://localhost:8080"),
        }


def _teach(env: Env) -> None:
    env.add_parser("smtp", _smtp)
    env.add_parser("web_address", web_address)


def _smtp(value: str) -> SmtpServer:
    try:
        return SmtpServer.parse(value)
    except ValueError as error:
        raise EnvError(str(error)) from error


def web_address(value: str) -> str:
    """Returns the address with its host in ASCII, because not every mail program supports IDNA 2008."""
    host = urlsplit(value).hostname or ""
    try:
        return value if host.isascii() else value.replace(host, domains.to_ascii(host), 1)
    except ValueError as error:
        raise EnvError(f'"{value}" has no usable host name: {error}') from error
