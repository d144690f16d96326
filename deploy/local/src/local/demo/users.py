"""The technicians of the demo, and the clients of the one who can sign in and sees assigned clients only."""

import os
import secrets
from collections.abc import Iterable

from local.api import Api, Problem


def hire(api: Api, names: Iterable[str]) -> dict[str, str]:
    """Creates a technician for each name, or finds the one of an interrupted run. Returns their ids by name."""
    known = {user["email"]: user["id"] for user in api.items("/users", role="technician")}
    found = {}
    for name in names:
        email = f"{name.lower().replace(' ', '.')}@evergreen.example"
        found[name] = known.get(email) or _create(api, name, email)
    return found


def _create(api: Api, name: str, email: str) -> str:
    """Creates a technician with a password that nobody knows."""
    body = {"name": name, "email": email, "role": "technician", "password": secrets.token_urlsafe(24)}
    return str(api.post("/users", body)["id"])


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


def sign_in(role: str) -> Api | None:
    """Returns the API as the demo's user of the role (`"CLIENT_USER"`) sees it, or None if there is no such user."""
    email, password = (os.environ.get(f"EVERGREEN_{role}_{name}") for name in ("EMAIL", "PASSWORD"))
    return Api(os.environ["EVERGREEN_URL"]).login(email, password) if email and password else None
