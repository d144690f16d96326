"""The demo's people: technicians with clients of their own, and users of the demo's first client."""

import os

from local.api import Api, Problem

ROLES_OF_CLIENTS = ("CLIENT_ADMIN", "CLIENT_USER")


def assign_technician(api: Api, client_ids: list[str]) -> None:
    """Lets the demo technician see these clients."""
    email = os.environ.get("EVERGREEN_TECHNICIAN_EMAIL")
    user = next((user for user in api.items("/users") if user["email"] == email), None)
    if user is None:
        return
    for client_id in client_ids:
        _unless_there(api, f"/clients/{client_id}/technicians", {"user_id": user["id"]})


def create_client_users(api: Api, client_id: str) -> None:
    """One user of each client role, with the passwords that `make up` wrote down."""
    for role in ROLES_OF_CLIENTS:
        email, password = os.environ.get(f"EVERGREEN_{role}_EMAIL"), os.environ.get(f"EVERGREEN_{role}_PASSWORD")
        if email and password:
            name = role.replace("_", " ").title()
            user = {"email": email, "name": name, "role": role.lower(), "client_id": client_id, "password": password}
            _unless_there(api, "/users", user)


def _unless_there(api: Api, path: str, body: dict[str, str]) -> None:
    try:
        api.post(path, body)
    except Problem as problem:
        if problem.status != 409:
            raise
