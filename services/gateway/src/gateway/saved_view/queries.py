"""Reads the saved views that the actor sees: their own, and the shared ones."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork
from gateway.saved_view.models import SavedView

SORTS = {"name": SavedView.name}


def page_of_views(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(SavedView).where(_visible(work))
    if "list" in page.filters:
        statement = statement.where(SavedView.list == page.filters["list"])
    return paginate(work.session, statement, page, sorts=SORTS, default="name", key=SavedView.id)


def get(work: UnitOfWork, view_id: UUID, *, lock: bool = False) -> SavedView:
    statement = select(SavedView).where(SavedView.id == view_id, _visible(work))
    view = work.session.scalar(statement.with_for_update(of=SavedView) if lock else statement)
    if view is None:
        raise NotFound("Saved view not found.")
    return view


def _visible(work: UnitOfWork) -> ColumnElement[bool]:
    return SavedView.shared | (SavedView.user_id == UUID(work.actor.id))
