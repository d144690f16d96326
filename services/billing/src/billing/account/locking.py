"""Locks accounts, always in the same order, so that transactions wait without deadlocks."""

from collections.abc import Iterable, Sequence
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
    if len(ordered) == 1 and _held(work, ordered):
        return
    opened = [{"client_id": client_id, "created_at": work.now} for client_id in ordered]
    work.session.execute(insert(Account).values(opened).on_conflict_do_nothing())
    _held(work, ordered)


def _held(work: UnitOfWork, client_ids: Sequence[UUID]) -> bool:
    """Locks the accounts that exist, in order. Returns whether there were any."""
    held = select(Account.client_id).where(Account.client_id.in_(client_ids)).order_by(Account.client_id)
    return bool(work.session.scalars(held.with_for_update()).all())
