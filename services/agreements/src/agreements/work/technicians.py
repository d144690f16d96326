"""Who does the work: an id with the name that goes with it."""

from typing import Any

from agreements.access import user_id
from agreements.inbound.replicas import User
from common.uow import UnitOfWork


def named(work: UnitOfWork, values: dict[str, Any]) -> dict[str, Any]:
    """`values` with the technician's name beside their id, where only the id was given.

    A name alone is kept as it is: work brought along from elsewhere was done by people who are no users here.
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
