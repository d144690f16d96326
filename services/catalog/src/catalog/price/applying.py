"""Applies scheduled prices at the MSP's midnight, each once, and catches up on late ones."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import func, select

from catalog.price import rules
from catalog.price.keeping import OWN, remember_rate
from catalog.price.models import SCHEDULED, ServicePrice
from catalog.service import events
from catalog.service.announcing import announce
from catalog.service.models import CatalogService
from common.app import App, Tick
from common.context import Actor, Context
from common.jobs import Job, Outcome, perform
from common.roles import ADMINS
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)


def catch_up(work: UnitOfWork, service: CatalogService, day: date) -> int:
    """Applies a locked service's prices that are due by `day`, oldest first; returns their number."""
    due = [price for price in service.scheduled_prices if price.valid_from <= day]
    for price in due:
        apply(work, service, price)
        work.flush()
    return len(due)


def apply(work: UnitOfWork, service: CatalogService, price: ServicePrice) -> None:
    """Replaces the current price in the currency with the scheduled price. The caller has locked the service."""
    former = service.current_price(price.currency)
    _fill_in(service, price, former)
    if former is not None:
        former.end(price.valid_from)
        work.session.flush()
    price.begin(work.now)
    service.touch(work.now)
    by = Actor(price.created_by, price.created_by_name)
    if price.currency == service.currency:
        old_rate = service.default_rate
        for name in OWN:
            setattr(service, name, getattr(price, name))
        announce(work, service, old_rate, by)
        return
    former_rate = former.default_rate if former else None
    if former_rate != price.default_rate:
        remember_rate(work, service, price.currency, former_rate, price.default_rate, by)
    work.emit(events.CHANGED, service)


def _fill_in(service: CatalogService, price: ServicePrice, former: ServicePrice | None) -> None:
    """Fills the fields in `keeps` from the former price."""
    for name in price.keeps if former is not None else ():
        setattr(price, name, getattr(former, name))
    if service.kind != rules.USAGE:
        price.price_model = None
    rules.settle_rate(price, None)
    price.keeps = []


def _run(app: App, context: Context, as_of: date, dry_run: bool) -> Outcome:
    """Applies due prices, each service in its own transaction so that an error stops no other service."""
    with app.work(context) as work:
        due = dict(iter(work.session.execute(_due(as_of).add_columns(func.count()))))
    if dry_run:
        counts = {"services": len(due), "prices": sum(due.values())}
        return Outcome(counts, {"service_ids": [str(key) for key in due]})
    applied = [_apply_to(app, context, service_id, as_of) for service_id in due]
    counts = {"prices": sum(filter(None, applied)), "failed": sum(count is None for count in applied)}
    return Outcome({"services": len(due), **counts})


def _apply_to(app: App, context: Context, service_id: UUID, as_of: date) -> int | None:
    try:
        with app.work(context) as work:
            service = work.session.get(CatalogService, service_id, with_for_update=True)
            return 0 if service is None else catch_up(work, service, as_of)
    except Exception:
        log.exception("price_change_failed", service_id=str(service_id))
        return None


def _due(as_of: date) -> Any:
    statement = select(ServicePrice.service_id).where(ServicePrice.state == SCHEDULED, ServicePrice.valid_from <= as_of)
    return statement.group_by(ServicePrice.service_id).order_by(ServicePrice.service_id)


PRICE_CHANGES = Job("price_changes", ADMINS, _run)


def _tick(app: App) -> None:
    """Runs the job if a price is due, so that the list of runs has no empty runs."""
    context = Context()
    with app.work(context) as work:
        due = work.session.scalar(_due(work.today).limit(1))
    if due is not None:
        perform(app, context, PRICE_CHANGES, None)


PRICE_TICK = Tick("price_changes", timedelta(minutes=1), _tick)
