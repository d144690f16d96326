"""HTTP routes for signatures: for staff, and for signers who have a link."""

from typing import Any
from uuid import UUID

from flask import Response

from agreements.signature import queries, requesting, signing
from agreements.signature.requesting import NewSignature, Revocation
from agreements.signature.schemas import CONSENT, LINK, REFUSAL, REQUEST, REVOCATION, SIGNATURE, SIGNING
from agreements.signature.signing import Consent, Link, Refusal
from common.blobs import files
from common.http.files import respond
from common.http.routes import Routes
from common.pages import Page
from common.pdf.rendering import PDF
from common.roles import BILLING_READERS, MANAGERS, VISITORS
from common.uow import UnitOfWork

routes = Routes("agreement-signatures", "Signatures on documents of agreements")

ALL = "/agreements/<uuid:agreement_id>/signatures"


@routes.list(ALL, "listAgreementSignatures", returns=SIGNATURE, roles=BILLING_READERS)
def list_signatures(work: UnitOfWork, page: Page, agreement_id: UUID) -> dict[str, Any]:
    """Lists requests for signatures and what became of them, newest first."""
    return queries.page_of_signatures(work, agreement_id, page)


@routes.post(ALL, "sendForSignature", body=REQUEST, returns=SIGNATURE, roles=MANAGERS)
def send_for_signature(work: UnitOfWork, body: NewSignature, agreement_id: UUID) -> dict[str, Any]:
    """Sends a PDF of the agreement to one person, who signs it through a link without signing in."""
    return queries.shown(work, [requesting.send(work, agreement_id, body)])[0]


@routes.post(
    f"{ALL}/<uuid:signature_id>/revoke",
    "revokeSignatureRequest",
    body=REVOCATION,
    returns=SIGNATURE,
    roles=MANAGERS,
    status=200,
)
def revoke_signature(work: UnitOfWork, body: Revocation, agreement_id: UUID, signature_id: UUID) -> dict[str, Any]:
    """Makes the link useless."""
    return queries.shown(work, [requesting.revoke(work, agreement_id, signature_id, body)])[0]


@routes.post(
    "/signing/open",
    "openSigning",
    body=LINK,
    returns=SIGNING,
    roles=VISITORS,
    status=200,
)
def open_signing(work: UnitOfWork, body: Link) -> dict[str, Any]:
    """Returns what the link asks to sign, or what became of it. An Idempotency-Key has no effect."""
    return signing.open_link(work, body)


@routes.post(
    "/signing/document",
    "getSigningDocument",
    body=LINK,
    returns=None,
    roles=VISITORS,
    status=200,
    media_type=PDF,
)
def get_signing_document(work: UnitOfWork, body: Link) -> Response:
    """Returns the PDF to sign, until the link is used. An Idempotency-Key has no effect."""
    file = signing.open_document(work, body)
    pieces = files.read(work.settings, file)
    return respond(pieces, name=file.name, media_type=PDF, size=file.size, sha256=file.sha256)


@routes.post("/signing/sign", "signDocument", body=CONSENT, returns=SIGNING, roles=VISITORS, status=200)
def sign_document(work: UnitOfWork, body: Consent) -> dict[str, Any]:
    """Signs the document. A link signs once. An Idempotency-Key has no effect."""
    return signing.sign(work, body)


@routes.post("/signing/decline", "declineSigning", body=REFUSAL, returns=SIGNING, roles=VISITORS, status=200)
def decline_signing(work: UnitOfWork, body: Refusal) -> dict[str, Any]:
    """Declines to sign, with a reason for the company. An Idempotency-Key has no effect."""
    return signing.decline(work, body)
