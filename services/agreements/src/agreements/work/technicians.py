"""Technicians: who may log whose time, and an id with its name."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from agreements.access import is_technician, user_id
from agreements.inbound.replicas import User
from agreements.work.models import TimeEntry
from common.errors import Forbidden, Invalid
from common.replicas import find_all
from common.roles import WORKERS
from common.uow import UnitOfWork

Users = Mapping[UUID, User]
OWN_ONLY = "Technicians log only their own time. Leave out the technician, or ask a manager."


def named(work: UnitOfWork, values: dict[str, Any]) -> dict[str, Any]:
    """Returns `values` with the technician's name if only the id is set.

    A name without an id stays: imported work may be by people who are not users here.
    """
    if "technician_id" not in values or values.get("technician_name") is not None:
        return values
    identifier = values["technician_id"]
    name = name_of(work, read(work, [identifier]), identifier) if identifier is not None else None
    return {**values, "technician_name": name}


def read(work: UnitOfWork, ids: Iterable[UUID | None]) -> Users:
    """Returns the users except the actor, in at most one query."""
    return find_all(work, User, {identifier for identifier in ids if identifier is not None} - {user_id(work)})


def name_of(work: UnitOfWork, users: Users, identifier: UUID) -> str | None:
    if identifier == user_id(work):
        return work.actor.name
    user = users.get(identifier)
    return user.name if user is not None else None


def of(work: UnitOfWork, users: Users, identifier: UUID | None, name: str | None) -> tuple[UUID | None, str | None]:
    """Returns the id and name of who did some work: the given ones, or else the actor's."""
    if identifier is None and (name is None or (is_technician(work) and name == work.actor.name)):
        identifier = user_id(work)
    return identifier, name if name is not None or identifier is None else name_of(work, users, identifier)


def check(work: UnitOfWork, users: Users, identifier: UUID | None) -> None:
    """Raises Invalid for the time of others if the actor is a technician, and for users who do no work.

    None is a person who is not a user here.
    """
    me = user_id(work)
    if identifier == me:
        return
    if is_technician(work):
        raise Invalid({"technician_id": [OWN_ONLY]})
    if identifier is None:
        return
    user = users.get(identifier)
    if user is None:
        raise Invalid({"technician_id": ["There is no user with this id. Choose a technician."]})
    if user.role is not None and user.role not in WORKERS:
        role = user.role.replace("_", " ")
        message = f"{user.name} has the role {role}, which logs no time. Choose a technician or a manager."
        raise Invalid({"technician_id": [message]})


def check_own(work: UnitOfWork, entry: TimeEntry) -> None:
    """Raises Forbidden if the actor is a technician and the time is somebody else's."""
    if is_technician(work) and entry.technician_id != user_id(work):
        name = entry.technician_name or "another technician"
        raise Forbidden(f"This is the time of {name}. Ask a manager to correct it.")
