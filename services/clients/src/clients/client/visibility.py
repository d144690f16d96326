"""The clients an actor may see. Every query has this condition, so other clients are "not found"."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, true
from sqlalchemy.orm import InstrumentedAttribute

from clients.technician.models import ClientTechnician
from common.context import Actor
from common.roles import CLIENT_USERS, TECHNICIAN


def visible(actor: Actor, client_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Returns the condition that the actor may see the client in the column `client_id`."""
    if actor.role == TECHNICIAN:
        user_id = _uuid(actor.id)
        return exists().where(
            ClientTechnician.client_id == client_id, ClientTechnician.user_id == user_id, ClientTechnician.active
        )
    if actor.role in CLIENT_USERS:
        return client_id == actor.client_id if actor.client_id else false()
    return true()


def sees_internals(actor: Actor) -> bool:
    """Returns False for client users, who can't see notes and custom fields."""
    return actor.role not in CLIENT_USERS


def sees_money(actor: Actor) -> bool:
    """Returns False for technicians, who can't see rates."""
    return actor.role != TECHNICIAN


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
