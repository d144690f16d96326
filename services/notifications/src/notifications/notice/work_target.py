"""The emails to staff about a target of a work order that is due soon or has passed."""

from datetime import datetime
from uuid import UUID

from common.uow import UnitOfWork
from notifications.delivery import addressing, queueing
from notifications.delivery.addressing import Addressee
from notifications.delivery.queueing import Notice
from notifications.inbound.replicas import Client
from notifications.notice import known

DUE_SOON = "agreements.work_order.target_due_soon.v1"
BREACHED = "agreements.work_order.target_breached.v1"
TEMPLATE = "work_target"


def warn(
    work: UnitOfWork,
    *,
    event: str,
    work_order_id: UUID,
    number: str,
    subject: str,
    client_id: UUID,
    priority: str,
    technician_id: UUID | None,
    target: str,
    due_at: datetime | None,
) -> None:
    """Queues the emails: to who works on the order and, once the target has passed, to the managers.

    Raises NotYetKnown if the client's event has not arrived.
    """
    client = known.client(work, client_id)
    breached = event == BREACHED
    zone = work.organisation.time_zone
    notice = Notice(
        event_type=event,
        template=TEMPLATE,
        client_id=client.id,
        client_name=client.name,
        reference=number,
        reference_id=work_order_id,
        locale=None,
        values={
            "number": number,
            "order_subject": subject,
            "client_name": client.name,
            "priority": priority,
            "target": target,
            "breached": breached,
            "due": due_at and f"{due_at.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})",
            "path": f"/work-orders/{work_order_id}",
        },
    )
    queueing.queue(work, notice, _addressees(work, client, technician_id, breached=breached))


def _addressees(work: UnitOfWork, client: Client, technician_id: UUID | None, *, breached: bool) -> list[Addressee]:
    technician = addressing.colleague(work, technician_id)
    people = [technician] if technician else addressing.technicians_of(work, client.id)
    if breached:
        people = [*people, *addressing.managers(work)]
    return list({one.address: one for one in people}.values())
