"""The emails about a note on a work order: to the client's contact, and to the technician."""

from collections.abc import Sequence
from uuid import UUID

from common.uow import UnitOfWork
from notifications.delivery import addressing, queueing
from notifications.delivery.addressing import Addressee
from notifications.delivery.queueing import Notice
from notifications.inbound.replicas import Client
from notifications.notice import known

EVENT = "agreements.work_note.added.v1"
TEMPLATE = "work_note"


def tell(
    work: UnitOfWork,
    *,
    work_order_id: UUID,
    work_order_number: str,
    work_order_subject: str,
    client_id: UUID,
    contact_id: UUID | None,
    technician_id: UUID | None,
    visible: bool,
    by_client: bool,
    author_id: str,
    author_name: str,
    text: str | None,
    files: Sequence[str],
) -> None:
    """Queues the emails. Nobody is told of their own note, and no client of an internal one.

    Raises NotYetKnown if the client's event has not arrived.
    """
    client = known.client(work, client_id)

    def notice(*, to_client: bool, path: str | None) -> Notice:
        return Notice(
            event_type=EVENT,
            template=TEMPLATE,
            client_id=client.id,
            client_name=client.name,
            reference=work_order_number,
            reference_id=work_order_id,
            locale=client.locale,
            values={
                "number": work_order_number,
                "order_subject": work_order_subject,
                "client_name": client.name,
                "author_name": author_name,
                "note_text": text,
                "files": files,
                "to_client": to_client,
                "path": path,
            },
        )

    staff = _staff(work, client, technician_id, author_id, by_client=by_client)
    if staff:
        queueing.queue(work, notice(to_client=False, path=f"/work-orders/{work_order_id}"), staff)
    if visible and not by_client:
        contact = addressing.support_contact(work, client, contact_id)
        linked = contact.address and addressing.has_account(work, client.id, contact.address)
        path = f"/portal/work-orders/{work_order_id}" if linked else None
        queueing.queue(work, notice(to_client=True, path=path), [contact])


def _staff(
    work: UnitOfWork, client: Client, technician_id: UUID | None, author_id: str, *, by_client: bool
) -> list[Addressee]:
    """Returns the order's technician. A client's note on an order without one goes to the client's technicians."""
    if str(technician_id) == author_id:
        return []
    technician = addressing.colleague(work, technician_id)
    if technician is not None:
        return [technician]
    return addressing.technicians_of(work, client.id) if by_client else []
