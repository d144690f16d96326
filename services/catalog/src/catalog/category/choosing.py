"""Sets the category of a service by name or id; an unknown name adds a category."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from catalog.category import events
from catalog.category.models import ACTIVE, ARCHIVED, Category
from catalog.service.models import CatalogService
from common.errors import Invalid
from common.ids import new_id
from common.texts import one_line
from common.uow import UnitOfWork

SHARED: dict[str, bool] = {"read": True}
"""A shared lock: other services can choose the category, but it can't be renamed, archived or deleted."""


def settle(work: UnitOfWork, values: dict[str, Any], service_id: UUID | None = None) -> None:
    """Sets both `category` (the name) and `category_id` in `values`, if at least one is sent.

    Call it before locking the service, because renaming a category locks the category first and then its services.
    Raises Invalid if the category is archived, unless the service `service_id` is already in it.
    """
    if not values.keys() & {"category", "category_id"}:
        return
    name, identifier = (values.get("category") or "").strip(), values.get("category_id")
    category = _named(work, name) if name else _with_id(work, identifier) if identifier else None
    if category and identifier not in (None, category.id):
        raise Invalid({"category_id": [f'This is not the id of "{category.name}". Send only the id or the name.']})
    if category and category.status == ARCHIVED and not _is_in(work, service_id, category):
        field = "category" if name else "category_id"
        raise Invalid({field: [f'The category "{category.name}" is archived. Choose an active category.']})
    values |= {"category": category.name if category else None, "category_id": category.id if category else None}


def ensure(work: UnitOfWork, names: Iterable[str]) -> None:
    """Adds missing categories and locks the others against renaming until the transaction ends."""
    by_key = {name.lower(): name for name in map(one_line, names)}
    statement = select(Category.name).where(func.lower(Category.name).in_(by_key)).order_by(Category.id)
    known = {name.lower() for name in work.session.scalars(statement.with_for_update(read=True))}
    for key in sorted(by_key.keys() - known):
        _add(work, by_key[key])


def _named(work: UnitOfWork, name: str) -> Category:
    """Returns the category with the name, ignoring case, or adds it; safe with concurrent transactions."""
    name = one_line(name)
    statement = select(Category).where(func.lower(Category.name) == name.lower()).with_for_update(read=True)
    category = work.session.scalar(statement)
    return category or _add(work, name) or work.session.scalars(statement).one()


def _add(work: UnitOfWork, name: str) -> Category | None:
    values = {"id": new_id(), "version": 1, "created_at": work.now, "updated_at": work.now}
    statement = insert(Category).values(**values, name=name, sort_order=0, status=ACTIVE)
    category = work.session.scalar(statement.on_conflict_do_nothing().returning(Category))
    if category is not None:
        work.emit(events.CREATED, category)
    return category


def _with_id(work: UnitOfWork, identifier: UUID) -> Category:
    category = work.session.get(Category, identifier, with_for_update=SHARED)
    if category is None:
        raise Invalid({"category_id": ["Category not found."]})
    return category


def _is_in(work: UnitOfWork, service_id: UUID | None, category: Category) -> bool:
    in_category = select(CatalogService.id).where(
        CatalogService.id == service_id, CatalogService.category_id == category.id
    )
    return service_id is not None and work.session.scalar(in_category) is not None
