"""What a signer does with a link: reads the document, then signs or declines."""

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from sqlalchemy import select

from agreements.agreement import lifecycle
from agreements.agreement.models import DRAFT, Agreement
from agreements.document import keeping
from agreements.document import queries as documents
from agreements.document.models import SIGNED as SIGNED_ORIGIN
from agreements.document.models import Document
from agreements.inbound.replicas import Client
from agreements.signature import events
from agreements.signature.models import DECLINED, SIGNED, Signature
from agreements.signature.requesting import PURPOSE, announce
from common import signed_links
from common.blobs import files
from common.blobs.files import File
from common.errors import Conflict, Invalid
from common.pdf.letterhead import logo_of, seller_of
from common.pdf.rendering import PDF, render_with_files
from common.pdf.wrapping import breakable
from common.uow import UnitOfWork

TEMPLATE = Path(__file__).with_name("certificate.typ")
CONSENT = "I agree to sign this document electronically, and that my typed name is my signature."


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    token: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    token: str
    name: str
    consent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    token: str
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """A request with its agreement and document."""

    request: Signature
    agreement: Agreement
    document: documents.Shown


def open_link(work: UnitOfWork, link: Link) -> dict[str, Any]:
    """Returns what the signer is asked to sign, or what became of it."""
    return _shown(work, _case(work, link.token))


def open_document(work: UnitOfWork, link: Link) -> File:
    """Returns the document to read before signing. Raises Conflict once the link is used."""
    case = _case(work, link.token)
    case.request.check_open(work.now)
    return files.find(work, case.document.file_id)


def sign(work: UnitOfWork, consent: Consent) -> dict[str, Any]:
    """Signs the document, and adds the signed PDF to the agreement. Raises Conflict the second time."""
    case = _case(work, consent.token, lock=True)
    case.request.check_open(work.now)
    if not consent.consent:
        raise Invalid({"consent": ["Agree to sign electronically, or decline."]})
    case.request.signed_name = consent.name
    work.context = work.context.named(consent.name)
    signed = _signed_document(work, case)
    case.request.close(SIGNED, work.now, address=work.context.address)
    case.request.signed_document_id = signed.id
    problem = _activate(work, case) if case.request.activates else None
    announce(
        *(work, events.SIGNED, case.agreement, case.request, case.document.name),
        signed_document=files.find(work, signed.file_id),
        activation_problem=problem,
    )
    return _shown(work, case)


def decline(work: UnitOfWork, refusal: Refusal) -> dict[str, Any]:
    """Declines to sign, with a reason for staff."""
    case = _case(work, refusal.token, lock=True)
    work.context = work.context.named(case.request.signer_name)
    case.request.close(DECLINED, work.now, address=work.context.address, reason=refusal.reason)
    announce(work, events.DECLINED, case.agreement, case.request, case.document.name)
    return _shown(work, case)


def _case(work: UnitOfWork, token: str, *, lock: bool = False) -> Case:
    """Returns the case of a link; `lock` lets one of several concurrent answers win."""
    identifier = signed_links.opened(work.settings, PURPOSE, token, work.now)
    asked = select(Signature).where(Signature.id == identifier)
    request = signed_links.existing(work.session.scalar(asked))
    whole = select(Agreement).where(Agreement.id == request.agreement_id)
    if lock:  # the agreement first, as everywhere
        whole, asked = whole.with_for_update(), asked.with_for_update().execution_options(populate_existing=True)
    agreement = work.session.scalars(whole).one()
    request = work.session.scalars(asked).one()
    row = work.session.get_one(Document, request.document_id)
    return Case(request, agreement, documents.shown(work, [row])[0])


def _shown(work: UnitOfWork, case: Case) -> dict[str, Any]:
    request = case.request
    client = work.session.get(Client, case.agreement.client_id)
    names = ("signer_name", "message", "expires_at", "signed_name", "closed_at", "requested_by_name")
    return {name: getattr(request, name) for name in names} | {
        "status": request.status_at(work.now),
        "company": work.organisation.name,
        "number": case.agreement.number,
        "agreement_name": case.agreement.name,
        "client_name": client.name if client else "",
        "document_name": case.document.name,
        "document_size": case.document.size,
        "document_sha256": request.document_sha256,
        "consent_text": CONSENT,
    }


def _signed_document(work: UnitOfWork, case: Case) -> documents.Shown:
    source = files.find(work, case.document.file_id)
    content = b"".join(files.read(work.settings, source))
    data = breakable(_certificate(work, case)) | logo_of(work)
    pdf = render_with_files(
        TEMPLATE, data, work.now, {"document.pdf": content}, font_folders=work.settings.font_folders
    )
    name = f"{case.document.name.removesuffix('.pdf')} signed.pdf"
    return keeping.add(
        work,
        case.agreement,
        [pdf],
        name=name,
        media_type=PDF,
        kind=case.document.kind,
        origin=SIGNED_ORIGIN,
    )


def _certificate(work: UnitOfWork, case: Case) -> dict[str, Any]:
    """Returns the certificate's content: who signed what, when and from where."""
    request, zone = case.request, work.organisation.time_zone
    at = format_datetime(work.now, "d MMMM y, HH:mm:ss z", tzinfo=zone, locale="en_US")
    facts = [
        ["Signed by", request.signed_name or ""],
        ["Sent to", f"{request.signer_name} <{request.signer_email}>"],
        ["Signed at", f"{at} ({work.now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ})"],
        ["Signed from", work.context.address or "unknown address"],
        ["Document", case.document.name],
        ["Agreement", f"{case.agreement.number} {case.agreement.name}"],
        ["Sent by", request.requested_by_name],
        ["Signature ID", str(request.id)],
    ]
    seller = seller_of(work)
    return {"pages": request.pages, "facts": facts, "sha256": request.document_sha256, "consent": CONSENT, **seller}


def _activate(work: UnitOfWork, case: Case) -> str | None:
    """Activates the draft. Returns why that is impossible, and leaves it a draft then."""
    if case.agreement.status != DRAFT:
        return f"{case.agreement.number} is {case.agreement.status}."
    try:
        with work.attempt():
            lifecycle.put_in_force(work, case.agreement, f"Signed by {case.request.signed_name}")
    except Conflict as error:
        return error.detail
    except Invalid as error:
        return " ".join(message for messages in error.errors.values() for message in messages)
    return None
