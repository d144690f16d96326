"""Fixtures: the service, a real SMTP server that records and fails on request, common events."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from common.app import App
from common.blobs.files import File, FileClaim
from common.blobs.stores import store_at
from common.config import Settings
from common.ids import new_id
from common.testing.fixtures import MakeApp
from notifications.channel.email import Email
from notifications.config import SmtpServer
from notifications.delivery import sending
from notifications.wiring import app as make

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"


@pytest.fixture
def make_app() -> MakeApp:
    return make


@dataclass
class Mail:
    sender: str
    recipients: list[str]
    raw: bytes
    options: list[str]

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.raw, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part is not None
        return str(part.get_content())

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        assert part is not None
        return str(part.get_content())


@dataclass
class Mailbox:
    """Records messages. Sends `data_replies` one by one, then accepts everything."""

    mails: list[Mail] = field(default_factory=list)
    data_replies: list[str] = field(default_factory=list)
    rcpt_replies: dict[str, list[str]] = field(default_factory=dict)
    connections: int = 0
    gate: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    server: Any = None

    def __post_init__(self) -> None:
        self.gate.set()

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:
        self.connections += 1
        self.server = server
        session.host_name = hostname
        return responses

    def hang_up(self) -> None:
        """Closes the connection silently, as servers do with idle ones. Returns once it is closed."""

        async def close() -> None:
            self.server.transport.abort()

        asyncio.run_coroutine_threadsafe(close(), self.server.loop).result(5)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        replies = self.rcpt_replies.get(address)
        if replies:
            return replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.arrived.set()
        while not self.gate.is_set():
            await server.loop.run_in_executor(None, self.gate.wait, 0.05)
        if self.data_replies:
            return self.data_replies.pop(0)
        self.mails.append(Mail(envelope.mail_from, list(envelope.rcpt_tos), envelope.content, envelope.mail_options))
        return f"250 2.0.0 Ok: queued as M{len(self.mails)}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


StartSmtp = Callable[..., Mailbox]


@pytest.fixture
def start_smtp() -> Iterator[StartSmtp]:
    controllers = []

    def start(*, password: str | None = None, **options: Any) -> Mailbox:
        mailbox, port = Mailbox(), free_port()
        if password is not None:
            options |= {"auth_required": True, "auth_require_tls": False, "authenticator": _checks(password)}
        controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
        controller.start()
        controllers.append((controller, mailbox))
        mailbox.url = f"smtp://127.0.0.1:{port}"
        return mailbox

    yield start
    for controller, mailbox in controllers:
        mailbox.gate.set()
        controller.stop()


def _checks(password: str) -> Callable[..., AuthResult]:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == password.encode(), handled=False)

    return check


@pytest.fixture
def mailbox(start_smtp: StartSmtp) -> Mailbox:
    return start_smtp(enable_SMTPUTF8=True)


@pytest.fixture
def using(app: App) -> Callable[..., App]:
    """Returns the same service and database with another mail server: `using(mailbox.url)`."""

    def change(url: str, **changes: Any) -> App:
        settings = replace(app.settings, smtp=SmtpServer.parse(url), **{"smtp_timeout": 5.0, **changes})
        changed = replace(app, settings=settings)
        changed.__dict__["database"] = app.database
        return changed

    return change


@pytest.fixture
def send(using: Callable[..., App], mailbox: Mailbox) -> Callable[..., bool]:
    """Runs one portion of the sender: `send()`, `send(at=later)`, `send(url=other_server)`."""

    def run(*, at: datetime | None = None, url: str | None = None, **settings: Any) -> bool:
        changed = using(url or mailbox.url, **settings)
        return sending.portion(changed, Email(), now=lambda: at or datetime.now(UTC))

    return run


@dataclass
class World:
    """Events that other services would publish, and the files they would store."""

    deliver: Callable[..., Any]
    settings: Settings
    client_id: UUID = field(default_factory=new_id)
    pdf: bytes = PDF
    versions: dict[UUID, int] = field(default_factory=dict)

    def client(self, **changes: Any) -> dict[str, Any]:
        data = {
            "id": self.client_id,
            "name": "Acme Corporation",
            "status": "active",
            "currency": "USD",
            "locale": "en_US",
            "billing_contact_name": "Jane Doe",
            "invoice_email": "billing@acme.example",
            "billing_cc_emails": ["accounting@acme.example", "cfo@acme.example"],
            "primary_support_contact_id": None,
            "version": self._next(self.client_id),
            **changes,
        }
        self.deliver("clients.client.changed.v1", data)
        return data

    def contact(self, **changes: Any) -> dict[str, Any]:
        """Publishes the primary support contact."""
        data = {"id": new_id(), "client_id": self.client_id, "name": "Sam Support", "email": "sam@acme.example"}
        self.deliver("clients.contact.changed.v1", {**data, "version": 1, **changes})
        return data

    def user(self, role: str, email: str, **changes: Any) -> dict[str, Any]:
        data = {
            "id": new_id(),
            "email": email,
            "name": f"{role.title()} of ours",
            "role": role,
        }
        data |= {"client_id": None, "status": "active", "version": 1, **changes}
        self.deliver("gateway.user.created.v1", data)
        return data

    def invoice(self, *, event_id: UUID | None = None, **changes: Any) -> Any:
        return self.deliver("billing.invoice.document_ready.v1", self.document(**changes), event_id=event_id)

    def document(self, **changes: Any) -> dict[str, Any]:
        return {
            "invoice_id": new_id(),
            "number": "INV-2025-001",
            "client_id": self.client_id,
            "client_name": "Acme Corporation",
            "currency": "USD",
            "total": "3739.50",
            "balance": "3739.50",
            "total_display": "$3,739.50",
            "invoice_total_display": "$3,739.50",
            "paid_display": None,
            "due_on": "2025-12-30",
            "document": self.stored("INV-2025-001.pdf"),
            "version": 2,
            **changes,
        }

    def stored(self, name: str) -> dict[str, Any]:
        """Stores the PDF as billing does and returns its claim."""
        digest = sha256(self.pdf).hexdigest()
        file = File(new_id(), "billing", name, "application/pdf", len(self.pdf), digest)
        store_at(self.settings.blob_store).put(file.key, BytesIO(self.pdf))
        claim: dict[str, Any] = FileClaim().dump(file)
        return claim

    def hours_low(self, audience: str, **changes: Any) -> Any:
        data = {
            "agreement_id": new_id(),
            "number": "AGR-0007",
            "client_id": self.client_id,
            "name": "Prepaid 40 hours",
            "total_hours": "40.00",
            "hours_remaining": "4.50",
            "remaining_percent": "11.25",
            "threshold_percent": "25.00",
            "crossed": "remaining",
            "audience": audience,
            **changes,
        }
        return self.deliver("agreements.hours.low.v1", data)

    def expiring(self, days_left: int, **changes: Any) -> Any:
        data = {
            "agreement_id": new_id(),
            "number": "AGR-0007",
            "client_id": self.client_id,
            "name": "Gold Support",
            "end_date": "2026-12-31",
            "days_left": days_left,
            "threshold_days": 60,
            "auto_renew": False,
            "renewal_id": None,
            "renewal_number": None,
            **changes,
        }
        return self.deliver("agreements.agreement.expiring.v1", data)

    def _next(self, identifier: UUID) -> int:
        self.versions[identifier] = self.versions.get(identifier, 0) + 1
        return self.versions[identifier]


@pytest.fixture
def world(deliver: Callable[..., Any], app: App) -> World:
    return World(deliver, app.settings)
