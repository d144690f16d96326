"""Making, changing and removing sets of services."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from catalog.service.models import ARCHIVED, CatalogService
from catalog.service_set import events
from catalog.service_set.models import ACTIVE, Member, ServiceSet
from common.errors import Conflict, Invalid, NotFound
from common.ids import new_id
from common.texts import one_line
from common.uow import UnitOfWork

ONE_DEFAULT = text("SELECT pg_advisory_xact_lock(hashtextextended('catalog default service set', 0))")


def create(work: UnitOfWork, *, service_ids: Sequence[UUID], is_default: bool = False, **values: Any) -> ServiceSet:
    chosen = ServiceSet(id=new_id(), status=ACTIVE, is_default=False, **values)
    _check_name(work, chosen)
    _fill(work, chosen, service_ids)
    if is_default:
        _take_default(work, chosen)
    work.session.add(chosen)
    work.emit(events.CHANGED, chosen)
    return chosen


def update(work: UnitOfWork, set_id: UUID, **changes: Any) -> ServiceSet:
    if "is_default" in changes:
        work.session.execute(ONE_DEFAULT)  # before any set is locked: two that swap the default queue up here
    chosen = get(work, set_id, lock=True)
    work.check_version(chosen)
    if changes.get("is_default") and not chosen.is_default:
        _take_default(work, chosen)
    with work.session.no_autoflush:  # one change is one version
        for name in changes.keys() & {"name", "description", "is_default"}:
            setattr(chosen, name, changes[name])
        _check_name(work, chosen)
        if "service_ids" in changes and list(changes["service_ids"]) != chosen.service_ids:
            _fill(work, chosen, changes["service_ids"])
            chosen.touch(work.now)
    if work.session.is_modified(chosen):
        work.emit(events.CHANGED, chosen)
    return chosen


def archive(work: UnitOfWork, set_id: UUID) -> ServiceSet:
    chosen = get(work, set_id, lock=True)
    work.check_version(chosen)
    chosen.archive(work.now)
    work.emit(events.CHANGED, chosen)
    return chosen


def restore(work: UnitOfWork, set_id: UUID) -> ServiceSet:
    chosen = get(work, set_id, lock=True)
    work.check_version(chosen)
    chosen.restore()
    work.emit(events.CHANGED, chosen)
    return chosen


def delete(work: UnitOfWork, set_id: UUID) -> None:
    """For good: what clients inherited from it stays theirs."""
    chosen = get(work, set_id, lock=True)
    work.check_version(chosen)
    if chosen.is_default:
        raise Conflict(f'"{chosen.name}" is the default set. Make another set the default first.')
    work.emit_deleted(events.DELETED, chosen)


def get(work: UnitOfWork, set_id: UUID, *, lock: bool = False) -> ServiceSet:
    chosen = work.session.get(ServiceSet, set_id, with_for_update=lock or None)
    if chosen is None:
        raise NotFound("Service set not found.")
    return chosen


def _check_name(work: UnitOfWork, chosen: ServiceSet) -> None:
    with work.session.no_autoflush:
        chosen.name = one_line(chosen.name)
        twin = select(ServiceSet.name).where(func.lower(ServiceSet.name) == chosen.name.lower())
        if other := work.session.scalar(twin.where(ServiceSet.id != chosen.id)):
            message = f'Another service set is already named "{other}". Choose another name.'
            raise Conflict(message, {"name": [message]})


def _fill(work: UnitOfWork, chosen: ServiceSet, service_ids: Sequence[UUID]) -> None:
    """An archived service may stay, but does not come in anew."""
    if len(service_ids) != len(set(service_ids)):
        raise Invalid({"service_ids": ["Each service can be in a set only once."]})
    kept = {member.service_id: member for member in chosen.members}
    with work.session.no_autoflush:
        found = select(CatalogService).where(CatalogService.id.in_(service_ids)).order_by(CatalogService.id)
        known = {one.id: one for one in work.session.scalars(found.with_for_update(read=True, key_share=True))}
    for service_id in service_ids:
        if service_id not in known:
            raise Invalid({"service_ids": [f"Service {service_id} not found."]})
        if known[service_id].status == ARCHIVED and service_id not in kept:
            raise Invalid({"service_ids": [f'"{known[service_id].name}" is archived. Restore it first.']})
    chosen.members = [kept.get(key) or Member(service_id=key, service=known[key]) for key in service_ids]
    for position, member in enumerate(chosen.members):
        member.position = position


def _take_default(work: UnitOfWork, chosen: ServiceSet) -> None:
    """The set that was the default before is not it any more, in the same transaction."""
    if chosen.status != ACTIVE:
        raise Invalid({"is_default": [f'"{chosen.name}" is archived. Restore it first.']})
    work.session.execute(ONE_DEFAULT)
    former = work.session.scalar(select(ServiceSet).where(ServiceSet.is_default).with_for_update())
    if former is not None:
        former.is_default = False
        work.emit(events.CHANGED, former)
        work.session.flush()  # before the next one says it: only one may
    chosen.is_default = True
