"""The category of a service, by name or id: an unknown name makes a new category."""

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
"""Shared with other services that choose it, but not with somebody who is renaming, archiving or deleting it."""


def settle(work: UnitOfWork, values: dict[str, Any], service_id: UUID | None = None) -> None:
    """Sets `category` (the name) and `category_id` in `values` so that they agree; nothing when neither is given.

    Call it before the service is locked: whoever renames a category locks that first and then its services.
    The category that the service `service_id` is in already may be archived.
    """
    if not values.keys() & {"category", "category_id"}:
        return
    name, identifier = (values.get("category") or "").strip(), values.get("category_id")
    category = _named(work, name) if name else _with_id(work, identifier) if identifier else None
    if category and identifier not in (None, category.id):
        raise Invalid({"category_id": [f'This is not the id of "{category.name}". Send only the id or the name.']})
    if category and category.status == ARCHIVED and not _is_in(work, service_id, category):
        field = "category" if name else "category_id"
        raise Invalid({field: [f'The category "{category.name}" is archived. Choose an active service.']})
    values |= {"category": category.name if category else None, "category_id": category.id if category else None}


def ensure(work: UnitOfWork, names: Iterable[str]) -> None:
    """Makes the categories that are missing, and keeps the others from being renamed until the transaction ends."""
    wanted = {name.lower(): name for name in map(one_line, names)}
    statement = select(Category.name).where(func.lower(Category.name).in_(wanted)).order_by(Category.id)
    known = {name.lower() for name in work.session.scalars(statement.with_for_update(read=True))}
    for key in sorted(wanted.keys() - known):
        _made(work, wanted[key])


def _named(work: UnitOfWork, name: str) -> Category:
    """Found in any spelling, or made; of two who make it at once the second finds the first one's."""
    wanted = one_line(name)
    found = select(Category).where(func.lower(Category.name) == wanted.lower()).with_for_update(read=True)
    category = work.session.scalar(found)
    return category or _made(work, wanted) or work.session.scalars(found).one()


def _made(work: UnitOfWork, name: str) -> Category | None:
    values = {"id": new_id(), "version": 1, "created_at": work.now, "updated_at": work.now}
    statement = insert(Category).values(**values, name=name, sort_order=0, status=ACTIVE)
    made = work.session.scalar(statement.on_conflict_do_nothing().returning(Category))
    if made is not None:
        work.emit(events.CREATED, made)
    return made


def _with_id(work: UnitOfWork, identifier: UUID) -> Category:
    category = work.session.get(Category, identifier, with_for_update=SHARED)
    if category is None:
        raise Invalid({"category_id": ["Category not found."]})
    return category


def _is_in(work: UnitOfWork, service_id: UUID | None, category: Category) -> bool:
    here = select(CatalogService.id).where(CatalogService.id == service_id, CatalogService.category_id == category.id)
    return service_id is not None and work.session.scalar(here) is not None
