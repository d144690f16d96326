"""Imports prices in other currencies: columns such as rate_KYD, setup_fee_KYD, cost_KYD and price_model_KYD."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import ValidationError

from catalog.price import rules
from catalog.price.keeping import OWN, in_force, remember_rate
from catalog.price.models import ServicePrice
from catalog.price.schemas import PRICE_BODY
from catalog.service.models import CatalogService
from common import planning
from common.money import currencies
from common.planning import Line
from common.uow import UnitOfWork

COLUMNS = {"rate": "default_rate", "setup_fee": "setup_fee", "cost": "cost", "price_model": "price_model"}
FIELDS = tuple(COLUMNS.values())
_COLUMN = re.compile(rf"({'|'.join(COLUMNS)})_([A-Z]{{3}})")


def column(field: str, currency: str) -> str:
    return next(f"{name}_{currency}" for name, other in COLUMNS.items() if other == field)


def plain(field: str, price: ServicePrice) -> Any:
    """Returns the value of the field as in JSON."""
    return PRICE_BODY.fields[field].serialize(field, price)


def is_column(name: str) -> bool:
    match = _COLUMN.fullmatch(name)
    return match is not None and match[2] in currencies()


def plan(line: Line, cells: Mapping[str, str], service: CatalogService) -> None:
    """Puts changed prices into `line.extra`, by currency, as a pair of the former and the new price.

    A group of empty cells removes the currency from the price list.
    """
    for currency, given in _by_currency(cells).items():
        if not any(given.values()):
            if currency != service.currency and _current(line, currency) is not None:
                _note(line, currency, None)
            continue
        if currency == service.currency:
            line.fail(f"rate_{currency}", f"{currency} is the service's own currency. Use the default_rate column.")
            continue
        price = _price(line, currency, given, service)
        if price is not None and not _same(_current(line, currency), price):
            _note(line, currency, price)


def _by_currency(cells: Mapping[str, str]) -> dict[str, dict[str, str]]:
    groups: dict[str, dict[str, str]] = {}
    for name, text in cells.items():
        if match := _COLUMN.fullmatch(name):
            groups.setdefault(match[2], {})[COLUMNS[match[1]]] = text.strip()
    return groups


def _price(line: Line, currency: str, cells: Mapping[str, str], service: CatalogService) -> ServicePrice | None:
    """Returns the new price, or None after adding its errors to the line."""
    given = {name: value for name, value in planning.given(PRICE_BODY, cells).items() if cells[name] or value is None}
    try:
        values = PRICE_BODY.load({"currency": currency, **given})
    except ValidationError as error:
        for field, messages in planning.sentences(error).items():
            line.errors.setdefault(column(field, currency), []).extend(messages)
        return None
    former = _current(line, currency)
    current = {name: values.get(name, getattr(former, name, None)) for name in OWN if name != "default_rate"}
    price = ServicePrice(currency=currency, **current)
    errors = rules.settle_rate(price, values.get("default_rate")) or rules.problems(price, service.kind)
    for field, messages in errors.items():
        line.errors.setdefault(column(field.split(".")[0], currency), []).extend(messages)
    return None if errors else price


def _current(line: Line, currency: str) -> ServicePrice | None:
    return line.present.current_price(currency) if line.present is not None else None


def _same(former: ServicePrice | None, price: ServicePrice) -> bool:
    return former is not None and all(getattr(former, name) == getattr(price, name) for name in OWN)


def _note(line: Line, currency: str, price: ServicePrice | None) -> None:
    former = _current(line, currency)
    line.extra[currency] = (former, price)
    for field in OWN:
        before, after = (plain(field, each) if each else None for each in (former, price))
        if before != after and line.present is not None:
            line.changes[column(field, currency)] = {"before": before, "after": after}


def end_former(work: UnitOfWork, lines: Iterable[Line]) -> list[ServicePrice]:
    ended = [former for line in lines for former, _ in line.extra.values() if former is not None]
    for former in ended:
        former.end(work.today)
    return ended


def begin(work: UnitOfWork, lines: Iterable[Line]) -> None:
    for line in lines:
        for former, price in line.extra.values():
            if price is not None:
                _begin(work, line.target, former, price)


def _begin(work: UnitOfWork, service: CatalogService, former: ServicePrice | None, price: ServicePrice) -> None:
    values = {name: getattr(price, name) for name in OWN}
    service.open_prices.append(in_force(work, service.id, price.currency, values))
    old_rate = former.default_rate if former is not None else None
    if old_rate != price.default_rate:
        remember_rate(work, service, price.currency, old_rate, price.default_rate)
