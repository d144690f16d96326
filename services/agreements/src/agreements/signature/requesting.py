"""Sending documents for signature, and revoking that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from agreements.agreement.models import DRAFT, Agreement
from agreements.agreement.queries import get
from agreements.document import queries as documents
from agreements.document.models import SIGNED as SIGNED_ORIGIN
from agreements.document.queries import Shown
from agreements.signature import events
from agreements.signature.models import EXPIRED, REVOKED, SENT, Signature
from common import signed_links
from common.blobs import files
from common.blobs.files import File
from common.errors import Conflict, Invalid, NotFound
from common.events import EventType
from common.ids import new_id
from common.pdf.counting import pages_of
from common.pdf.rendering import PDF
from common.uow import UnitOfWork

PURPOSE = "sign"
MOST_PAGES = 200
VALID_DAYS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSignature:
    document_id: UUID
    signer_name: str
    signer_email: str
    message: str | None = None
    activates: bool = False
    valid_days: int = VALID_DAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class Revocation:
    reason: str


def send(work: UnitOfWork, agreement_id: UUID, new: NewSignature) -> Signature:
    """Sends a PDF to one person to sign. Raises Invalid or Conflict for a document that cannot be signed."""
    agreement = get(work, agreement_id, lock=True)
    document = _signable(work, agreement, new.document_id)
    if new.activates and agreement.status != DRAFT:
        message = f"{agreement.number} is {agreement.status}. Only a draft can be activated when it is signed."
        raise Invalid({"activates": [message]})
    _close_expired(work, new.document_id)
    expires_at = work.now.replace(microsecond=0) + timedelta(days=new.valid_days)
    request = Signature(id=new_id(), agreement_id=agreement.id, document_id=new.document_id, status=SENT)
    request.document_sha256, request.pages = document.sha256, _pages(work, document)
    request.signer_name, request.signer_email, request.message = new.signer_name, new.signer_email, new.message
    request.activates, request.expires_at = new.activates, expires_at
    request.requested_by_id, request.requested_by_name = work.actor.id, work.actor.name
    signed_links.token_of(work.settings, PURPOSE, request.id, expires_at)
    work.session.add(request)
    try:
        work.session.flush()
    except IntegrityError as error:
        message = f"{document.name} was already sent for signature. Revoke that request first."
        raise Conflict(message, {"document_id": [message]}) from error
    announce(work, events.REQUESTED, agreement, request, document.name)
    return request


def revoke(work: UnitOfWork, agreement_id: UUID, signature_id: UUID, revocation: Revocation) -> Signature:
    """Makes the link useless. Raises Conflict if the document is signed or the request closed otherwise."""
    agreement = get(work, agreement_id)
    statement = select(Signature).where(Signature.id == signature_id, Signature.agreement_id == agreement_id)
    request = work.session.scalar(statement.with_for_update())
    if request is None:
        raise NotFound("Signature not found on this agreement.")
    work.check_version(request)
    request.close(REVOKED, work.now, reason=revocation.reason)
    announce(work, events.REVOKED, agreement, request, name_of(work, request))
    return request


def announce(
    work: UnitOfWork,
    event: EventType,
    agreement: Agreement,
    request: Signature,
    document_name: str,
    *,
    signed_document: File | None = None,
    activation_problem: str | None = None,
) -> None:
    facts: Mapping[str, Any] = {
        name: getattr(request, name)
        for name in (
            *("document_sha256", "signer_name", "signer_email", "message", "expires_at"),
            *("requested_by_id", "requested_by_name", "signed_name", "reason"),
        )
    }
    about = {
        "id": agreement.id,
        "version": agreement.version,
        "agreement_id": agreement.id,
        "number": agreement.number,
        "agreement_name": agreement.name,
        "client_id": agreement.client_id,
        "signature_id": request.id,
        "document_name": document_name,
        "signature_status": request.status,
        "signed_document": signed_document,
        "activation_problem": activation_problem,
    }
    work.emit(event, {**facts, **about})


def name_of(work: UnitOfWork, request: Signature) -> str:
    document = documents.find(work, request.agreement_id, request.document_id)
    return documents.shown(work, [document])[0].name


def _signable(work: UnitOfWork, agreement: Agreement, document_id: UUID) -> Shown:
    try:
        row = documents.find(work, agreement.id, document_id, lock=True)
    except NotFound as error:
        raise Invalid({"document_id": ["Choose a document of this agreement."]}) from error
    (document,) = documents.shown(work, [row])
    if document.origin == SIGNED_ORIGIN:
        raise Invalid({"document_id": [f"{document.name} is signed already. Choose another document."]})
    if document.media_type != PDF:
        raise Invalid({"document_id": [f"{document.name} is not a PDF. Only PDFs can be signed."]})
    return document


def _pages(work: UnitOfWork, document: Shown) -> int:
    """Returns the number of pages. Raises Invalid for a PDF to which no certificate can be added."""
    content = b"".join(files.read(work.settings, files.find(work, document.file_id)))
    pages = pages_of(content, MOST_PAGES)
    if pages is None:
        message = f"{document.name} is damaged or protected with a password. Upload another PDF."
        raise Invalid({"document_id": [message]})
    if pages > MOST_PAGES:
        raise Invalid({"document_id": [f"{document.name} has more than {MOST_PAGES} pages. Send a shorter one."]})
    return pages


def _close_expired(work: UnitOfWork, document_id: UUID) -> None:
    """Closes a request that expired without an answer, so that the document can be sent again."""
    open_one = select(Signature).where(Signature.document_id == document_id, Signature.status == SENT)
    request = work.session.scalar(open_one.with_for_update())
    if request is not None and request.status_at(work.now) == EXPIRED:
        request.status = EXPIRED
        work.session.flush()
