"""Two clients become one: who signed in for the one does so for the other."""

from uuid import UUID

from sqlalchemy import select

from common import successors
from common.uow import UnitOfWork
from gateway.inbound.replicas import Successor
from gateway.user import events
from gateway.user.models import DISABLED, User


def merge(work: UnitOfWork, *, id: UUID, merged_client_id: UUID) -> None:
    """Holds from each user's next request on, like every change of a user."""
    successors.remember(work.session, Successor, {merged_client_id: id})
    survivor_id = successors.current(work.session, Successor, merged_client_id)
    of_client = select(User).where(User.client_id == merged_client_id).order_by(User.id).with_for_update()
    for user in work.session.scalars(of_client):
        user.client_id = survivor_id
        work.emit(events.DISABLED if user.status == DISABLED else events.CHANGED, user)
