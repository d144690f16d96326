"""Reading emails that came in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.config import Settings
from agreements.mail_in.models import IncomingEmail
from agreements.mail_in.receiving import known_state
from agreements.work.models import WorkOrder
from common.blobs import files
from common.blobs.files import File
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork

SORTS = {"created_at": IncomingEmail.created_at}


def get(work: UnitOfWork, email_id: UUID, *, lock: bool = False) -> IncomingEmail:
    statement = select(IncomingEmail).where(IncomingEmail.id == email_id)
    found = work.session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("Email not found.")
    return found


def page_of_emails(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(IncomingEmail)
    if "status" in page.filters:
        statement = statement.where(IncomingEmail.status == page.filters["status"])
    found = paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=IncomingEmail.id)
    with_numbers(work, found["items"])
    return found


def with_numbers(work: UnitOfWork, rows: Sequence[IncomingEmail]) -> None:
    """Sets the number of each email's work order, in one query."""
    ids = {row.work_order_id for row in rows if row.work_order_id is not None}
    statement = select(WorkOrder.id, WorkOrder.number).where(WorkOrder.id.in_(ids))
    numbers = {row.id: row.number for row in work.session.execute(statement)} if ids else {}
    for row in rows:
        vars(row)["work_order_number"] = numbers.get(row.work_order_id) if row.work_order_id else None


def original(work: UnitOfWork, email_id: UUID) -> File:
    """Returns the file of the email as it came. Raises NotFound if it was refused."""
    email = get(work, email_id)
    if email.file_id is None:
        raise NotFound("This email was not stored. It is still in the mailbox.")
    return files.find(work, email.file_id)


def mailbox(work: UnitOfWork) -> dict[str, Any]:
    """Returns how the reading of the mailbox goes."""
    configured, state = Settings.of(work).mailbox, known_state(work)
    return {
        "configured": configured is not None,
        "name": configured.name if configured else None,
        "polled_at": state.polled_at if state else None,
        "error": state.error if state else None,
        "failing_since": state.failing_since if state else None,
    }
