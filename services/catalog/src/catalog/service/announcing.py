"""Records changes of services and publishes events about them."""

from decimal import Decimal

from catalog.price.keeping import keep, remember_rate
from catalog.service import events
from catalog.service.models import CatalogService
from common.context import Actor
from common.uow import UnitOfWork


def announce(work: UnitOfWork, service: CatalogService, old_rate: Decimal, by: Actor | None = None) -> None:
    """Records and publishes the changes of a service, if there are any. Call it last."""
    say(work, service, old_rate, by)
    keep(work, [service])


def say(work: UnitOfWork, service: CatalogService, old_rate: Decimal, by: Actor | None = None) -> None:
    """Does the same as `announce` without writing price rows, for callers that write those of many services."""
    if service.default_rate != old_rate:
        remember_rate(work, service, service.currency, old_rate, service.default_rate, by)
        work.emit(events.RATE_CHANGED, service, old_rate=old_rate)
    elif work.session.is_modified(service):
        work.emit(events.CHANGED, service)
