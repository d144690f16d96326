"""The rules for prices, of a service and of its price list."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from catalog.price.fields import TIERED
from common.money import fits, minor_unit

USAGE = "usage"


class Priced(Protocol):
    """A service or a row of its price list."""

    currency: Any
    default_rate: Any
    setup_fee: Any
    cost: Any
    price_model: Any


def derived_rate(price_model: Mapping[str, Any] | None) -> Decimal | None:
    """Returns the price of the first priced tier; None for a price model without tiers."""
    if price_model is None or price_model["model"] not in TIERED:
        return None
    tiers = price_model["tiers"]
    unit_prices = [Decimal(tier["unit_price"]) for tier in tiers]
    flat_fees = [Decimal(tier.get("flat_fee") or 0) for tier in tiers]
    return next(amount for amount in (*unit_prices, *flat_fees) if amount)


def settle_rate(price: Priced, given: Decimal | None) -> dict[str, list[str]]:
    """Sets the default rate, from the tiers if there are any; returns errors by field."""
    derived = derived_rate(price.price_model)
    if derived is not None and given not in (None, derived):
        return {"default_rate": [f"Set by the price model. Leave it out, or send {derived}."]}
    price.default_rate = derived or given or price.default_rate
    if price.default_rate is None:
        return {"default_rate": ["Missing data for required field."]}
    return {}


def problems(price: Priced, kind: str) -> dict[str, list[str]]:
    """Returns errors by field: amounts finer than the currency's minor unit, and price models of other kinds."""
    errors: dict[str, list[str]] = {}
    tiered = derived_rate(price.price_model) is not None
    amounts = {field: getattr(price, field) for field in ("default_rate", "setup_fee", "cost")}
    amounts |= {f"price_model.{field}": amount for field, amount in _model_amounts(price.price_model)}
    for field, amount in amounts.items():
        if amount is not None and not (tiered and field == "default_rate") and not fits(amount, price.currency):
            errors[field] = [f"{price.currency} amounts can't be finer than {minor_unit(price.currency)}."]
    if price.price_model is not None and kind != USAGE:
        errors["price_model"] = ["Only usage services can have a price model."]
    return errors


def _model_amounts(price_model: Mapping[str, Any] | None) -> list[tuple[str, Decimal]]:
    """Returns the model's amounts that are charged unchanged; unit prices may be finer than the minor unit."""
    if price_model is None:
        return []
    fees = [
        (f"tiers.{number}.flat_fee", tier.get("flat_fee")) for number, tier in enumerate(price_model.get("tiers", ()))
    ]
    charged = [("minimum_charge", price_model.get("minimum_charge")), *fees]
    return [(name, Decimal(amount)) for name, amount in charged if amount is not None]
