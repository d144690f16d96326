"""Scheduled prices coming into force: at midnight where the MSP is, each once, late ones included."""

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
from common.http.auth import ADMINS
from common.jobs import Job, Outcome, perform
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)


def catch_up(work: UnitOfWork, service: CatalogService, day: date) -> int:
    """Applies what is due by `day`, oldest first; the service is locked. Gives how many there were."""
    due = [price for price in service.scheduled_prices if price.valid_from <= day]
    for price in due:
        apply(work, service, price)
        work.flush()
    return len(due)


def apply(work: UnitOfWork, service: CatalogService, price: ServicePrice) -> None:
    """Puts a scheduled price in the place of the one in force in its currency; the service is locked."""
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
    old = former.default_rate if former else None
    if old != price.default_rate:
        remember_rate(work, service, price.currency, old, price.default_rate, by)
    work.emit(events.CHANGED, service)


def _fill_in(service: CatalogService, price: ServicePrice, former: ServicePrice | None) -> None:
    """What nobody gave stays as it is by now."""
    for name in price.keeps if former is not None else ():
        setattr(price, name, getattr(former, name))
    if service.kind != rules.USAGE:
        price.price_model = None
    rules.settle_rate(price, None)
    price.keeps = []


def _run(app: App, context: Context, as_of: date, dry_run: bool) -> Outcome:
    """Each service in a transaction of its own, so that one with a mistake does not hold up the others."""
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
            found = work.session.get(CatalogService, service_id, with_for_update=True)
            return 0 if found is None else catch_up(work, found, as_of)
    except Exception:
        log.exception("price_change_failed", service_id=str(service_id))
        return None


def _due(as_of: date) -> Any:
    statement = select(ServicePrice.service_id).where(ServicePrice.state == SCHEDULED, ServicePrice.valid_from <= as_of)
    return statement.group_by(ServicePrice.service_id).order_by(ServicePrice.service_id)


PRICE_CHANGES = Job("price_changes", ADMINS, _run)


def _tick(app: App) -> None:
    """Runs the job when something is due, so that its list of runs is not filled with empty ones."""
    context = Context()
    with app.work(context) as work:
        due = work.session.scalar(_due(work.today).limit(1))
    if due is not None:
        perform(app, context, PRICE_CHANGES, None)


PRICE_TICK = Tick("price_changes", timedelta(minutes=1), _tick)
