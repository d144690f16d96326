"""Assigns clients to the demo technician, who sees assigned clients only."""

import os

from local.api import Api, Problem


def assign_technician(api: Api, client_ids: list[str]) -> str | None:
    """Returns the technician's id, or None if there is no such user."""
    email = os.environ.get("EVERGREEN_TECHNICIAN_EMAIL")
    user = next((user for user in api.items("/users") if user["email"] == email), None)
    if user is None:
        return None
    for client_id in client_ids:
        try:
            api.post(f"/clients/{client_id}/technicians", {"user_id": user["id"]})
        except Problem as problem:
            if problem.status != 409:
                raise
    identifier: str = user["id"]
    return identifier


def client_user() -> Api | None:
    """Returns the API as the demo's client user sees it, or None if there is no such user."""
    email, password = (os.environ.get(f"EVERGREEN_CLIENT_USER_{name}") for name in ("EMAIL", "PASSWORD"))
    return Api(os.environ["EVERGREEN_URL"]).login(email, password) if email and password else None
