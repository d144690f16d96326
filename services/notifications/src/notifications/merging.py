"""Moves a merged client's deliveries to the surviving client."""

from uuid import UUID

from sqlalchemy import update

from common import successors
from common.uow import UnitOfWork
from notifications.delivery.models import Delivery
from notifications.inbound.replicas import Successor


def merge(work: UnitOfWork, *, id: UUID, merged_client_id: UUID) -> None:
    """Moves the deliveries of `merged_client_id` to the client `id`; they keep the name they were sent with."""
    successors.remember(work.session, Successor, {merged_client_id: id})
    moved = update(Delivery).where(Delivery.client_id == merged_client_id)
    work.session.execute(
        moved.values(client_id=id, updated_at=Delivery.updated_at), execution_options={"synchronize_session": False}
    )
