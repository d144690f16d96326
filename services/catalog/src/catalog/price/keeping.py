"""Stores a service's price as a row of its price list, and the rate history in all currencies."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from catalog.price import rules
from catalog.price.models import CURRENT, ServicePrice
from catalog.service.models import CatalogService, RateChange
from common.context import Actor
from common.errors import Invalid
from common.ids import new_id
from common.uow import UnitOfWork
from common.writing import write_changes

OWN = ("default_rate", "setup_fee", "cost", "price_model")


def keep(work: UnitOfWork, services: Sequence[CatalogService]) -> None:
    """Replaces the price rows of services whose price changed.

    Call it last: ended rows are written before new ones, because only one can be current.
    """
    changed = [service for service in services if not _is_unchanged(service)]
    ended = [service.own_price for service in changed if service.own_price is not None]
    for price in ended:
        price.end(work.today)
    write_changes(work.session, ended)
    for service in changed:
        service.open_prices.append(opened(work, service))


def opened(work: UnitOfWork, service: CatalogService) -> ServicePrice:
    """Returns a current price row with the service's values, from today."""
    return in_force(work, service.id, service.currency, {name: getattr(service, name) for name in OWN})


def copy_prices(work: UnitOfWork, original: CatalogService, made: CatalogService) -> None:
    """Copies the current prices in further currencies from one service to another."""
    for price in original.prices:
        values = {name: getattr(price, name) for name in OWN}
        made.open_prices.append(in_force(work, made.id, price.currency, values))
        remember_rate(work, made, price.currency, None, price.default_rate)


def add_further_prices(work: UnitOfWork, service: CatalogService, prices: Sequence[Mapping[str, Any]]) -> None:
    """Adds prices in further currencies to a new service. Raises Invalid by field."""
    errors: dict[str, list[str]] = {}
    currencies = [service.currency]
    for place, given in enumerate(prices):
        price = in_force(work, service.id, given["currency"], {name: given.get(name) for name in OWN})
        if price.currency in currencies:
            problems = {"currency": [f"This service already has a {price.currency} price. Change that price instead."]}
        else:
            problems = rules.settle_rate(price, price.default_rate) or rules.problems(price, service.kind)
        errors |= {f"prices.{place}.{field}": messages for field, messages in problems.items()}
        currencies.append(price.currency)
        if not problems:
            service.open_prices.append(price)
            remember_rate(work, service, price.currency, None, price.default_rate)
    if errors:
        raise Invalid(errors)


def remember_rate(
    work: UnitOfWork,
    service: CatalogService,
    currency: str,
    old_rate: Decimal | None,
    new_rate: Decimal,
    actor: Actor | None = None,
) -> None:
    """Adds a change to the rate history. `actor` is the user who scheduled the price, if a job applies it."""
    by = actor or work.actor
    work.session.add(
        RateChange(
            service_id=service.id,
            currency=currency,
            old_rate=old_rate,
            new_rate=new_rate,
            changed_at=work.now,
            changed_by=by.id,
            changed_by_name=by.name,
        )
    )


def _is_unchanged(service: CatalogService) -> bool:
    price = service.own_price
    return price is not None and all(getattr(price, name) == getattr(service, name) for name in OWN)


def in_force(work: UnitOfWork, service_id: UUID, currency: str, values: dict[str, Any]) -> ServicePrice:
    """Returns a price that applies from today, with the `values` of OWN."""
    return ServicePrice(
        id=new_id(),
        service_id=service_id,
        currency=currency,
        **values,
        keeps=[],
        valid_from=work.today,
        state=CURRENT,
        created_by=work.actor.id,
        created_by_name=work.actor.name,
        applied_at=work.now,
    )
