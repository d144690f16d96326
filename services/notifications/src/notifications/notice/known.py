"""Finds a message's client among the received events."""

from uuid import UUID

from common import successors
from common.uow import UnitOfWork
from notifications.inbound.replicas import Client, Successor


class NotYetKnown(Exception):
    """Raised if the client's own event has not arrived; the message is retried later."""


def client(work: UnitOfWork, client_id: UUID) -> Client:
    """Returns the client, or the one it was merged into. Raises NotYetKnown.

    Does not wait, because the client's event is behind this one in the same queue.
    """
    found = work.session.get(Client, successors.current(work.session, Successor, client_id))
    if found is None:
        raise NotYetKnown(f"client {client_id} has not arrived here yet")
    return found
