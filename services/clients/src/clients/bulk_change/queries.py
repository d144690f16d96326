"""Reads bulk changes and their rows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from clients.bulk_change.models import BulkChange, BulkChangeRow
from common.errors import NotFound
from common.uow import UnitOfWork


def rows_of(work: UnitOfWork, bulk_change_id: UUID) -> Sequence[BulkChangeRow]:
    statement = select(BulkChangeRow).where(BulkChangeRow.bulk_change_id == bulk_change_id)
    return work.session.scalars(statement.order_by(BulkChangeRow.position)).all()


def get(work: UnitOfWork, bulk_change_id: UUID) -> BulkChange:
    change = work.session.get(BulkChange, bulk_change_id)
    if change is None:
        raise NotFound("Bulk change not found.")
    return change
