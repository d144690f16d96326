"""The SMTP server: accepts everything unless a test asks it to refuse."""

import asyncio
import imaplib
import threading
from typing import Any

from local.mailbox.desk import ServiceDesk
from local.mailbox.store import Store


class Faults:
    """The number of next emails to refuse and the code: 4xx asks the sender to retry, 5xx to stop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = 0
        self._code = 451

    def set(self, fail_next: int, code: int) -> None:
        with self._lock:
            self._left, self._code = fail_next, code

    def state(self) -> dict[str, int]:
        with self._lock:
            return {"fail_next": self._left, "code": self._code}

    def take(self) -> int | None:
        """Returns the code to refuse this email with, or None."""
        with self._lock:
            if self._left <= 0:
                return None
            self._left -= 1
            return self._code


class Inbound:
    """The handler for aiosmtpd, which finds the method by its name."""

    def __init__(self, store: Store, faults: Faults, desk: ServiceDesk) -> None:
        self.store = store
        self.faults = faults
        self.desk = desk

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        code = self.faults.take()
        if code is not None:
            return f"{code} Refused on request of a test"
        sender, recipients, content = envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content
        if self.desk.is_among(recipients):
            try:
                await asyncio.to_thread(self.desk.deliver, content)
            except (OSError, imaplib.IMAP4.error):
                return "451 The mailbox of the service desk does not answer yet"
        id = await asyncio.to_thread(self.store.add, sender, recipients, content)
        print(f"mail_received id={id} recipients={len(recipients)} bytes={len(content)}", flush=True)
        return f"250 OK kept as {id}"
