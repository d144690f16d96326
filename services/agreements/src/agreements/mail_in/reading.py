"""Reading an email: who wrote it, what it answers, its text and its files. Broken parts never stop it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr

from agreements.mail_in import bodies
from common import emails
from common.texts import one_line

MESSAGE_ID = re.compile(r"<[^<>\s]+>")
NUMBER = re.compile(r"\bWO-\d{6,}\b", re.IGNORECASE)
AUTOMATIC_SENDERS = ("mailer-daemon", "postmaster", "no-reply", "noreply", "do-not-reply", "donotreply")
LIST_HEADERS = ("List-Id", "List-Unsubscribe", "List-Post")
RESPONDER_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
QUIET = frozenset({"bulk", "list", "junk", "auto_reply"})


@dataclass(frozen=True, slots=True)
class File:
    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Email:
    identity: str
    """The same for each copy of one email."""
    message_id: str | None
    answers: tuple[str, ...]
    """The IDs of the emails that it answers, the nearest first."""
    sender: str
    sender_name: str
    subject: str
    numbers: tuple[str, ...]
    """Numbers of work orders in the subject."""
    automatic: str | None
    """Why nobody wrote it, or None for an email by a person."""
    text: str
    files: tuple[File, ...]


def read(content: bytes) -> Email:
    """Returns the email in `content`, which may be its header alone."""
    message = message_from_bytes(content, policy=policy.compat32)
    name, address = parseaddr(_header(message, "From"))
    subject = one_line(_header(message, "Subject"))
    ids = MESSAGE_ID.findall(_header(message, "Message-ID"))
    nearest = MESSAGE_ID.findall(_header(message, "In-Reply-To"))
    older = reversed(MESSAGE_ID.findall(_header(message, "References")))
    body, files = _parts(message)
    return Email(
        identity=_identity(message, content),
        message_id=ids[0] if ids else None,
        answers=tuple(dict.fromkeys((*nearest, *older))),
        sender=emails.key(address) if "@" in address else "",
        sender_name=one_line(name)[:200],
        subject=subject[:300],
        numbers=tuple(dict.fromkeys(number.upper() for number in NUMBER.findall(subject))),
        automatic=_automatic(message, address),
        text=body,
        files=files,
    )


def _identity(message: Message, content: bytes) -> str:
    """Returns a hash of what copies share; different emails with one Message-ID differ in the rest."""
    parts = [_header(message, name) for name in ("Message-ID", "From", "Date", "Subject")]
    seed = "\n".join(parts).encode("utf-8", "replace") if parts[0] else content
    return hashlib.sha256(seed).hexdigest()


def _automatic(message: Message, address: str) -> str | None:
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    local = address.partition("@")[0].lower()
    if submitted and submitted != "no":
        return "It was sent automatically (Auto-Submitted)."
    if _header(message, "Return-Path").strip() == "<>" or message.get_content_type() == "multipart/report":
        return "It reports on the delivery of another email."
    if "@" not in address or local in AUTOMATIC_SENDERS:
        return "Its sender takes no answers."
    if any(_header(message, name) for name in LIST_HEADERS):
        return "It comes from a mailing list."
    if _header(message, "Precedence").strip().lower() in QUIET or any(map(message.get, RESPONDER_HEADERS)):
        return "It was sent automatically."
    return None


def _parts(message: Message) -> tuple[str, tuple[File, ...]]:
    """Returns the written text without quoted history, and the attached files."""
    plain: list[str] = []
    html: list[str] = []
    files: list[File] = []
    for part in _leaves(message):
        data = _payload(part)
        kind = part.get_content_type()
        attached = part.get_content_disposition() == "attachment" or part.get_param("name") or part.get_filename()
        if kind in {"text/plain", "text/html"} and not attached:
            (plain if kind == "text/plain" else html).append(bodies.decoded(data, part.get_content_charset()))
        elif (data and kind != "text/html") or data:
            files.append(File(_name(part, len(files) + 1), data))
    text = "\n".join(plain).strip() or "\n".join(map(bodies.text_of_html, html)).strip()
    return bodies.without_history(text), tuple(files)


def _leaves(message: Message) -> Iterator[Message]:
    """Yields the parts; an email attached to the email is one part."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part)


def _payload(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Message) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name(part: Message, number: int) -> str:
    if part.get_content_type() == "message/rfc822":
        return f"email-{number}.eml"
    raw = part.get_param("filename", None, "content-disposition") or part.get_param("name") or ""
    name = one_line(_decoded_words(collapse_rfc2231_value(raw) if raw else ""))
    name = re.sub(r"[\\/:\x00-\x1f]+", "_", name)[-200:]
    return name or f"file-{number}.{part.get_content_subtype()}"


def _header(message: Message, name: str) -> str:
    return _decoded_words(str(message.get(name, "")))


def _decoded_words(text: str) -> str:
    """Returns the header with its encoded words decoded, or as it is if they are broken."""
    try:
        pieces = decode_header(text)
    except (ValueError, LookupError):
        return text
    decoded = (piece if isinstance(piece, str) else bodies.decoded(piece, charset) for piece, charset in pieces)
    return "".join(decoded).replace("\x00", "").encode("utf-8", "replace").decode()
