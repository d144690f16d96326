"""Reading users."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from common.http.pagination import Page, paginate
from common.uow import UnitOfWork
from gateway.user import events
from gateway.user.models import DISABLED, User

SORTS = {"name": User.name, "email": func.lower(User.email), "role": User.role, "created_at": User.created_at}
PORTION = 500


def page_of_users(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(User)
    for name, value in page.filters.items():
        column = func.lower(User.email) if name == "email" else getattr(User, name)
        statement = statement.where(column == (value.lower() if name == "email" else value))
    if page.q:
        statement = statement.where(
            or_(User.name.icontains(page.q, autoescape=True), User.email.icontains(page.q, autoescape=True))
        )
    return paginate(work.session, statement, page, sorts=SORTS, default="name", key=User.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    """Says everything again, a portion at a time, for replicas that were lost."""
    last: UUID | None = None
    while True:
        statement = select(User).order_by(User.id).limit(PORTION)
        portion = work.session.scalars(statement.where(User.id > last) if last else statement).all()
        for user in portion:
            work.emit(events.DISABLED if user.status == DISABLED else events.CHANGED, user)
        yield
        if len(portion) < PORTION:
            return
        last = portion[-1].id
