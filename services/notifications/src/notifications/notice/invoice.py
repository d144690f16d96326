"""The mail that brings an invoice."""

from datetime import date
from uuid import UUID

from common.uow import UnitOfWork
from notifications.delivery import addressing, queueing
from notifications.delivery.queueing import File, Notice
from notifications.notice import known

EVENT = "billing.invoice.document_ready.v1"
TEMPLATE = "invoice_issued"


def send(
    work: UnitOfWork,
    *,
    invoice_id: UUID,
    number: str,
    client_id: UUID,
    client_name: str,
    total_display: str,
    due_on: date,
    filename: str,
    media_type: str,
    content: bytes,
) -> None:
    """Queues the mail to the client's billing contact. Raises NotYetKnown while the client has not arrived here."""
    client = known.client(work, client_id)
    addressee = addressing.billing_contact(client)
    linked = addressee.address and addressing.has_account(work, client.id, addressee.address)
    notice = Notice(
        event_type=EVENT,
        template=TEMPLATE,
        client_id=client.id,
        client_name=client_name,
        reference=number,
        reference_id=invoice_id,
        locale=client.locale,
        values={
            "number": number,
            "client_name": client_name,
            "total": total_display,
            "due_on": due_on,
            "filename": filename,
            "path": f"/invoices/{invoice_id}" if linked else None,
        },
        attachments=(File(filename, media_type, content),),
    )
    queueing.queue(work, notice, [addressee])
