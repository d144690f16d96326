"""Routes of users and roles."""

from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from flask import Response, current_app

from common.app import App
from common.context import Context
from common.errors import Forbidden, Invalid
from common.http import idempotency
from common.http.routes import Routes
from common.pages import Page
from common.roles import ADMINS, EVERYONE, MANAGERS, TECHNICIAN
from common.uow import UnitOfWork
from gateway.audit.recording import record
from gateway.limits import guessing
from gateway.runtime import runtime
from gateway.session import everywhere, sessions
from gateway.session.identify import principal
from gateway.user import accounts, permissions, queries
from gateway.user import roles as known
from gateway.user.models import User
from gateway.user.schemas import (
    FILTERS,
    NEW_PASSWORD,
    OWN_PASSWORD,
    PERMISSIONS,
    ROLES,
    USER,
    USER_CREATE,
    USER_PATCH,
)

routes = Routes("users", "Users and their roles")
roles = Routes("roles", "Roles and their permissions")


@roles.get("/roles", "listRoles", returns=ROLES, roles=EVERYONE)
def list_roles(work: UnitOfWork) -> dict[str, Any]:
    administers = work.actor.role in ADMINS
    return {
        "items": [
            {
                **asdict(role),
                "includes": role.includes,
                "manageable": administers and accounts.can_manage(work, role.name),
            }
            for role in known.ROLES
        ]
    }


@roles.get("/roles/permissions", "listPermissions", returns=PERMISSIONS, roles=ADMINS)
def list_permissions(work: UnitOfWork) -> dict[str, Any]:
    """Lists the operations of all services with the roles that may call them. Technicians only reach assigned clients,
    client users only their own client."""
    return {"items": permissions.areas(runtime().settings.openapi_file)}


@routes.list("/users", "listUsers", returns=USER, filters=FILTERS, roles=MANAGERS)
def list_users(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Lists users. Managers, who assign technicians to clients, can only list technicians: `role=technician`."""
    if work.actor.role not in ADMINS and page.filters.get("role") != TECHNICIAN:
        raise Forbidden("Managers can only list technicians. Add role=technician.")
    return queries.page_of_users(work, page)


@routes.post(
    "/users",
    "createUser",
    body=USER_CREATE,
    returns=USER,
    roles=ADMINS,
    transaction=False,
    promise=idempotency.BY_FUNCTION,
)
def create_user(app: App, context: Context, body: dict[str, Any]) -> Response:
    """Creates a user."""
    password = body.pop("password")
    accounts.check_password(password, body["email"])
    hashed = _hash(password)
    promise = context.idempotency
    if promise is not None:
        # The fingerprint leaves the password out, because it is a fast hash.
        without = orjson.dumps(body, default=str, option=orjson.OPT_SORT_KEYS)
        promise = replace(promise, fingerprint=sha256(without).hexdigest())
    with app.work(context) as work:
        stored = idempotency.begin(work, promise) if promise else None
        if stored is not None:
            return Response(stored.body, stored.status, {idempotency.REPLAYED: "true"}, mimetype="application/json")
        user = accounts.create(work, **body, password_hash=hashed)
        work.flush()
        answer = orjson.dumps(USER.dump(user))
        if promise:
            idempotency.complete(work, promise, 201, answer)
        return Response(answer, 201, {"ETag": f'"{user.version}"'}, mimetype="application/json")


@routes.get("/users/<uuid:user_id>", "getUser", returns=USER, roles=ADMINS)
def get_user(work: UnitOfWork, user_id: UUID) -> User:
    return queries.get(work, user_id)


@routes.patch("/users/<uuid:user_id>", "updateUser", body=USER_PATCH, returns=USER, roles=ADMINS)
def update_user(work: UnitOfWork, body: dict[str, Any], user_id: UUID) -> User:
    return accounts.update(work, user_id, **body)


@routes.delete("/users/<uuid:user_id>", "deleteUser", roles=ADMINS)
def delete_user(work: UnitOfWork, user_id: UUID) -> None:
    """Deletes a user who never signed in. Other users are in the audit log and can only be disabled."""
    accounts.delete(work, user_id)


@routes.post("/users/<uuid:user_id>/disable", "disableUser", returns=USER, roles=ADMINS, status=200)
def disable_user(work: UnitOfWork, user_id: UUID) -> User:
    return accounts.disable(work, user_id)


@routes.post("/users/<uuid:user_id>/enable", "enableUser", returns=USER, roles=ADMINS, status=200)
def enable_user(work: UnitOfWork, user_id: UUID) -> User:
    return accounts.enable(work, user_id)


@routes.post("/users/<uuid:user_id>/sign-out", "signOutUser", returns=USER, roles=ADMINS, status=200)
def sign_out_user(work: UnitOfWork, user_id: UUID) -> User:
    """Ends all sessions of the user and revokes all their API keys. They can sign in again with their password."""
    user = queries.get(work, user_id)
    accounts.may_manage(work, user.role)
    everywhere.sign_out(work, user.id)
    return user


@routes.put("/users/<uuid:user_id>/password", "setUserPassword", body=NEW_PASSWORD, returns=USER, roles=ADMINS)
def set_user_password(work: UnitOfWork, body: dict[str, Any], user_id: UUID) -> User:
    """Sets a user's password, ends their sessions, revokes their API keys and resets the count of wrong passwords."""
    user = queries.get(work, user_id, lock=True)
    accounts.may_manage(work, user.role)
    _change(work, user, body["new_password"], None)
    everywhere.end_access(work, user.id, sessions.PASSWORD_CHANGED)
    guessing.forget(work.session, user.email)
    return user


@routes.put("/auth/password", "changeOwnPassword", body=OWN_PASSWORD, returns=USER, roles=EVERYONE)
def change_own_password(work: UnitOfWork, body: dict[str, Any]) -> User:
    """Changes the caller's password and ends their other sessions. API keys keep working."""
    who = principal()
    if who.kind == "key":
        raise Forbidden("An API key can't change its owner's password. Sign in instead.")
    user = queries.get(work, who.user_id, lock=True)
    _check_current(user, body["current_password"], who.credential_id)
    _change(work, user, body["new_password"], who.credential_id)
    return user


def _check_current(user: User, password: str, session_id: UUID) -> None:
    """Raises Invalid for a wrong password. Attempts are limited, so that an open session can't be used to guess it."""
    app: App = current_app.extensions["app"]
    counters = guessing.counters(user.email, f"session {session_id}", known=True)
    with runtime().passwords.turn():
        guessing.reserve(app, counters)
        if not runtime().passwords.matches(user.password_hash, password):
            raise Invalid({"current_password": ["This is not your current password."]})
    guessing.release(app, counters)


def _change(work: UnitOfWork, user: User, password: str, kept_session: UUID | None) -> None:
    accounts.check_password(password, user.email, "new_password")
    accounts.set_password(work, user, _hash(password))
    sessions.end_all_of(work, user.id, sessions.PASSWORD_CHANGED, but=kept_session)
    record(work, "gateway.user.password_changed.v1", user.id, by_owner=kept_session is not None)


def _hash(password: str) -> str:
    passwords = runtime().passwords
    with passwords.turn():
        return passwords.hash(password)
