"""The client a message is about, as far as its events have arrived."""

from uuid import UUID

from common import successors
from common.uow import UnitOfWork
from notifications.inbound.replicas import Client, Successor


class NotYetKnown(Exception):
    """The event is ahead of the client's own: handled again a little later, it will find the client."""


def client(work: UnitOfWork, client_id: UUID) -> Client:
    """Does not wait for it: the event that would bring it stands behind this one in the same queue.

    What is said about a client that was merged since is said to the one it was merged into.
    """
    found = work.session.get(Client, successors.current(work.session, Successor, client_id))
    if found is None:
        raise NotYetKnown(f"client {client_id} has not arrived here yet")
    return found
