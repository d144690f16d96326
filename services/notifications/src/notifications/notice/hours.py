"""The email that warns of low hours."""

from decimal import Decimal
from uuid import UUID

from common.uow import UnitOfWork
from notifications.delivery import addressing, queueing
from notifications.delivery.addressing import Addressee
from notifications.delivery.queueing import Notice
from notifications.inbound.replicas import Client
from notifications.notice import known

EVENT = "agreements.hours.low.v1"
TEMPLATE = "hours_low"
FOR_CLIENT, FOR_STAFF, FOR_MANAGERS = "client", "staff", "manager"
AUDIENCES = (FOR_CLIENT, FOR_STAFF, FOR_MANAGERS)


def warn(
    work: UnitOfWork,
    *,
    agreement_id: UUID,
    number: str,
    client_id: UUID,
    name: str,
    total_hours: Decimal,
    hours_remaining: Decimal,
    remaining_percent: Decimal,
    audience: str,
) -> None:
    """Queues one email for each recipient. Raises NotYetKnown if the client's event has not arrived."""
    client = known.client(work, client_id)
    notice = Notice(
        event_type=EVENT,
        template=TEMPLATE,
        client_id=client.id,
        client_name=client.name,
        reference=number,
        reference_id=agreement_id,
        locale=client.locale,
        values={
            "number": number,
            "client_name": client.name,
            "agreement_name": name,
            "total_hours": total_hours,
            "hours_remaining": hours_remaining,
            "hours_used": total_hours - hours_remaining,
            "remaining_percent": remaining_percent,
            "to_client": audience == FOR_CLIENT,
            "path": None if audience == FOR_CLIENT else f"/agreements/{agreement_id}",
        },
    )
    queueing.queue(work, notice, _addressees(work, audience, client))


def _addressees(work: UnitOfWork, audience: str, client: Client) -> list[Addressee]:
    if audience == FOR_CLIENT:
        return [addressing.support_contact(work, client)]
    if audience == FOR_STAFF:
        return addressing.technicians_of(work, client.id)
    return addressing.managers(work)
