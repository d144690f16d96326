"""Settings of agreements: the mailbox whose email becomes work orders, in addition to the common ones."""

from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from environs import Env, EnvError

from common import domains
from common.config import Settings as CommonSettings

DEFAULT_PORTS = {"imap": 143, "imaps": 993}


@dataclass(frozen=True)
class ImapMailbox:
    """`imaps://user:password@host:993/INBOX`, or `imap://…`, which is for a server on the same machine only."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"

    @classmethod
    def parse(cls, url: str) -> Self:
        """Returns the mailbox. Raises ValueError with a valid example; never repeats the URL and its password."""
        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or not parts.username or parts.password is None:
            raise ValueError("not an address such as imaps://user:password@host:993/INBOX")
        return cls(
            host=domains.to_ascii(parts.hostname),
            port=parts.port or DEFAULT_PORTS[parts.scheme],
            tls=parts.scheme == "imaps",
            user=unquote(parts.username),
            password=unquote(parts.password),
            folder=unquote(parts.path.strip("/")) or "INBOX",
        )

    @property
    def name(self) -> str:
        """Returns what identifies the folder, without the password."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    mailbox: ImapMailbox | None = None

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        _teach(env)
        return {**super().read(env, prefix), "mailbox": env.imap_mailbox("AGREEMENTS_IMAP_URL", "")}


def _teach(env: Env) -> None:
    env.add_parser("imap_mailbox", _imap_mailbox)


def _imap_mailbox(value: str) -> ImapMailbox | None:
    try:
        return ImapMailbox.parse(value) if value else None
    except ValueError as error:
        raise EnvError(str(error)) from error
