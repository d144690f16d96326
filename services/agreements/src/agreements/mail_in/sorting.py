"""What staff do with emails that no client could be found for."""

from dataclasses import dataclass
from uuid import UUID

from agreements.mail_in import queries, writing
from agreements.mail_in.models import DISCARDED, ORDER, UNMATCHED, IncomingEmail
from agreements.mail_in.reading import read
from common.blobs import files
from common.errors import Conflict
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    client_id: UUID


def assign(work: UnitOfWork, email_id: UUID, assignment: Assignment) -> IncomingEmail:
    """Creates the client's work order from the email. Raises Conflict if it was dealt with before."""
    email = _unmatched(work, email_id)
    content = b"".join(files.read(work.settings, queries.original(work, email_id)))
    assert email.file_id is not None
    order = writing.as_order(work, read(content), email.file_id, client_id=assignment.client_id)
    email.status, email.reason, email.work_order_id = ORDER, None, order.id
    return email


def discard(work: UnitOfWork, email_id: UUID) -> IncomingEmail:
    """Takes the email off the list; it is kept. Raises Conflict if it was dealt with before."""
    email = _unmatched(work, email_id)
    email.status, email.reason = DISCARDED, f"Discarded by {work.actor.name}."
    return email


def _unmatched(work: UnitOfWork, email_id: UUID) -> IncomingEmail:
    email = queries.get(work, email_id, lock=True)
    if email.status != UNMATCHED:
        raise Conflict("Somebody has already dealt with this email. Reload the list.")
    return email
