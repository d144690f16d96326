"""Reads users."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from common import emails, searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork
from gateway.user import events
from gateway.user.models import DISABLED, User

SORTS = {"name": User.name, "email": func.lower(User.email), "role": User.role, "created_at": User.created_at}


def get(work: UnitOfWork, user_id: UUID, *, lock: bool = False) -> User:
    user = work.session.get(User, user_id, with_for_update=lock or None)
    if user is None:
        raise NotFound("User not found.")
    return user


def page_of_users(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(User)
    for name, value in page.filters.items():
        if name == "email":
            statement = statement.where(func.lower(User.email).in_(emails.spellings(value)))
        else:
            statement = statement.where(getattr(User, name) == value)
    if page.q:
        statement = statement.where(searching.naming((User.name, User.email), page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="name", key=User.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes all users again in portions."""
    for portion in keyset(work.session, select(User), User.id):
        for user in portion:
            work.emit(events.DISABLED if user.status == DISABLED else events.CHANGED, user)
        yield
