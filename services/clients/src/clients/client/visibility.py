"""Which clients somebody may see: part of every query, so that the others do not exist for them."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, true
from sqlalchemy.orm import InstrumentedAttribute

from clients.technician.models import ClientTechnician
from common.context import Actor
from common.http.auth import CLIENT_USERS, TECHNICIAN


def visible(actor: Actor, client_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """The condition on the column that names the client."""
    if actor.role == TECHNICIAN:
        user_id = _uuid(actor.id)
        return exists().where(
            ClientTechnician.client_id == client_id, ClientTechnician.user_id == user_id, ClientTechnician.active
        )
    if actor.role in CLIENT_USERS:
        return client_id == actor.client_id if actor.client_id else false()
    return true()


def sees_internals(actor: Actor) -> bool:
    """Notes are the MSP's own."""
    return actor.role not in CLIENT_USERS


def sees_money(actor: Actor) -> bool:
    """Technicians do the work; what it costs is not theirs to read."""
    return actor.role != TECHNICIAN


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
