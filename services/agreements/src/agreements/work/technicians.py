"""Technicians: an id with its name."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.access import user_id
from agreements.inbound.replicas import User
from common.uow import UnitOfWork

Names = Mapping[UUID, str]


def named(work: UnitOfWork, values: dict[str, Any]) -> dict[str, Any]:
    """Returns `values` with the technician's name if only the id is set.

    A name without an id stays: imported work may be by people who are not users here.
    """
    if "technician_id" not in values or values.get("technician_name") is not None:
        return values
    identifier = values["technician_id"]
    name = names_of(work, [identifier]).get(identifier) if identifier is not None else None
    return {**values, "technician_name": name}


def names_of(work: UnitOfWork, ids: Iterable[UUID | None]) -> Names:
    """Returns the names of users and of the actor, in at most one query."""
    actor = user_id(work)
    others = {identifier for identifier in ids if identifier is not None} - {actor}
    found = work.session.execute(select(User.id, User.name).where(User.id.in_(others))) if others else ()
    return {row.id: row.name for row in found} | ({actor: work.actor.name} if actor is not None else {})


def of(work: UnitOfWork, names: Names, identifier: UUID | None, name: str | None) -> tuple[UUID | None, str | None]:
    """Returns the id and name of who did some work: the given ones, or else the actor's."""
    if identifier is None and name is None:
        identifier = user_id(work)
    return identifier, name if name is not None or identifier is None else names.get(identifier)
