"""Reads categories."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from catalog.category import events
from catalog.category.models import Category
from catalog.service.models import CatalogService
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {
    "name": Category.name,
    "sort_order": Category.sort_order,
    "status": Category.status,
    "created_at": Category.created_at,
    "updated_at": Category.updated_at,
}


def get(work: UnitOfWork, category_id: UUID, *, lock: bool = False) -> Category:
    """Returns the category or raises NotFound.

    `lock` keeps other changes and new services (`choosing`) out, but allows foreign key checks of services in it.
    """
    category = work.session.get(Category, category_id, with_for_update={"key_share": True} if lock else None)
    if category is None:
        raise NotFound("Category not found.")
    return category


def page_of_categories(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(Category)
    for name, value in page.filters.items():
        statement = statement.where(getattr(Category, name) == value)
    if page.q:
        statement = statement.where(searching.naming((Category.name,), page.q))
    result = paginate(work.session, statement, page, sorts=SORTS, default="sort_order,name", key=Category.id)
    with_counts(work, result["items"])
    return result


def with_counts(work: UnitOfWork, categories: Sequence[Category]) -> None:
    """Sets `service_count` of each category, in one query."""
    ids = [category.id for category in categories]
    statement = select(CatalogService.category_id, func.count()).where(CatalogService.category_id.in_(ids))
    counts = dict(iter(work.session.execute(statement.group_by(CatalogService.category_id))))
    for category in categories:
        category.service_count = counts.get(category.id, 0)  # type: ignore[attr-defined]


def republish(work: UnitOfWork) -> Iterator[None]:
    for portion in keyset(work.session, select(Category), Category.id):
        for category in portion:
            work.emit(events.CHANGED, category)
        yield
