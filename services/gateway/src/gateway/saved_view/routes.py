"""Routes of saved views."""

from typing import Any
from uuid import UUID

from common.http.routes import Routes
from common.pages import Page
from common.roles import STAFF
from common.uow import UnitOfWork
from gateway.saved_view import editing, queries
from gateway.saved_view.models import SavedView
from gateway.saved_view.schemas import FILTERS, SAVED_VIEW, SAVED_VIEW_PATCH

routes = Routes("saved-views", "Saved views: the filters of a list under a name")


@routes.list("/saved-views", "listSavedViews", returns=SAVED_VIEW, filters=FILTERS, roles=STAFF)
def list_saved_views(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Lists your own views and those that are shared with all staff."""
    return queries.page_of_views(work, page)


@routes.post("/saved-views", "createSavedView", body=SAVED_VIEW, returns=SAVED_VIEW, roles=STAFF)
def create_saved_view(work: UnitOfWork, body: dict[str, Any]) -> SavedView:
    return editing.create(work, **body)


@routes.patch("/saved-views/<uuid:view_id>", "updateSavedView", body=SAVED_VIEW_PATCH, returns=SAVED_VIEW, roles=STAFF)
def update_saved_view(work: UnitOfWork, body: dict[str, Any], view_id: UUID) -> SavedView:
    return editing.change(work, view_id, **body)


@routes.delete("/saved-views/<uuid:view_id>", "deleteSavedView", roles=STAFF)
def delete_saved_view(work: UnitOfWork, view_id: UUID) -> None:
    editing.delete(work, view_id)
