"""Technicians: an id with its name."""

from typing import Any

from agreements.access import user_id
from agreements.inbound.replicas import User
from common.uow import UnitOfWork


def named(work: UnitOfWork, values: dict[str, Any]) -> dict[str, Any]:
    """Returns `values` with the technician's name if only the id is set.

    A name without an id stays: imported work may be by people who are not users here.
    """
    if "technician_id" not in values or values.get("technician_name") is not None:
        return values
    identifier = values["technician_id"]
    if identifier is None:
        return {**values, "technician_name": None}
    if identifier == user_id(work):
        return {**values, "technician_name": work.actor.name}
    user = work.session.get(User, identifier)
    return {**values, "technician_name": user.name if user else None}
