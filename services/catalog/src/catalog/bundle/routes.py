"""Routes of bundles."""

from typing import Any
from uuid import UUID

from catalog.bundle import editing, queries
from catalog.bundle.models import Bundle
from catalog.bundle.schemas import BODY, BUNDLE, DRAFT, FILTERS, PATCH, PREVIEW
from common.http.routes import Routes
from common.pages import Page
from common.roles import ADMINS, STAFF
from common.uow import UnitOfWork

routes = Routes("bundles", "Services sold together, at their total, a fixed price or a markup")

PATH = "/bundles"
ONE = f"{PATH}/<uuid:bundle_id>"


@routes.list(PATH, "listBundles", returns=BUNDLE, filters=FILTERS, roles=STAFF)
def list_bundles(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_bundles(work, page)


@routes.post(PATH, "createBundle", body=BODY, returns=BUNDLE, roles=ADMINS)
def create_bundle(work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
    return _flushed(work, editing.create(work, **body))


@routes.post(f"{PATH}/preview", "previewBundle", body=DRAFT, returns=PREVIEW, roles=ADMINS, status=200)
def preview_bundle(work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
    """Returns what a bundle would cost. Nothing is saved."""
    return queries.described(editing.preview(work, **body))


@routes.get(ONE, "getBundle", returns=BUNDLE, roles=STAFF)
def get_bundle(work: UnitOfWork, bundle_id: UUID) -> dict[str, Any]:
    return queries.described(queries.get(work, bundle_id))


@routes.patch(ONE, "updateBundle", body=PATCH, returns=BUNDLE, roles=ADMINS)
def update_bundle(work: UnitOfWork, body: dict[str, Any], bundle_id: UUID) -> dict[str, Any]:
    """Changes the fields that are sent. Changing `pricing` clears the fields of the previous pricing."""
    return _flushed(work, editing.update(work, bundle_id, **body))


@routes.delete(ONE, "deleteBundle", roles=ADMINS)
def delete_bundle(work: UnitOfWork, bundle_id: UUID) -> None:
    editing.delete(work, bundle_id)


@routes.post(f"{ONE}/archive", "archiveBundle", returns=BUNDLE, roles=ADMINS, status=200)
def archive_bundle(work: UnitOfWork, bundle_id: UUID) -> dict[str, Any]:
    return _flushed(work, editing.archive(work, bundle_id))


@routes.post(f"{ONE}/restore", "restoreBundle", returns=BUNDLE, roles=ADMINS, status=200)
def restore_bundle(work: UnitOfWork, bundle_id: UUID) -> dict[str, Any]:
    return _flushed(work, editing.restore(work, bundle_id))


def _flushed(work: UnitOfWork, bundle: Bundle) -> dict[str, Any]:
    work.flush()
    return queries.described(bundle)
