"""Chooses a service's price model for a currency. Pure: no session."""

from decimal import Decimal
from typing import Any

from common.pricing import PER_UNIT, PriceModel

FLOORS = ("included_units", "minimum_units", "minimum_charge")
BY_HAND = "Enter the rate to charge."


class NoModel(ValueError):
    """Raised with a message if a service has price models, but none for this case."""


def priced_in_steps(stored: dict[str, Any] | None) -> bool:
    """Returns True if the default rate alone does not determine the price of a quantity."""
    if stored is None:
        return False
    return stored.get("model") != PER_UNIT or any(Decimal(stored.get(name) or 0) for name in FLOORS)


def model_of(service: Any, currency: str, default_rate: Decimal) -> PriceModel | None:
    """Returns the model that prices a quantity in `currency`, or None if the rate does. Raises NoModel."""
    if service.currency == currency:
        if service.priced_in_steps and service.price_model is None:
            raise NoModel(f'The price model of "{service.name}" has not arrived yet. {BY_HAND}')
        stored = service.price_model
    else:
        other = next((price for price in service.prices if price["currency"] == currency), None)
        if other is None and service.priced_in_steps:
            raise NoModel(f'"{service.name}" has no price in {currency}. {BY_HAND}')
        stored = other["price_model"] if other else None
    return PriceModel.of(stored, default_rate) if priced_in_steps(stored) else None
