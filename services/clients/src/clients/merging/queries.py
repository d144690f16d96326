"""Publishes merges again."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select

from clients.client.models import Client
from clients.merging import events
from clients.merging.models import ClientMerge
from common.republish import keyset
from common.uow import UnitOfWork


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes all merges again, in any order: consumers follow a chain of merges themselves."""
    for portion in keyset(work.session, select(ClientMerge), ClientMerge.merged_id):
        _publish(work, portion)
        yield


def _publish(work: UnitOfWork, portion: Sequence[ClientMerge]) -> None:
    ids = {key for merge in portion for key in (merge.merged_id, merge.survivor_id)}
    clients = {client.id: client for client in work.session.scalars(select(Client).where(Client.id.in_(ids)))}
    for merge in portion:
        work.emit(
            events.MERGED,
            clients[merge.survivor_id],
            merged_client_id=merge.merged_id,
            merged_client_name=clients[merge.merged_id].name,
            client_services=events.replaced({UUID(old): UUID(kept) for old, kept in merge.client_services.items()}),
            services=[],
        )
