"""Stores email as .eml files that survive a restart, and caches the summary of each."""

import itertools
import threading
import time
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from common import emails

# The envelope is not part of an email; without it a Bcc would be invisible here.
ENVELOPE_FROM, ENVELOPE_TO = "X-Envelope-From", "X-Envelope-To"


@dataclass(frozen=True)
class Attachment:
    filename: str
    content_type: str
    content: bytes

    def summary(self) -> dict[str, Any]:
        return {"filename": self.filename, "content_type": self.content_type, "size": len(self.content)}


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._sequence = itertools.count()
        self._summaries: dict[str, dict[str, Any]] = {}
        for path in sorted(folder.glob("*.eml")):
            self._summaries[path.stem] = summary(path.stem, path.read_bytes())

    def add(self, sender: str, recipients: list[str], content: bytes) -> str:
        """Stores the email. Returns an id that sorts after all earlier ones."""
        head = f"{ENVELOPE_FROM}: {sender}\r\n{ENVELOPE_TO}: {', '.join(recipients)}\r\n".encode()
        with self._lock:
            id = f"{time.time_ns():020d}-{next(self._sequence):06d}"
            unfinished = self.folder / f"{id}.part"
            unfinished.write_bytes(head + content)
            unfinished.rename(self.folder / f"{id}.eml")
            self._summaries[id] = summary(id, head + content)
        return id

    def summaries(self, to: str | None = None) -> list[dict[str, Any]]:
        """Returns summaries, newest last; `to` filters by To, Cc or envelope."""
        with self._lock:
            found = list(self._summaries.values())
        if to is None:
            return found
        wanted = emails.key(to)
        return [one for one in found if wanted in map(emails.key, one["to"] + one["cc"] + one["envelope_to"])]

    def raw(self, id: str) -> bytes | None:
        """Returns the email, or None for an unknown id."""
        with self._lock:
            if id not in self._summaries:
                return None
        return (self.folder / f"{id}.eml").read_bytes()

    def clear(self) -> int:
        with self._lock:
            ids, self._summaries = list(self._summaries), {}
        for id in ids:
            (self.folder / f"{id}.eml").unlink(missing_ok=True)
        return len(ids)


def parse(content: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def summary(id: str, content: bytes) -> dict[str, Any]:
    message = parse(content)
    return {
        "id": id,
        "from": next(iter(_addresses(message, "From")), ""),
        "to": _addresses(message, "To"),
        "cc": _addresses(message, "Cc"),
        "subject": str(message.get("Subject", "")),
        "message_id": str(message.get("Message-ID", "")).strip(),
        "date": str(message.get("Date", "")),
        "attachments": [attachment.summary() for attachment in attachments(message)],
        "envelope_from": str(message.get(ENVELOPE_FROM, "")),
        "envelope_to": _addresses(message, ENVELOPE_TO),
    }


def _addresses(message: EmailMessage, header: str) -> list[str]:
    return [address for _, address in getaddresses([str(v) for v in message.get_all(header, [])]) if address]


def attachments(message: EmailMessage) -> list[Attachment]:
    return [
        Attachment(part.get_filename() or "unnamed", part.get_content_type(), part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        for part in message.iter_attachments()
    ]


def text_of(message: EmailMessage, subtype: str) -> str | None:
    """Returns the email's body as `plain` or `html`, or None without such a part."""
    part = message.get_body(preferencelist=(subtype,))
    return str(part.get_content()) if part is not None else None
