"""Routes of categories."""

from typing import Any
from uuid import UUID

from catalog.category import editing, queries
from catalog.category.models import Category
from catalog.category.schemas import BODY, CATEGORY, FILTERS, PATCH
from common.http.routes import Routes
from common.pages import Page
from common.roles import ADMINS, STAFF
from common.uow import UnitOfWork

routes = Routes("service-categories", "Categories of services")

PATH = "/service-categories"
ONE = f"{PATH}/<uuid:category_id>"


@routes.list(PATH, "listServiceCategories", returns=CATEGORY, filters=FILTERS, roles=STAFF)
def list_categories(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_categories(work, page)


@routes.post(PATH, "createServiceCategory", body=BODY, returns=CATEGORY, roles=ADMINS)
def create_category(work: UnitOfWork, body: dict[str, Any]) -> Category:
    return _counted(work, editing.create(work, **body))


@routes.get(ONE, "getServiceCategory", returns=CATEGORY, roles=STAFF)
def get_category(work: UnitOfWork, category_id: UUID) -> Category:
    return _counted(work, queries.get(work, category_id))


@routes.patch(ONE, "updateServiceCategory", body=PATCH, returns=CATEGORY, roles=ADMINS)
def update_category(work: UnitOfWork, body: dict[str, Any], category_id: UUID) -> Category:
    """Changes the category. A new name also applies to every service in it."""
    return _counted(work, editing.update(work, category_id, **body))


@routes.delete(ONE, "deleteServiceCategory", roles=ADMINS)
def delete_category(work: UnitOfWork, category_id: UUID) -> None:
    """Deletes the category permanently. Returns 409 with the count if it contains services."""
    editing.delete(work, category_id)


@routes.post(f"{ONE}/archive", "archiveServiceCategory", returns=CATEGORY, roles=ADMINS, status=200)
def archive_category(work: UnitOfWork, category_id: UUID) -> Category:
    """Archives the category. Its services keep it, but it can no longer be chosen."""
    return _counted(work, editing.archive(work, category_id))


@routes.post(f"{ONE}/restore", "restoreServiceCategory", returns=CATEGORY, roles=ADMINS, status=200)
def restore_category(work: UnitOfWork, category_id: UUID) -> Category:
    return _counted(work, editing.restore(work, category_id))


def _counted(work: UnitOfWork, category: Category) -> Category:
    work.flush()
    queries.with_counts(work, [category])
    return category
