"""The demo's catalog: categories, taxes, services with prices, sets and bundles."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from local.demo import offer, tables
from local.demo.making import Making, Record, at_once

UNITS = {"annual": "Year", "quarterly": "Quarter", "monthly": "Month"}
DOLLARS_A_KYD = Decimal("1.20")
ROUND_PRICE = Decimal("0.50")


def build(making: Making) -> None:
    bodies = [
        {"name": name, "description": description, "color": color, "sort_order": order * 10}
        for order, (name, description, color) in enumerate(offer.CATEGORIES, start=1)
    ]
    at_once(lambda body: making.make("/service-categories", body), bodies)
    for key, code in offer.TAX_CODES.items():
        making.taxes[key] = making.make("/tax-codes", code)
    rows = [*_labour(), *_plans(), _usage()]
    making.services = making.load("/services/import", tables.written(rows))
    _together(making)
    _rise(making)


def _labour() -> Iterator[Record]:
    for order, (name, description, rate, category) in enumerate(offer.LABOUR, start=1):
        former = offer.FORMER_RATES.get(name, rate)
        yield _service(name, description, former, category, order) | {"rate_KYD": offer.ISLAND_RATES.get(name, "")}


def _plans() -> Iterator[Record]:
    for order, plan in enumerate(offer.PLANS, start=20):
        name, description, rate, cost, setup, category, cycle, subscription, term, attributes = plan
        steps = offer.CHECKLISTS[subscription]
        yield _service(name, description, rate, category, order) | {
            "kind": "recurring",
            "default_unit": UNITS[cycle],
            "billing_cycle": cycle,
            "cost": cost,
            "setup_fee": setup,
            "subscription_category": subscription,
            "term_months": term,
            "provisioning_checklist": [
                {"name": step, "description": more, "required": required} for step, more, required in steps
            ],
            "attribute_defaults": attributes,
            "rate_KYD": _in_kyd(rate),
            "cost_KYD": _in_kyd(cost, Decimal("0.01")),
            "setup_fee_KYD": _in_kyd(setup),
        }


def _usage() -> Record:
    tiers = [{"up_to": up_to, "unit_price": price} for up_to, price in offer.USAGE_TIERS]
    in_kyd = [{**tier, "unit_price": _in_kyd(str(tier["unit_price"]), Decimal("0.0001"))} for tier in tiers]
    return _service(offer.USAGE_NAME, "Traffic of the storage gateway, the first 100 GB free", None, "Metered", 40) | {
        "kind": "usage",
        "default_unit": "GB",
        "billing_cycle": "monthly",
        "price_model": {"model": "graduated", "tiers": tiers},
        "price_model_KYD": {"model": "graduated", "tiers": in_kyd},
    }


def _service(name: str, description: str, rate: str | None, category: str, order: int) -> Record:
    own = {"name": name, "description": description, "category": category, "kind": "labor", "default_unit": "Hour"}
    return own | ({"default_rate": rate} if rate else {}) | {"sort_order": order * 10}


def _in_kyd(dollars: str, step: Decimal = ROUND_PRICE) -> str:
    return str((Decimal(dollars) / DOLLARS_A_KYD / step).to_integral_value(ROUND_HALF_UP) * step)


def _together(making: Making) -> None:
    for name, description, is_default, services in offer.SETS:
        ids = [making.services[service] for service in services]
        body = {"name": name, "description": description, "is_default": is_default, "service_ids": ids}
        making.make("/service-sets", body)
    for name, description, pricing, items in offer.BUNDLES:
        lines = [{"service_id": making.services[service], "quantity": quantity} for service, quantity in items]
        body = {"name": name, "description": description, "billing_cycle": "monthly", "items": lines}
        making.make("/bundles", body | pricing)


def _rise(making: Making) -> None:
    service, rate = offer.RISING
    price = {"currency": "USD", "default_rate": rate, "valid_from": making.a_month_ahead}
    making.once(f"/services/{making.services[service]}/prices", price, "rise")
