"""Adds, changes and deletes categories; a new name is copied to all services in the category."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from catalog.category import events
from catalog.category.models import ACTIVE, Category
from catalog.category.queries import get
from catalog.service import events as service_events
from catalog.service.models import CatalogService
from common.errors import Conflict, NotFound
from common.ids import new_id
from common.texts import one_line
from common.uow import UnitOfWork


def create(work: UnitOfWork, *, name: str, **values: Any) -> Category:
    category = Category(id=new_id(), name=one_line(name), status=ACTIVE, **values)
    _check_name(work, category)
    work.session.add(category)
    work.emit(events.CREATED, category)
    return category


def update(work: UnitOfWork, category_id: UUID, **changes: Any) -> Category:
    category = get(work, category_id, lock=True)
    work.check_version(category)
    former = category.name
    if "name" in changes:
        changes["name"] = one_line(changes["name"])
    for name, value in changes.items():
        setattr(category, name, value)
    _check_name(work, category)
    if work.session.is_modified(category):
        work.emit(events.CHANGED, category)
    if category.name != former:
        _rename_in_services(work, category)
    return category


def archive(work: UnitOfWork, category_id: UUID) -> Category:
    category = get(work, category_id, lock=True)
    work.check_version(category)
    category.archive(work.now)
    work.emit(events.CHANGED, category)
    return category


def restore(work: UnitOfWork, category_id: UUID) -> Category:
    category = get(work, category_id, lock=True)
    work.check_version(category)
    category.restore()
    work.emit(events.CHANGED, category)
    return category


def delete(work: UnitOfWork, category_id: UUID) -> None:
    category = work.session.get(Category, category_id, with_for_update=True)
    if category is None:
        raise NotFound("Category not found.")
    work.check_version(category)
    services_in = select(func.count()).select_from(CatalogService).where(CatalogService.category_id == category_id)
    if count := work.session.scalar(services_in):
        raise Conflict(f'"{category.name}" contains {count} services. Move them first, or archive the category.')
    work.emit_deleted(events.DELETED, category)


def _check_name(work: UnitOfWork, category: Category) -> None:
    with work.session.no_autoflush:
        same_name = select(Category.name).where(func.lower(Category.name) == category.name.lower())
        if other := work.session.scalar(same_name.where(Category.id != category.id)):
            message = f'Another category is already named "{other}". Choose another name.'
            raise Conflict(message, {"name": [message]})


def _rename_in_services(work: UnitOfWork, category: Category) -> None:
    services_in = select(CatalogService).where(CatalogService.category_id == category.id).order_by(CatalogService.id)
    for service in work.session.scalars(services_in.with_for_update()):
        service.category = category.name
        work.emit(service_events.CHANGED, service)
