"""Handling one email: exactly once, in one transaction with how far the mailbox was read."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from agreements.config import Settings
from agreements.mail_in import writing
from agreements.mail_in.matching import Match, NoMatch, match
from agreements.mail_in.models import IGNORED, NOTE, ORDER, REFUSED, UNMATCHED, IncomingEmail, MailboxState
from agreements.mail_in.reading import Email, read
from common.app import App
from common.blobs import scanning
from common.blobs.scanning import Infected
from common.context import Context
from common.errors import Conflict, DomainError, Unavailable
from common.ids import new_id
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)

LARGEST = 25 * 1024 * 1024
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Arrival:
    """An email in the mailbox. `content` is only its header if `size` is over LARGEST."""

    content: bytes
    size: int
    uid: int
    uidvalidity: int


def receive(app: App, context: Context, arrival: Arrival) -> None:
    """Makes a work order or a note of the email, or keeps it for staff. Raises Unavailable to try again later."""
    email = read(arrival.content)
    reason = _refusal(app, arrival)
    found = NoMatch("") if reason else app.transact(context, lambda work: match(work, email))
    actor = found.actor if isinstance(found, Match) and not email.automatic else context.actor
    acting = replace(context, actor=actor)
    try:
        app.transact(acting, lambda work: _handle(work, email, arrival, found, reason))
    except (Unavailable, OSError):
        raise
    except Exception as error:
        log.exception("email_not_understood", uid=arrival.uid)
        said = _reason(error) if isinstance(error, DomainError) else "The email could not be read."
        unread = replace(email, text=email.text or "")
        app.transact(context, lambda work: _handle(work, unread, arrival, NoMatch(said), reason))


def _refusal(app: App, arrival: Arrival) -> str | None:
    if arrival.size > LARGEST:
        return (
            f"It is {arrival.size / MIB:.1f} MiB, and at most {LARGEST // MIB} are taken. It is still in the mailbox."
        )
    scanner = Settings.of(app).virus_scanner
    try:
        if scanner:
            scanning.scan(scanner, [arrival.content])
    except Infected:
        return "The virus scanner refused it. It is still in the mailbox."
    return None


def _handle(work: UnitOfWork, email: Email, arrival: Arrival, found: Match | NoMatch, refusal: str | None) -> None:
    _advance(work, arrival)
    original = None if refusal else writing.keep_original(work, arrival.content)
    row = _claim(work, email, arrival, original)
    if row is None:
        return
    if refusal:
        row.status, row.reason = REFUSED, refusal
    elif email.automatic:
        row.status, row.reason = IGNORED, email.automatic
    elif isinstance(found, NoMatch):
        row.reason = found.reason
    else:
        assert original is not None
        row.status, row.work_order_id = _write(work, email, original, found)


def _write(work: UnitOfWork, email: Email, original: UUID, found: Match) -> tuple[str, UUID]:
    """Writes a note on the answered order; a closed one is not answered but followed by a new order."""
    if found.work_order_id is not None:
        try:
            with work.attempt():
                writing.as_note(work, email, original, found.work_order_id)
                return NOTE, found.work_order_id
        except Conflict:
            log.info("email_answers_closed_order", work_order_id=str(found.work_order_id))
    client_id = found.actor.client_id
    assert client_id is not None
    order = writing.as_order(work, email, original, client_id=client_id, contact_id=found.contact_id)
    return ORDER, order.id


def _claim(work: UnitOfWork, email: Email, arrival: Arrival, original: UUID | None) -> IncomingEmail | None:
    """Returns the email's new row, or None if the email was handled before."""
    values: dict[str, Any] = {
        "id": new_id(), "version": 1, "created_at": work.now, "updated_at": work.now,
        "identity": email.identity, "message_id": email.message_id, "sender": email.sender,
        "sender_name": email.sender_name, "subject": email.subject, "text": email.text[: writing.LONGEST_NOTE],
        "size": arrival.size, "file_id": original, "status": UNMATCHED,
    }  # fmt: skip
    statement = insert(IncomingEmail).values(**values).on_conflict_do_nothing(index_elements=["identity"])
    claimed = work.session.scalar(statement.returning(IncomingEmail.id))
    return work.session.get_one(IncomingEmail, claimed) if claimed else None


def _advance(work: UnitOfWork, arrival: Arrival) -> None:
    mailbox = Settings.of(work).mailbox
    assert mailbox is not None
    reached = {"uidvalidity": arrival.uidvalidity, "last_uid": arrival.uid}
    work.session.execute(update(MailboxState).where(MailboxState.name == mailbox.name).values(**reached))


def known_state(work: UnitOfWork) -> MailboxState | None:
    mailbox = Settings.of(work).mailbox
    return work.session.scalar(select(MailboxState).where(MailboxState.name == mailbox.name)) if mailbox else None


def _reason(error: DomainError) -> str:
    errors = getattr(error, "errors", None) or {}
    return " ".join(message for messages in errors.values() for message in messages) or error.detail
