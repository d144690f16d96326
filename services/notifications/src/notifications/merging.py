"""Moves a merged client's deliveries to the surviving client."""

from uuid import UUID

from common import merges, successors
from common.uow import UnitOfWork
from notifications.db import Base
from notifications.inbound.replicas import Successor


def merge(work: UnitOfWork, *, id: UUID, merged_client_id: UUID) -> None:
    """Moves the deliveries of `merged_client_id` to the client `id`; they keep the name they were sent with."""
    successors.remember(work.session, Successor, {merged_client_id: id})
    merges.move(work, Base, merged_client_id, id)
