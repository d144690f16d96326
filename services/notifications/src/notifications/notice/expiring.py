"""The email that reminds managers of an agreement's end."""

from datetime import date
from uuid import UUID

from common.uow import UnitOfWork
from notifications.delivery import addressing, queueing
from notifications.delivery.queueing import Notice
from notifications.notice import known

EVENT = "agreements.agreement.expiring.v1"
TEMPLATE = "agreement_expiring"


def remind(
    work: UnitOfWork,
    *,
    agreement_id: UUID,
    number: str,
    client_id: UUID,
    name: str,
    end_date: date,
    days_left: int,
    auto_renew: bool,
    renewal_id: UUID | None,
    renewal_number: str | None,
) -> None:
    """Queues one email for each manager. Raises NotYetKnown if the client's event has not arrived."""
    client = known.client(work, client_id)
    notice = Notice(
        event_type=EVENT,
        template=TEMPLATE,
        client_id=client.id,
        client_name=client.name,
        reference=number,
        reference_id=agreement_id,
        locale=None,
        values={
            "number": number,
            "client_name": client.name,
            "agreement_name": name,
            "end_date": end_date,
            "days_left": days_left,
            "auto_renew": auto_renew,
            "renewal_number": renewal_number,
            "path": f"/agreements/{renewal_id or agreement_id}",
        },
    )
    queueing.queue(work, notice, addressing.managers(work))
