"""Locks accounts, always in the same order, so that transactions wait without deadlocks."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from billing.account.models import Account
from common.uow import UnitOfWork


def lock(work: UnitOfWork, client_ids: Iterable[UUID]) -> None:
    """Creates missing accounts and locks all of them until the transaction ends."""
    ordered = sorted(set(client_ids))
    if not ordered:
        return
    opened = [{"client_id": client_id, "created_at": work.now} for client_id in ordered]
    work.session.execute(insert(Account).values(opened).on_conflict_do_nothing())
    held = select(Account.client_id).where(Account.client_id.in_(ordered)).order_by(Account.client_id)
    work.session.execute(held.with_for_update()).all()
