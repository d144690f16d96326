"""Moves everything of a merged client to the surviving client."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from agreements.agreement.models import Agreement
from agreements.db import Base
from agreements.inbound.replicas import ClientService, Successor
from agreements.work.models import TimeEntry, WorkOrder
from common import merges, successors
from common.replicas import upsert
from common.uow import UnitOfWork

LOCKED = (WorkOrder, Agreement, TimeEntry)
"""Locked first and in this order, as logging and correcting time do."""


def merge(
    work: UnitOfWork,
    *,
    id: UUID,
    merged_client_id: UUID,
    client_services: Mapping[UUID, UUID],
    services: Sequence[dict[str, Any]],
) -> None:
    """Moves all rows of `merged_client_id` to the client `id`; safe to repeat.

    `client_services` maps replaced rate card rows to the survivor's rows.
    """
    session = work.session
    for model in LOCKED:
        session.execute(
            select(model.id).where(model.client_id == merged_client_id).order_by(model.id).with_for_update()
        )
    successors.remember(session, Successor, {merged_client_id: id, **client_services})
    upsert(session, ClientService, [{**row, "client_id": id} for row in services])
    _keep_one_default(work, merged_client_id, id)
    merges.move(work, Base, merged_client_id, id, client_services)


def _keep_one_default(work: UnitOfWork, merged_client_id: UUID, into_id: UUID) -> None:
    """Drops the merged client's default agreement if the surviving client has its own."""
    other = aliased(Agreement)
    kept = exists().where(other.client_id == into_id, other.is_default)
    statement = update(Agreement).where(Agreement.client_id == merged_client_id, Agreement.is_default, kept)
    work.session.execute(statement.values(is_default=False, updated_at=Agreement.updated_at))
