"""Reads service sets."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalog.service.models import CatalogService
from catalog.service_set import events
from catalog.service_set.models import Member, ServiceSet
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {
    "name": ServiceSet.name,
    "status": ServiceSet.status,
    "created_at": ServiceSet.created_at,
    "updated_at": ServiceSet.updated_at,
}
WITH_SERVICES = selectinload(ServiceSet.members).options(
    joinedload(Member.service).load_only(CatalogService.id, CatalogService.name, CatalogService.status)
)


def get(work: UnitOfWork, set_id: UUID, *, lock: bool = False) -> ServiceSet:
    service_set = work.session.get(ServiceSet, set_id, with_for_update=lock or None)
    if service_set is None:
        raise NotFound("Service set not found.")
    return service_set


def page_of_sets(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(ServiceSet).options(WITH_SERVICES)
    for name, value in page.filters.items():
        if name == "service_id":
            with_service = select(Member.set_id).where(Member.service_id == value)
            statement = statement.where(ServiceSet.id.in_(with_service))
        else:
            statement = statement.where(getattr(ServiceSet, name) == value)
    if page.q:
        statement = statement.where(searching.naming((ServiceSet.name,), page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="name", key=ServiceSet.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    members = selectinload(ServiceSet.members).lazyload(Member.service)
    for portion in keyset(work.session, select(ServiceSet).options(members), ServiceSet.id):
        for service_set in portion:
            work.emit(events.CHANGED, service_set)
        yield
