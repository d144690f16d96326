"""The service desk's own mailbox: an IMAP server that gets the emails addressed to it."""

import imaplib
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from common import emails


class ServiceDesk:
    """Runs the server of `imap://user:password@127.0.0.1:port/INBOX`, whose user is the desk's address.

    Its emails live in memory: the service has read them, or reads the mailbox anew after a restart.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.address, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._port = parts.port or 143
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = [str(Path(sys.executable).parent / "pymap"), "--host", "127.0.0.1", "--port", str(self._port)]
        command += ["--no-tls", "dict", "--demo-user", self.address, "--demo-password", self._password]
        self._server = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._server is not None
        self._server.terminate()
        self._server.wait()

    def is_among(self, recipients: list[str]) -> bool:
        return emails.key(self.address) in map(emails.key, recipients)

    def deliver(self, content: bytes) -> None:
        """Appends the email to the inbox. Raises OSError or imaplib's error while the server does not answer."""
        connection = imaplib.IMAP4("127.0.0.1", self._port, timeout=10)
        connection.login(self.address, self._password)
        connection.append("INBOX", "", None, content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        with suppress(imaplib.IMAP4.error, OSError):
            connection.logout()
