"""The email with an invoice."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from common.blobs.files import File
from common.uow import UnitOfWork
from notifications.delivery import addressing, queueing
from notifications.delivery.queueing import Notice
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
    balance: Decimal | None,
    total_display: str,
    invoice_total_display: str | None,
    paid_display: str | None,
    due_on: date,
    document: File,
) -> None:
    """Queues the email to the client's billing contact; `total_display` is the balance in the attached PDF.

    Raises NotYetKnown if the client's event has not arrived.
    """
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
            "balance": total_display,
            "total": invoice_total_display,
            "paid": paid_display,
            "nothing_to_pay": balance is not None and balance <= 0,
            "due_on": due_on,
            "filename": document.name,
            "path": f"/invoices/{invoice_id}" if linked else None,
        },
        attachments=(document,),
    )
    queueing.queue(work, notice, [addressee])
