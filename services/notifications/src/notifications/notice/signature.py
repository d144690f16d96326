"""The emails about a signature: to the signer, and to the member of staff who asked for it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from common import signed_links
from common.blobs.files import File
from common.uow import UnitOfWork
from notifications.delivery import addressing, queueing
from notifications.delivery.addressing import Addressee
from notifications.delivery.models import SIGNER
from notifications.delivery.queueing import Notice
from notifications.inbound.replicas import Client
from notifications.notice import known

REQUESTED = "agreements.agreement.signature_requested.v1"
SIGNED = "agreements.agreement.signed.v1"
REVOKED = "agreements.agreement.signature_revoked.v1"
DECLINED = "agreements.agreement.signature_declined.v1"
PURPOSE = "sign"
"""As the agreements service opens the link."""


def ask(
    work: UnitOfWork,
    *,
    signature_id: UUID,
    agreement_id: UUID,
    number: str,
    agreement_name: str,
    client_id: UUID,
    document_name: str,
    signer_name: str,
    signer_email: str,
    message: str | None,
    expires_at: datetime,
    requested_by_name: str,
) -> None:
    """Queues the email with the link. Raises NotYetKnown if the client's event has not arrived."""
    client = known.client(work, client_id)
    token = signed_links.token_of(work.settings, PURPOSE, signature_id, expires_at)
    values = {
        "number": number,
        "agreement_name": agreement_name,
        "document_name": document_name,
        "requested_by_name": requested_by_name,
        "message": message,
        "expires_on": expires_at.astimezone(work.organisation.time_zone).date(),
        "path": f"/portal/sign#{token}",
    }
    notice = _notice(client, REQUESTED, "signature_requested", agreement_id, number, values)
    queueing.queue(work, notice, [Addressee(SIGNER, signer_email, signer_name)])


def confirm(
    work: UnitOfWork,
    *,
    agreement_id: UUID,
    number: str,
    agreement_name: str,
    client_id: UUID,
    document_name: str,
    signer_name: str,
    signer_email: str,
    signed_name: str,
    requested_by_id: str,
    signed_document: File,
    activation_problem: str | None,
) -> None:
    """Queues the signed PDF for the signer and for staff. Raises NotYetKnown if the client has not arrived."""
    client = known.client(work, client_id)
    values = {
        "number": number,
        "agreement_name": agreement_name,
        "client_name": client.name,
        "document_name": document_name,
        "signed_name": signed_name,
        "filename": signed_document.name,
    }
    own = values | {"to_signer": True, "path": None, "activation_problem": None}
    staff = values | {
        "to_signer": False,
        "path": f"/agreements/{agreement_id}?tab=documents",
        "activation_problem": activation_problem,
    }
    for texts, addressees in (
        (own, [Addressee(SIGNER, signer_email, signer_name)]),
        (staff, _staff(work, requested_by_id)),
    ):
        notice = _notice(client, SIGNED, "document_signed", agreement_id, number, texts, (signed_document,))
        queueing.queue(work, notice, addressees)


def decline(
    work: UnitOfWork,
    *,
    agreement_id: UUID,
    number: str,
    agreement_name: str,
    client_id: UUID,
    document_name: str,
    signer_name: str,
    requested_by_id: str,
    reason: str,
) -> None:
    """Queues the email for staff. Raises NotYetKnown if the client's event has not arrived."""
    client = known.client(work, client_id)
    values = {
        "number": number,
        "agreement_name": agreement_name,
        "client_name": client.name,
        "document_name": document_name,
        "signer_name": signer_name,
        "reason": reason,
        "path": f"/agreements/{agreement_id}?tab=documents",
    }
    notice = _notice(client, DECLINED, "signature_declined", agreement_id, number, values)
    queueing.queue(work, notice, _staff(work, requested_by_id))


def revoke(
    work: UnitOfWork,
    *,
    agreement_id: UUID,
    number: str,
    agreement_name: str,
    client_id: UUID,
    document_name: str,
    signer_name: str,
    signer_email: str,
) -> None:
    """Queues the email that tells the signer to sign no more. Raises NotYetKnown if the client has not arrived."""
    client = known.client(work, client_id)
    values = {"number": number, "agreement_name": agreement_name, "document_name": document_name}
    notice = _notice(client, REVOKED, "signature_revoked", agreement_id, number, values)
    queueing.queue(work, notice, [Addressee(SIGNER, signer_email, signer_name)])


def _staff(work: UnitOfWork, requested_by_id: str) -> list[Addressee]:
    """Returns who asked for the signature, else the managers."""
    try:
        asker = addressing.colleague(work, UUID(requested_by_id))
    except ValueError:
        asker = None
    return [asker] if asker else addressing.managers(work)


def _notice(
    client: Client,
    event_type: str,
    template: str,
    agreement_id: UUID,
    number: str,
    values: Mapping[str, object],
    attachments: tuple[File, ...] = (),
) -> Notice:
    return Notice(
        event_type=event_type,
        template=template,
        client_id=client.id,
        client_name=client.name,
        reference=number,
        reference_id=agreement_id,
        locale=client.locale,
        values=values,
        attachments=attachments,
    )
