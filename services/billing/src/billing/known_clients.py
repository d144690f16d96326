"""Clients that new records may name."""

from billing.inbound.replicas import Client, Successor
from common import successors
from common.errors import Invalid
from common.uow import UnitOfWork


def refuse_merged(work: UnitOfWork, client: Client) -> None:
    """Raises Invalid for a merged client, naming the surviving one."""
    survivor_id = successors.current(work.session, Successor, client.id)
    if survivor_id != client.id:
        survivor = work.session.get(Client, survivor_id)
        name = survivor.name if survivor else str(survivor_id)
        raise Invalid({"client_id": [f'"{client.name}" was merged into "{name}". Use that client.']})
