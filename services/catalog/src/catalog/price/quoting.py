"""Computes the price of a quantity of a service on a date, with its steps."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from catalog.price import rules
from catalog.price.keeping import OWN
from catalog.price.models import ServicePrice
from catalog.service.models import CatalogService
from catalog.service.queries import get as get_service
from common import pricing
from common.errors import Invalid
from common.fields import plain
from common.money import display, rounded
from common.uow import UnitOfWork


def quote(
    work: UnitOfWork, service_id: UUID, *, quantity: Decimal, currency: str | None, on: date | None
) -> dict[str, Any]:
    """Returns the amount and its steps by the price on that date, including scheduled prices."""
    service = get_service(work, service_id)
    code, day = currency or service.currency, on or work.today
    rows = _rows(work, service, code, day)
    if not rows:
        raise Invalid(_no_price(service, code, day))
    rate, model = _as_of(rows)
    return {**_quote(rate, model, quantity, code), "on": day}


def preview(
    work: UnitOfWork,
    *,
    default_rate: Decimal | None,
    price_model: dict[str, Any] | None,
    quantity: Decimal,
    currency: str | None,
) -> dict[str, Any]:
    """Returns the amount and its steps by an unsaved price."""
    rate = rules.derived_rate(price_model) or default_rate
    if rate is None:
        raise Invalid({"default_rate": ["Missing data for required field."]})
    return {**_quote(rate, price_model, quantity, currency or work.organisation.currency), "on": work.today}


def _quote(rate: Decimal, model: dict[str, Any] | None, quantity: Decimal, currency: str) -> dict[str, Any]:
    charge = pricing.charge(pricing.PriceModel.of(model, rate), quantity, currency)
    explanation = "; ".join(_sentence(step, currency) for step in charge.steps)
    total = f"total {display(charge.amount, currency)}"
    return {
        "quantity": quantity,
        "currency": currency,
        "amount": charge.amount,
        "steps": [_step_values(step) for step in charge.steps],
        "explanation": f"{explanation}; {total}." if explanation else f"{total.capitalize()}.",
    }


def _step_values(step: pricing.Step) -> dict[str, Any]:
    """Returns the step's values with exact numbers and no trailing zeros."""
    values = vars(step)
    return {name: value.normalize() if isinstance(value, Decimal) else value for name, value in values.items()}


def _sentence(step: pricing.Step, currency: str) -> str:
    """Returns a text such as "The first 10 units: 10 × 1.50 + 1.00 = $16.00"."""
    count = format(step.quantity.normalize(), "f")
    formula = "" if step.unit_price is None else f"{count} × {plain(step.unit_price)}"
    formula += f" + {plain(step.flat_fee)}" if step.flat_fee else ""
    amount = step.amount.normalize()
    result = display(amount, currency) if amount == rounded(amount, currency) else plain(amount)
    return f"{step.description}: {formula} = {result}" if formula else f"{step.description}: {result}"


def _rows(work: UnitOfWork, service: CatalogService, currency: str, day: date) -> Sequence[ServicePrice]:
    """Returns the price that applies on the date, followed by prices scheduled until then."""
    price = ServicePrice
    statement = select(price).where(price.service_id == service.id, price.currency == currency)
    valid = statement.where(price.valid_from <= day, or_(price.valid_until.is_(None), price.valid_until > day))
    return work.session.scalars(valid.order_by(price.valid_from, price.id)).all()


def _as_of(rows: Sequence[ServicePrice]) -> tuple[Decimal, dict[str, Any] | None]:
    values: dict[str, Any] = {}
    for row in rows:
        values |= {name: getattr(row, name) for name in OWN if name not in row.keeps or name not in values}
    return rules.derived_rate(values["price_model"]) or values["default_rate"], values["price_model"]


def _no_price(service: CatalogService, currency: str, day: date) -> dict[str, list[str]]:
    if currency == service.currency:
        return {"on": [f'"{service.name}" had no price on {day}.']}
    return {"currency": [f'"{service.name}" has no price in {currency} on {day}.']}
