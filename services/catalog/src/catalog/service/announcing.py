"""Saying what became of a service: to its history, its price list and everybody else."""

from decimal import Decimal

from catalog.price.keeping import keep, remember_rate
from catalog.service import events
from catalog.service.models import CatalogService
from common.context import Actor
from common.uow import UnitOfWork


def announce(work: UnitOfWork, service: CatalogService, old_rate: Decimal, by: Actor | None = None) -> None:
    """Remembers and says what changed, if anything did; the last thing to be done with a changed service."""
    say(work, service, old_rate, by)
    keep(work, [service])


def say(work: UnitOfWork, service: CatalogService, old_rate: Decimal, by: Actor | None = None) -> None:
    """For one who then keeps the prices of many services at once."""
    if service.default_rate != old_rate:
        remember_rate(work, service, service.currency, old_rate, service.default_rate, by)
        work.emit(events.RATE_CHANGED, service, old_rate=old_rate)
    elif work.session.is_modified(service):
        work.emit(events.CHANGED, service)
