"""HTTP routes for emails that came in."""

from typing import Any
from uuid import UUID

from flask import Response

from agreements.mail_in import queries, sorting
from agreements.mail_in.models import IncomingEmail
from agreements.mail_in.schemas import EMAIL_ASSIGNMENT, INCOMING_EMAIL, INCOMING_EMAIL_FILTERS, MAILBOX
from agreements.mail_in.sorting import Assignment
from common.blobs import files
from common.http.files import respond
from common.http.routes import Routes
from common.pages import Page
from common.roles import MANAGERS
from common.uow import UnitOfWork

routes = Routes("incoming-emails", "Emails to the service desk, and what became of them")

PATH = "/incoming-emails"
ONE = f"{PATH}/<uuid:email_id>"


@routes.list(PATH, "listIncomingEmails", returns=INCOMING_EMAIL, filters=INCOMING_EMAIL_FILTERS, roles=MANAGERS)
def list_incoming_emails(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_emails(work, page)


@routes.get(f"{PATH}/mailbox", "getMailbox", returns=MAILBOX, roles=MANAGERS)
def get_mailbox(work: UnitOfWork) -> dict[str, Any]:
    """Returns when the mailbox was last read, and why it cannot be read now."""
    return queries.mailbox(work)


@routes.get(f"{ONE}/original", "getIncomingEmailOriginal", returns=None, roles=MANAGERS, media_type="message/rfc822")
def get_original(work: UnitOfWork, email_id: UUID) -> Response:
    file = queries.original(work, email_id)
    pieces = files.read(work.settings, file)
    return respond(pieces, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256)


@routes.post(
    f"{ONE}/assign",
    "assignIncomingEmail",
    body=EMAIL_ASSIGNMENT,
    returns=INCOMING_EMAIL,
    roles=MANAGERS,
    status=200,
)
def assign_incoming_email(work: UnitOfWork, body: Assignment, email_id: UUID) -> IncomingEmail:
    """Creates a work order of the client from an unmatched email."""
    return _shown(work, sorting.assign(work, email_id, body))


@routes.post(f"{ONE}/discard", "discardIncomingEmail", returns=INCOMING_EMAIL, roles=MANAGERS, status=200)
def discard_incoming_email(work: UnitOfWork, email_id: UUID) -> IncomingEmail:
    """Takes an unmatched email off the list. It is kept."""
    return _shown(work, sorting.discard(work, email_id))


def _shown(work: UnitOfWork, email: IncomingEmail) -> IncomingEmail:
    work.flush()
    queries.with_numbers(work, [email])
    return email
