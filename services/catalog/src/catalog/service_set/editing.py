"""Adds, changes and deletes service sets."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from catalog.service.models import ARCHIVED, CatalogService
from catalog.service_set import events
from catalog.service_set.models import ACTIVE, Member, ServiceSet
from catalog.service_set.queries import get
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.texts import one_line
from common.uow import UnitOfWork

ONE_DEFAULT = text("SELECT pg_advisory_xact_lock(hashtextextended('catalog default service set', 0))")


def create(work: UnitOfWork, *, service_ids: Sequence[UUID], is_default: bool = False, **values: Any) -> ServiceSet:
    service_set = ServiceSet(id=new_id(), status=ACTIVE, is_default=False, **values)
    _check_name(work, service_set)
    _fill(work, service_set, service_ids)
    if is_default:
        _make_default(work, service_set)
    work.session.add(service_set)
    work.emit(events.CHANGED, service_set)
    return service_set


def update(work: UnitOfWork, set_id: UUID, **changes: Any) -> ServiceSet:
    if "is_default" in changes:
        # Before a set is locked, because two transactions that swap the default would deadlock.
        work.session.execute(ONE_DEFAULT)
    service_set = get(work, set_id, lock=True)
    work.check_version(service_set)
    if changes.get("is_default") and not service_set.is_default:
        _make_default(work, service_set)
    with work.session.no_autoflush:  # one change is one version
        for name in changes.keys() & {"name", "description", "is_default"}:
            setattr(service_set, name, changes[name])
        _check_name(work, service_set)
        if "service_ids" in changes and list(changes["service_ids"]) != service_set.service_ids:
            _fill(work, service_set, changes["service_ids"])
            service_set.touch(work.now)
    if work.session.is_modified(service_set):
        work.emit(events.CHANGED, service_set)
    return service_set


def archive(work: UnitOfWork, set_id: UUID) -> ServiceSet:
    service_set = get(work, set_id, lock=True)
    work.check_version(service_set)
    service_set.archive(work.now)
    work.emit(events.CHANGED, service_set)
    return service_set


def restore(work: UnitOfWork, set_id: UUID) -> ServiceSet:
    service_set = get(work, set_id, lock=True)
    work.check_version(service_set)
    service_set.restore()
    work.emit(events.CHANGED, service_set)
    return service_set


def delete(work: UnitOfWork, set_id: UUID) -> None:
    """Deletes the set permanently; clients keep the services they got from it."""
    service_set = get(work, set_id, lock=True)
    work.check_version(service_set)
    if service_set.is_default:
        raise Conflict(f'"{service_set.name}" is the default set. Make another set the default first.')
    work.emit_deleted(events.DELETED, service_set)


def _check_name(work: UnitOfWork, service_set: ServiceSet) -> None:
    with work.session.no_autoflush:
        service_set.name = one_line(service_set.name)
        same_name = select(ServiceSet.name).where(func.lower(ServiceSet.name) == service_set.name.lower())
        if other := work.session.scalar(same_name.where(ServiceSet.id != service_set.id)):
            message = f'Another service set is already named "{other}". Choose another name.'
            raise Conflict(message, {"name": [message]})


def _fill(work: UnitOfWork, service_set: ServiceSet, service_ids: Sequence[UUID]) -> None:
    """Replaces the members. Raises Invalid for an archived service that is not in the set yet."""
    if len(service_ids) != len(set(service_ids)):
        raise Invalid({"service_ids": ["Each service can be in a set only once."]})
    kept = {member.service_id: member for member in service_set.members}
    with work.session.no_autoflush:
        statement = select(CatalogService).where(CatalogService.id.in_(service_ids)).order_by(CatalogService.id)
        rows = work.session.scalars(statement.with_for_update(read=True, key_share=True))
        services = {service.id: service for service in rows}
    for service_id in service_ids:
        if service_id not in services:
            raise Invalid({"service_ids": [f"Service {service_id} not found."]})
        if services[service_id].status == ARCHIVED and service_id not in kept:
            raise Invalid({"service_ids": [f'"{services[service_id].name}" is archived. Restore it first.']})
    service_set.members = [kept.get(key) or Member(service_id=key, service=services[key]) for key in service_ids]
    for position, member in enumerate(service_set.members):
        member.position = position


def _make_default(work: UnitOfWork, service_set: ServiceSet) -> None:
    """Makes the set the default instead of the current one."""
    if service_set.status != ACTIVE:
        raise Invalid({"is_default": [f'"{service_set.name}" is archived. Restore it first.']})
    work.session.execute(ONE_DEFAULT)
    former = work.session.scalar(select(ServiceSet).where(ServiceSet.is_default).with_for_update())
    if former is not None:
        former.is_default = False
        work.emit(events.CHANGED, former)
        work.session.flush()  # before the next default is set, because of the unique index
    service_set.is_default = True
