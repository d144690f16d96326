"""Records materials and expenses on some work orders of the demo."""

from datetime import date
from itertools import cycle
from typing import Any

from local.api import Api

SPENT: tuple[dict[str, Any], ...] = (
    {"kind": "material", "description": "SSD 1 TB", "quantity": "2", "unit_cost": "80.00", "markup_percent": "20"},
    {"kind": "expense", "description": "Parking", "quantity": "1", "unit_cost": "12.50"},
    {"kind": "material", "description": "Network cable 5 m", "quantity": "6", "unit_price": "9.90"},
)
EVERY = 4
"""Every fourth open order has one."""


def spend(api: Api, today: date) -> None:
    """Records one on every fourth open order that has none, so that it can run twice."""
    spent = cycle(SPENT)
    for place, order in enumerate(list(api.items("/work-orders", status="open", sort="number"))):
        path, body = f"/work-orders/{order['id']}/expenses", next(spent)
        if place % EVERY == 0 and not list(api.items(path)):
            api.post(path, body | {"incurred_on": today.isoformat()})
