"""The mailbox on its IMAP server. Emails are read without marking them, and flagged only after they were handled."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from agreements.config import ImapMailbox

TIMEOUT_SECONDS = 30
UID = re.compile(rb"\bUID (\d+)")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


class Unreachable(Exception):
    """The mailbox could not be read; the text says why, without the password."""


class Folder:
    """The selected folder. UIDs mean the same email as long as `uidvalidity` stays."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server
        self.uidvalidity = int((server.response("UIDVALIDITY")[1] or [b"0"])[0] or 0)

    def after(self, uid: int) -> list[tuple[int, int]]:
        """Returns UID and size of the emails after `uid`, oldest first."""
        _, lines = self._server.uid("FETCH", f"{uid + 1}:*", "(UID RFC822.SIZE)")
        found = []
        for line in lines:
            head = line[0] if isinstance(line, tuple) else line
            number, size = UID.search(head or b""), SIZE.search(head or b"")
            # `n:*` always names the last email, even if its UID is lower.
            if number and size and int(number[1]) > uid:
                found.append((int(number[1]), int(size[1])))
        return sorted(found)

    def content(self, uid: int, *, header_only: bool = False) -> bytes | None:
        """Returns the email, or None if somebody deleted it."""
        section = "BODY.PEEK[HEADER]" if header_only else "BODY.PEEK[]"
        _, lines = self._server.uid("FETCH", str(uid), f"({section})")
        return next((line[1] for line in lines if isinstance(line, tuple)), None)

    def mark_seen(self, uid: int) -> None:
        self._server.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")


@contextmanager
def opened(mailbox: ImapMailbox) -> Iterator[Folder]:
    """Opens the folder. Raises Unreachable for any error of the connection or the server, also later."""
    server: imaplib.IMAP4 | None = None
    try:
        server = _connected(mailbox)
        server.login(mailbox.user, mailbox.password)
        status, _ = server.select(f'"{mailbox.folder}"')
        if status != "OK":
            raise Unreachable(f'The server has no folder "{mailbox.folder}".')
        yield Folder(server)
    except (imaplib.IMAP4.error, OSError) as error:
        text = str(error).replace(mailbox.password, "…") if mailbox.password else str(error)
        raise Unreachable(text[:300] or type(error).__name__) from error
    finally:
        if server is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()


def _connected(mailbox: ImapMailbox) -> imaplib.IMAP4:
    if mailbox.tls:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    return imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT_SECONDS)
