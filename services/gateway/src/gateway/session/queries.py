"""Reads the actor's sessions and, for administrators, those of all users."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from common.context import Actor
from common.errors import NotFound
from common.pages import Page, paginate
from common.roles import ADMINS
from common.uow import UnitOfWork
from gateway.session.models import Session
from gateway.user.models import User
from gateway.user.roles import SUPER_ADMIN

SORTS = {"created_at": Session.created_at}


def get(work: UnitOfWork, session_id: UUID, *owners: ColumnElement[bool]) -> Session:
    """The session, if all the conditions in `owners` hold."""
    session = work.session.scalar(select(Session).join(User).where(Session.id == session_id, *owners))
    if session is None:
        raise NotFound("Session not found.")
    return session


def within_reach(actor: Actor) -> list[ColumnElement[bool]]:
    """Returns the conditions on session ⋈ user for sessions that the actor may see and end."""
    if actor.role == SUPER_ADMIN:
        return []
    own = Session.user_id == UUID(actor.id)
    return [own | (User.role != SUPER_ADMIN)] if actor.role in ADMINS else [own]


def page_of_sessions(work: UnitOfWork, page: Page, current: UUID) -> dict[str, Any]:
    filters = page.filters
    statement = select(Session).join(User).where(*within_reach(work.actor))
    if filters.get("scope", "own") == "own" and "user_id" not in filters:
        statement = statement.where(Session.user_id == UUID(work.actor.id))
    if "user_id" in filters:
        statement = statement.where(Session.user_id == filters["user_id"])
    if "active" in filters:
        active = Session.ended_at.is_(None) & (Session.expires_at > work.now)
        statement = statement.where(active if filters["active"] else ~active)
    result = paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=Session.id)
    names = _names(work, {session.user_id for session in result["items"]})
    for session in result["items"]:
        session.user_name = names[session.user_id]
        session.current = session.id == current
    return result


def _names(work: UnitOfWork, ids: set[UUID]) -> dict[UUID, str]:
    rows = work.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}
