"""Reads the API keys that the actor may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from common import searching
from common.context import Actor
from common.errors import NotFound
from common.pages import Page, paginate
from common.roles import ADMINS
from common.uow import UnitOfWork
from gateway.api_key.models import ApiKey
from gateway.user.models import User
from gateway.user.roles import SUPER_ADMIN

SORTS = {"created_at": ApiKey.created_at}


def page_of_keys(work: UnitOfWork, page: Page) -> dict[str, Any]:
    filters = page.filters
    statement = select(ApiKey).join(User).where(*_within_reach(work.actor))
    if filters.get("scope", "own") == "own" and "user_id" not in filters:
        statement = statement.where(ApiKey.user_id == UUID(work.actor.id))
    if "user_id" in filters:
        statement = statement.where(ApiKey.user_id == filters["user_id"])
    if "active" in filters:
        active = ApiKey.revoked_at.is_(None) & (ApiKey.expires_at.is_(None) | (ApiKey.expires_at > work.now))
        statement = statement.where(active if filters["active"] else ~active)
    if page.q:
        statement = statement.where(searching.naming((ApiKey.name,), page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=ApiKey.id)


def _within_reach(actor: Actor) -> list[ColumnElement[bool]]:
    if actor.role == SUPER_ADMIN:
        return []
    own = ApiKey.user_id == UUID(actor.id)
    return [own | (User.role != SUPER_ADMIN)] if actor.role in ADMINS else [own]


def get(work: UnitOfWork, key_id: UUID, *, lock: bool = False) -> ApiKey:
    statement = select(ApiKey).join(User).where(ApiKey.id == key_id, *_within_reach(work.actor))
    key = work.session.scalar(statement.with_for_update(of=ApiKey) if lock else statement)
    if key is None:
        raise NotFound("API key not found.")
    return key
