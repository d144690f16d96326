"""Sets prices of services from today or a later date."""

from datetime import date
from typing import Any
from uuid import UUID

from catalog.price import rules
from catalog.price.applying import apply, catch_up
from catalog.price.keeping import OWN
from catalog.price.models import CURRENT, SCHEDULED, ServicePrice
from catalog.price.queries import get
from catalog.service import events
from catalog.service.models import CatalogService
from catalog.service.queries import get as get_service
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.uow import UnitOfWork

MOST_SCHEDULED = 100


def add(
    work: UnitOfWork, service_id: UUID, *, currency: str, valid_from: date | None = None, **values: Any
) -> ServicePrice:
    """Adds a price, which applies at once if it starts today. In the service's own currency it changes the rate."""
    service = _locked(work, service_id)
    if len(service.scheduled_prices) >= MOST_SCHEDULED:
        raise Conflict(f"This service already has {MOST_SCHEDULED} scheduled prices. Cancel one first.")
    price = ServicePrice(
        id=new_id(),
        service_id=service.id,
        currency=currency,
        valid_from=valid_from or work.today,
        state=SCHEDULED,
        created_by=work.actor.id,
        created_by_name=work.actor.name,
    )
    _set(service, price, values)
    _check_day(work, service, price)
    service.open_prices.append(price)
    _take_effect(work, service, price)
    return price


def update(
    work: UnitOfWork, service_id: UUID, price_id: UUID, *, valid_from: date | None = None, **changes: Any
) -> ServicePrice:
    service = _locked(work, service_id)
    price = _scheduled(work, service, price_id)
    values = {name: getattr(price, name) for name in OWN if name not in price.keeps} | changes
    if "price_model" in changes and "default_rate" not in changes and rules.derived_rate(price.price_model):
        values.pop("default_rate", None)
    price.valid_from = valid_from or price.valid_from
    _set(service, price, values)
    _check_day(work, service, price)
    _take_effect(work, service, price)
    return price


def remove(work: UnitOfWork, service_id: UUID, price_id: UUID) -> None:
    """Cancels a scheduled price and deletes it."""
    service = _locked(work, service_id)
    price = _scheduled(work, service, price_id)
    service.open_prices.remove(price)
    work.session.delete(price)
    service.touch(work.now)
    work.emit(events.CHANGED, service)


def end(work: UnitOfWork, service_id: UUID, price_id: UUID) -> ServicePrice:
    """Removes a currency from the price list as of today; existing sales do not change."""
    service = _locked(work, service_id)
    price = get(work, service_id, price_id)
    work.check_version(price)
    if price.state != CURRENT:
        raise Conflict("Only a current price can be ended.")
    if price.currency == service.currency:
        raise Conflict(f"A service must keep its {service.currency} price. Archive the service instead.")
    price.end(work.today)
    service.touch(work.now)
    work.emit(events.CHANGED, service)
    return price


def _locked(work: UnitOfWork, service_id: UUID) -> CatalogService:
    """Returns the service after locking it and applying its due prices."""
    service = get_service(work, service_id, lock=True)
    catch_up(work, service, work.today)
    return service


def _scheduled(work: UnitOfWork, service: CatalogService, price_id: UUID) -> ServicePrice:
    price = get(work, service.id, price_id)
    work.check_version(price)
    if price.state != SCHEDULED:
        raise Conflict(f"This price is {price.state}. Only a scheduled price can be changed or canceled.")
    return price


def _set(service: CatalogService, price: ServicePrice, values: dict[str, Any]) -> None:
    """Sets the given fields; until its date, other fields show the current price's values."""
    in_force = service.current_price(price.currency)
    for name in OWN:
        setattr(price, name, values[name] if name in values else getattr(in_force, name, None))
    price.keeps = [name for name in OWN if name not in values] if in_force is not None else []
    errors = rules.settle_rate(price, values.get("default_rate")) or rules.problems(price, service.kind)
    if errors:
        raise Invalid(errors)


def _check_day(work: UnitOfWork, service: CatalogService, price: ServicePrice) -> None:
    if price.valid_from < work.today:
        raise Invalid({"valid_from": [f"Today is {work.today}. Choose today or a later date."]})
    for other in service.scheduled_prices:
        if other.id != price.id and (other.currency, other.valid_from) == (price.currency, price.valid_from):
            message = f"Another {price.currency} price already starts on {price.valid_from}. Change that price instead."
            raise Conflict(message, {"valid_from": [message]})


def _take_effect(work: UnitOfWork, service: CatalogService, price: ServicePrice) -> None:
    if price.valid_from <= work.today:
        apply(work, service, price)
        return
    service.touch(work.now)
    work.emit(events.CHANGED, service)
