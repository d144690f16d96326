"""Creates and changes users."""

import unicodedata
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from common import emails, replicas, successors
from common.errors import Conflict, Forbidden, Invalid
from common.ids import new_id
from common.uow import UnitOfWork
from gateway.api_key import keys
from gateway.inbound.replicas import Client, Successor
from gateway.session import everywhere, sessions
from gateway.user import events, passwords
from gateway.user.models import ACTIVE, User
from gateway.user.queries import get
from gateway.user.roles import SUPER_ADMIN, of_client


def create(
    work: UnitOfWork, *, email: str, name: str, role: str, password_hash: str, client_id: UUID | None = None
) -> User:
    """Adds a user. The caller has checked (`check_password`) and hashed the password outside of transactions."""
    may_manage(work, role)
    if find(work, email) is not None:
        message = f"A user with the email {email} already exists."
        raise Conflict(message, {"email": [message]})
    _check_client(work, role, client_id)
    user = User(
        id=new_id(),
        email=email,
        name=name,
        role=role,
        client_id=client_id,
        status=ACTIVE,
        password_hash=password_hash,
        password_changed_at=work.now,
        last_login_at=None,
    )
    work.session.add(user)
    work.emit(events.CREATED, user)
    return user


def update(work: UnitOfWork, user_id: UUID, **changes: Any) -> User:
    """Applies `changes` of email, name, role, client_id."""
    user = get(work, user_id, lock=True)
    work.check_version(user)
    may_manage(work, user.role)
    role = changes.get("role", user.role)
    may_manage(work, role)
    if "role" in changes and user.role != role and str(user.id) == work.actor.id:
        raise Invalid({"role": ["You can't change your own role. Ask another administrator."]})
    if not of_client(role) and "client_id" not in changes:
        changes["client_id"] = None
    _check_client(work, role, changes.get("client_id", user.client_id))
    _check_free(work, user, changes.get("email", user.email))
    _revoke_unfit_keys(work, user, role, changes.get("client_id", user.client_id))
    for field, value in changes.items():
        setattr(user, field, value)
    _announce_change(work, user)
    if "client_id" in changes:
        work.flush()
        work.session.expire(user, ["client_name"])
    return user


def _check_free(work: UnitOfWork, user: User, email: str) -> None:
    """Raises Conflict if another user has the email in any spelling."""
    other = find(work, email) if email != user.email else None
    if other is not None and other.id != user.id:
        message = f"A user with the email {email} already exists."
        raise Conflict(message, {"email": [message]})


def _revoke_unfit_keys(work: UnitOfWork, user: User, role: str, client_id: UUID | None) -> None:
    """Revokes all API keys if the client changes, or the keys whose role exceeds a new role."""
    if client_id != user.client_id:
        keys.revoke_all_of(work, user.id)
    elif role != user.role:
        keys.revoke_all_of(work, user.id, beyond=role)


def disable(work: UnitOfWork, user_id: UUID) -> User:
    """Disables the user, ends their sessions and revokes their API keys, effective with the next request."""
    user = get(work, user_id, lock=True)
    may_manage(work, user.role)
    if str(user.id) == work.actor.id:
        raise Conflict("You can't disable yourself. Ask another administrator.")
    user.disable()
    everywhere.end_access(work, user.id, sessions.REVOKED)
    work.emit(events.DISABLED, user)
    return user


def enable(work: UnitOfWork, user_id: UUID) -> User:
    user = get(work, user_id, lock=True)
    may_manage(work, user.role)
    user.enable()
    work.emit(events.CHANGED, user)
    return user


def delete(work: UnitOfWork, user_id: UUID) -> None:
    user = get(work, user_id, lock=True)
    work.check_version(user)
    may_manage(work, user.role)
    if user.last_login_at is not None:
        raise Conflict(f"{user.email} has signed in before, so the audit log refers to them. Disable the user instead.")
    work.emit_deleted(events.DELETED, user)


def set_password(work: UnitOfWork, user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    user.password_changed_at = work.now
    _announce_change(work, user)


def find(work: UnitOfWork, email: str) -> User | None:
    spellings = emails.spellings(unicodedata.normalize("NFC", email))
    return work.session.scalar(sa.select(User).where(sa.func.lower(User.email).in_(spellings)).limit(1))


def check_password(password: str, email: str, field: str = "password") -> None:
    faults = passwords.faults(password, email)
    if faults:
        raise Invalid({field: faults})


def can_manage(work: UnitOfWork, role: str) -> bool:
    return role != SUPER_ADMIN or work.actor.role in {SUPER_ADMIN, "system"}


def may_manage(work: UnitOfWork, role: str) -> None:
    """Raises Forbidden unless the actor is a super administrator or the CLI, for the role of super administrators."""
    if not can_manage(work, role):
        raise Forbidden("Only a super administrator can create or change super administrators.")


def _check_client(work: UnitOfWork, role: str, client_id: UUID | None) -> None:
    if not of_client(role):
        if client_id is not None:
            raise Invalid({"client_id": [f"Only client users belong to a client. Leave it out for the role {role}."]})
    elif client_id is None:
        raise Invalid({"client_id": [f"Choose the client of the {role}."]})
    else:
        _check_known(work, client_id)


def _check_known(work: UnitOfWork, client_id: UUID) -> None:
    client = replicas.find(work, Client, client_id)
    if client is None:
        raise Invalid({"client_id": ["Client not found."]})
    survivor_id = successors.current(work.session, Successor, client_id)
    if survivor_id != client_id:
        survivor = work.session.get(Client, survivor_id)
        name = survivor.name if survivor else str(survivor_id)
        raise Invalid({"client_id": [f'"{client.name}" was merged into "{name}". Use that client.']})


def _announce_change(work: UnitOfWork, user: User) -> None:
    if work.session.is_modified(user):
        work.emit(events.CHANGED, user)


def note_sign_in(work: UnitOfWork, user_id: UUID, renewed_hash: str | None) -> None:
    """Stores the sign-in and a hash with newer parameters. The user's version stays, because users edit neither."""
    values: dict[str, Any] = {"last_login_at": work.now, "version": User.version, "updated_at": User.updated_at}
    if renewed_hash:
        values["password_hash"] = renewed_hash
    work.session.execute(sa.update(User).where(User.id == user_id).values(values))
