"""Moves a merged client's users to the surviving client."""

from uuid import UUID

from common import merges, successors
from common.uow import UnitOfWork
from gateway.db import Base
from gateway.inbound.replicas import Successor
from gateway.user import events
from gateway.user.models import DISABLED


def merge(work: UnitOfWork, *, id: UUID, merged_client_id: UUID) -> None:
    """Moves the users from their next request on, as every change of a user does."""
    successors.remember(work.session, Successor, {merged_client_id: id})
    for user in merges.move(work, Base, merged_client_id, id):
        work.emit(events.DISABLED if user.status == DISABLED else events.CHANGED, user)
