"""Applies scheduled prices at the MSP's midnight, each once, and catches up on late ones."""

from datetime import date, timedelta
from functools import partial
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
from common.app import Tick
from common.context import Actor
from common.failures import Kind, classify
from common.jobs import job, outcome
from common.roles import ADMINS
from common.tasks.execution import Execution
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


def _run(execution: Execution, as_of: date, dry_run: bool) -> None:
    """Applies due prices, each service in its own transaction so that an error stops no other service."""
    for service_id, prices in execution.transact(partial(_begin, execution, as_of, dry_run)):
        if dry_run:
            part = outcome({"services": 1, "prices": prices}, {"service_ids": [str(service_id)]})
            execution.transact(partial(execution.advance, done=1, part=part))
        else:
            _apply_to(execution, service_id, as_of)


def _begin(execution: Execution, as_of: date, dry_run: bool, work: UnitOfWork) -> list[tuple[UUID, int]]:
    due = [(service_id, prices) for service_id, prices in work.session.execute(_due(as_of).add_columns(func.count()))]
    execution.expect(work, len(due), afresh=dry_run)
    return due


def _apply_to(execution: Execution, service_id: UUID, as_of: date) -> None:
    def apply_due(work: UnitOfWork) -> None:
        found = work.session.get(CatalogService, service_id, with_for_update=True)
        prices = 0 if found is None else catch_up(work, found, as_of)
        execution.advance(work, 1, outcome({"services": 1, "prices": prices}))

    try:
        execution.transact(apply_due)
    except Exception as error:
        if classify(error) is Kind.AWAY:
            raise
        log.exception("price_change_failed", service_id=str(service_id))
        execution.transact(partial(execution.advance, done=1, part=outcome({"services": 1, "failed": 1})))


def _due(as_of: date) -> Any:
    statement = select(ServicePrice.service_id).where(ServicePrice.state == SCHEDULED, ServicePrice.valid_from <= as_of)
    return statement.group_by(ServicePrice.service_id).order_by(ServicePrice.service_id)


PRICE_CHANGES = job("price_changes", "Scheduled price changes", ADMINS, _run, ("services", "prices", "failed"))


def _what_is_due(work: UnitOfWork) -> dict[str, Any] | None:
    due = work.session.scalar(_due(work.today).limit(1))
    return None if due is None else {"as_of": work.today, "dry_run": False}


PRICE_TICK = Tick(PRICE_CHANGES, timedelta(minutes=1), _what_is_due)
