"""Access rules as WHERE clauses: objects that a principal may not see are not selected."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, select, true

from agreements.inbound.replicas import Technician
from common.access import open_to
from common.roles import CLIENT_USERS, TECHNICIAN
from common.uow import UnitOfWork


def of_own_clients(work: UnitOfWork, client_id: Any) -> ColumnElement[bool]:
    """Returns a clause that is true if the column names a client the actor may see."""
    if is_client_user(work):
        own = work.actor.client_id
        return false() if own is None else client_id == own
    if not is_technician(work):
        return true()
    assigned = select(Technician.client_id).where(Technician.user_id == user_id(work), Technician.active)
    return client_id.in_(assigned) & open_to(work.actor, client_id)  # type: ignore[no-any-return]


def not_taken_off(work: UnitOfWork, client_id: Any) -> ColumnElement[bool]:
    """Returns a clause that is false only for clients the acting technician is no longer assigned to."""
    ended = select(Technician.client_id).where(Technician.user_id == user_id(work), ~Technician.active)
    return client_id.not_in(ended) & open_to(work.actor, client_id)  # type: ignore[no-any-return]


def is_client_user(work: UnitOfWork) -> bool:
    return work.actor.role in CLIENT_USERS


def is_technician(work: UnitOfWork) -> bool:
    return work.actor.role == TECHNICIAN


def user_id(work: UnitOfWork) -> UUID | None:
    """Returns the acting user's id, or None for a job or an event."""
    try:
        return UUID(work.actor.id)
    except ValueError:
        return None
