"""Creates, changes and deletes saved views."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from common.errors import Conflict, Forbidden
from common.ids import new_id
from common.roles import ADMINS, MANAGERS
from common.uow import UnitOfWork
from gateway.saved_view.models import SavedView
from gateway.saved_view.queries import get


def create(work: UnitOfWork, *, shared: bool, **values: Any) -> SavedView:
    view = SavedView(id=new_id(), user_id=UUID(work.actor.id), shared=shared, **values)
    _check(work, view)
    work.session.add(view)
    return view


def change(work: UnitOfWork, view_id: UUID, **values: Any) -> SavedView:
    view = _own(work, view_id)
    for name, value in values.items():
        setattr(view, name, value)
    with work.session.no_autoflush:
        _check(work, view)
    return view


def delete(work: UnitOfWork, view_id: UUID) -> None:
    work.session.delete(_own(work, view_id))


def _own(work: UnitOfWork, view_id: UUID) -> SavedView:
    view = get(work, view_id, lock=True)
    work.check_version(view)
    if view.user_id != UUID(work.actor.id) and work.actor.role not in ADMINS:
        raise Forbidden("Only its owner or an administrator can change this view.")
    return view


def _check(work: UnitOfWork, view: SavedView) -> None:
    """Raises Forbidden or Conflict. The lock lets only one of two requests use a name."""
    if view.shared and work.actor.role not in MANAGERS:
        raise Forbidden("Managers and administrators can share views.")
    work.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"saved view {view.user_id}", 0))))
    same = (SavedView.user_id == view.user_id, SavedView.list == view.list, SavedView.id != view.id)
    named = func.lower(SavedView.name) == view.name.lower()
    if work.session.scalar(select(SavedView.id).where(*same, named)) is not None:
        raise Conflict(f'A view of this list is already named "{view.name}". Choose another name.')
