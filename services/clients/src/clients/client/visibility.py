"""The fields of a client that an actor may see."""

from common.context import Actor
from common.roles import CLIENT_USERS, TECHNICIAN


def sees_internals(actor: Actor) -> bool:
    """Returns False for client users, who can't see notes and custom fields."""
    return actor.role not in CLIENT_USERS


def sees_money(actor: Actor) -> bool:
    """Returns False for technicians, who can't see rates."""
    return actor.role != TECHNICIAN
