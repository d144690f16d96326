"""Writes a plan without errors in few statements, with the same history and events as single changes."""

from collections.abc import Iterable
from uuid import UUID

from catalog.importing import price_list
from catalog.importing.present import Present
from catalog.price.keeping import keep, remember_rate
from catalog.service import events
from catalog.service.announcing import say
from catalog.service.models import ARCHIVED, CatalogService
from common.ids import new_id
from common.imports import CREATE, UPDATE
from common.planning import Line
from common.uow import UnitOfWork
from common.writing import add_all, write_changes


def carry_out(work: UnitOfWork, lines: Iterable[Line], present: Present) -> None:
    changed = [line for line in lines if line.action in (CREATE, UPDATE)]
    for line in changed:
        if line.present is None:
            _create(work, line, present)
        else:
            line.target = _change(work, line, present)
    add_all(work.session, [line.target for line in changed if line.present is None])
    ended = price_list.end_former(work, changed)
    # Prices end before others begin, because only one price in a currency can be current.
    write_changes(work.session, [*ended, *(line.target for line in changed)])
    keep(work, [line.target for line in changed])
    price_list.begin(work, changed)


def _create(work: UnitOfWork, line: Line, present: Present) -> None:
    service: CatalogService = line.target
    service.id, service.open_prices = new_id(), []
    service.category_id = _category(line, present).get("category_id")
    service.archived_at = work.now if service.status == ARCHIVED else None
    remember_rate(work, service, service.currency, None, service.default_rate)
    work.emit(events.CREATED, service)


def _change(work: UnitOfWork, line: Line, present: Present) -> CatalogService:
    service: CatalogService = line.present
    values = {**line.values, **_category(line, present)}
    status, old_rate = values.pop("status", service.status), service.default_rate
    for field, value in values.items():
        setattr(service, field, value)
    if line.extra:
        service.touch(work.now)  # raises the version, because prices in other currencies are part of the service
    say(work, service, old_rate)
    if status != service.status:
        _set_status(work, service, status)
    return service


def _set_status(work: UnitOfWork, service: CatalogService, status: str) -> None:
    if status == ARCHIVED:
        service.archive(work.now)
        work.emit(events.ARCHIVED, service)
    else:
        service.restore()
        work.emit(events.RESTORED, service)


def _category(line: Line, present: Present) -> dict[str, UUID | None]:
    """Returns the `category_id` of the category named in the line, if it names one."""
    if "category" not in line.values:
        return {}
    name = line.values["category"]
    return {"category_id": present.categories[name.lower()].id if name else None}
