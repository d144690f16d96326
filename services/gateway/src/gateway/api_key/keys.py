"""Creates, renames and revokes API keys."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from common.errors import Conflict, Invalid
from common.ids import new_id
from common.uow import UnitOfWork
from gateway.api_key.models import ApiKey
from gateway.api_key.queries import get
from gateway.audit.recording import record
from gateway.session import tokens
from gateway.user.roles import within

SHOWN = 12


def create(work: UnitOfWork, *, name: str, role: str | None, expires_at: datetime | None) -> tuple[ApiKey, str]:
    """Returns the row and the key itself, which is not stored."""
    errors: dict[str, list[str]] = {}
    granted = role or work.actor.role
    if granted not in within(work.actor.role):
        errors["role"] = [f"Can't exceed your own role. Choose one of: {', '.join(sorted(within(work.actor.role)))}."]
    if expires_at is not None and expires_at <= work.now:
        errors["expires_at"] = ["Must be in the future."]
    if errors:
        raise Invalid(errors)
    token = tokens.new_token(tokens.API_KEY)
    key = ApiKey(
        id=new_id(),
        user_id=UUID(work.actor.id),
        name=name,
        prefix=token[:SHOWN],
        hash=tokens.digest(token),
        role=granted,
        expires_at=expires_at,
        revoked_at=None,
        last_used_at=None,
    )
    work.session.add(key)
    record(
        work, "gateway.api_key.created.v1", key.id, name=name, role=granted, prefix=key.prefix, expires_at=expires_at
    )
    return key, token


def rename(work: UnitOfWork, key_id: UUID, *, name: str | None = None) -> ApiKey:
    key = get(work, key_id, lock=True)
    work.check_version(key)
    if name is not None:
        key.name = name
    return key


def revoke(work: UnitOfWork, key_id: UUID) -> None:
    key = get(work, key_id, lock=True)
    work.check_version(key)
    if key.revoked_at is not None:
        raise Conflict("This key is already revoked.")
    key.revoked_at = work.now
    record(work, "gateway.api_key.revoked.v1", key.id, name=key.name, prefix=key.prefix, user_id=key.user_id)


def revoke_all_of(work: UnitOfWork, user_id: UUID, beyond: str | None = None) -> None:
    """Revokes all active API keys of the user, or only those whose role exceeds the role `beyond`."""
    statement = update(ApiKey).where(ApiKey.user_id == user_id, ApiKey.revoked_at.is_(None))
    if beyond is not None:
        statement = statement.where(ApiKey.role.not_in(within(beyond)))
    statement = statement.values(revoked_at=work.now, version=ApiKey.version + 1)
    for key_id, name, prefix in work.session.execute(statement.returning(ApiKey.id, ApiKey.name, ApiKey.prefix)):
        record(work, "gateway.api_key.revoked.v1", key_id, name=name, prefix=prefix, user_id=user_id)
