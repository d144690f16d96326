"""A real IMAP server with one mailbox, and a reading of it by the service."""

import imaplib
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import select

from agreements.config import ImapMailbox
from agreements.mail_in.models import IncomingEmail
from agreements.mail_in.polling import READ_MAILBOX
from common.context import Context
from common.testing.tasks import work_off

USER, PASSWORD = "support@msp.example", "s3cret & more"
_numbers = count(1)


@dataclass
class Server:
    """The mailbox as a mail server fills it."""

    port: int

    @property
    def mailbox(self) -> ImapMailbox:
        return ImapMailbox("127.0.0.1", self.port, tls=False, user=USER, password=PASSWORD)

    def connect(self) -> imaplib.IMAP4:
        connection = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        connection.login(USER, PASSWORD)
        connection.select("INBOX")
        return connection

    def deliver(self, *contents: bytes) -> None:
        connection = self.connect()
        for content in contents:
            assert (
                connection.append("INBOX", None, None, content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))[0]
                == "OK"
            )
        connection.logout()

    def flags(self) -> list[bytes]:
        connection = self.connect()
        _, lines = connection.fetch("1:*", "(FLAGS)")
        connection.logout()
        return [line for line in lines if line]

    def clear(self) -> None:
        """Empties the mailbox. UIDs go on."""
        connection = self.connect()
        with suppress(imaplib.IMAP4.error):
            connection.store("1:*", "+FLAGS", r"(\Deleted)")
            connection.expunge()
        connection.logout()


@pytest.fixture(scope="session")
def imap_server() -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "pymap"), "--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server, end = Server(port), monotonic() + 60
    try:
        while True:
            try:
                server.connect().logout()
                break
            except OSError:
                if process.poll() is not None or monotonic() > end:
                    pytest.fail("The IMAP server did not start.")
        yield server
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def server(imap_server: Server, app: Any, monkeypatch: pytest.MonkeyPatch) -> Server:
    imap_server.clear()
    monkeypatch.setitem(vars(app), "settings", replace(app.settings, mailbox=imap_server.mailbox))
    return imap_server


@pytest.fixture
def poll(app: Any, server: Server) -> Callable[[], None]:
    def run() -> None:
        app.transact(Context(), lambda work: work.enqueue(READ_MAILBOX, key="read_mailbox"))
        work_off(app)

    return run


@pytest.fixture
def handled(in_work: Any) -> Callable[[], list[IncomingEmail]]:
    def read() -> list[IncomingEmail]:
        with in_work() as work:
            found = list(work.session.scalars(select(IncomingEmail).order_by(IncomingEmail.id)))
            work.session.expunge_all()
            return found

    return read


@pytest.fixture
def client(world: Any, contact: Any, long_known: Any) -> Any:
    """Acme Corp with Ann, whose address is ann@acme.example."""
    client_id = world.client()
    contact(long_known(), client_id)
    return client_id


@pytest.fixture
def mail() -> Callable[..., bytes]:
    return made


@pytest.fixture
def contact(deliver: Any) -> Callable[..., None]:
    def add(contact_id: Any, client_id: Any, email: str = "Ann@acme.example", name: str = "Ann") -> None:
        data = {"id": contact_id, "client_id": client_id, "name": name, "email": email, "version": 1}
        deliver("clients.contact.changed.v1", data)

    return add


def made(text: str = "The printer is on fire.", *, sender: str = "Ann <ann@acme.example>", **headers: str) -> bytes:
    """Returns an email; `in_reply_to` becomes In-Reply-To, and so on."""
    message = EmailMessage()
    headers = {"subject": "Printer", "message_id": f"<{next(_numbers)}@acme.example>"} | headers
    message["From"], message["To"] = sender, USER
    message["Date"] = "Fri, 27 Nov 2026 10:00:00 -0500"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()
