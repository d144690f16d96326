"""A service's own price as a row of its price list, and the history of rates in every currency."""

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
    """Ends the rows that do not say any more what their services do, and opens new ones.

    Call it last: what ends goes to the database before what begins, for only one may be in force.
    """
    changed = [service for service in services if not _says_the_same(service)]
    ended = [service.own_price for service in changed if service.own_price is not None]
    for price in ended:
        price.end(work.today)
    write_changes(work.session, ended)
    for service in changed:
        service.open_prices.append(opened(work, service))


def opened(work: UnitOfWork, service: CatalogService) -> ServicePrice:
    """The price as it stands on the service, in force from today."""
    return in_force(work, service.id, service.currency, {name: getattr(service, name) for name in OWN})


def copy_prices(work: UnitOfWork, original: CatalogService, made: CatalogService) -> None:
    """Gives a service the prices in force that another has in further currencies."""
    for price in original.prices:
        values = {name: getattr(price, name) for name in OWN}
        made.open_prices.append(in_force(work, made.id, price.currency, values))
        remember_rate(work, made, price.currency, None, price.default_rate)


def add_further_prices(work: UnitOfWork, service: CatalogService, prices: Sequence[Mapping[str, Any]]) -> None:
    """Gives a new service its prices in further currencies. Raises Invalid, naming each wrong field."""
    errors: dict[str, list[str]] = {}
    currencies = [service.currency]
    for place, given in enumerate(prices):
        price = in_force(work, service.id, given["currency"], {name: given.get(name) for name in OWN})
        if price.currency in currencies:
            found = {"currency": [f"This service already has a {price.currency} price. Change that price instead."]}
        else:
            found = rules.settle_rate(price, price.default_rate) or rules.problems(price, service.kind)
        errors |= {f"prices.{place}.{field}": messages for field, messages in found.items()}
        currencies.append(price.currency)
        if not found:
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
    """`actor` is who decided it, where that is somebody else than who acts now."""
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


def _says_the_same(service: CatalogService) -> bool:
    price = service.own_price
    return price is not None and all(getattr(price, name) == getattr(service, name) for name in OWN)


def in_force(work: UnitOfWork, service_id: UUID, currency: str, values: dict[str, Any]) -> ServicePrice:
    """A price that holds from today on, with the `values` of OWN."""
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
