"""The demo's rates: custom, scheduled and under review."""
# ruff: noqa: S311 - chance makes the demo look lived in; nothing secret hangs on it

import random
from datetime import date
from functools import partial

from dateutil.relativedelta import relativedelta

from local.demo import offer
from local.demo.cast import CLIENTS, TWIN, DemoClient
from local.demo.making import Making, Record, at_once
from local.importer.waiting import until

SHARE = 0.35
OPEN, ACCEPTED = 6, 12
"""Reviews left open, and reviews accepted; the others are declined."""


def negotiate(making: Making) -> None:
    """Gives about a third of the clients custom rates."""
    rows = _rows(making, "Remote Support")
    at_once(partial(_negotiate, making, rows), CLIENTS)
    _agree_for_later(making)


def _negotiate(making: Making, rows: dict[str, Record], client: DemoClient) -> None:
    chance = random.Random(client.name)
    if chance.random() > SHARE:
        return
    rate = {"custom_rate": chance.choice(["95.00", "105.00", "110.00"])}
    making.api.patch(f"/clients/{making.clients[client.name]['id']}/services/{rows[client.name]['id']}", rate)


def _agree_for_later(making: Making) -> None:
    row, begin = _rows(making, "Consulting")["Northgate Legal"], making.a_month_ahead
    agreed = {
        "custom_rate": "180.00",
        "valid_from": begin,
        "valid_until": (date.fromisoformat(begin) + relativedelta(months=6)).isoformat(),
        "reason": "Agreed for the merger of the two offices",
    }
    making.once(f"/clients/{row['client_id']}/services/{row['id']}/scheduled-rates", agreed, "agreed for later")


def raise_rates(making: Making) -> None:
    """Raises the catalog rate, which creates reviews for clients on the default rate."""
    rates = {name: rate for name, _, rate, _ in offer.LABOUR if name in offer.FORMER_RATES}
    for name, rate in rates.items():
        making.api.patch(f"/services/{making.services[name]}", {"default_rate": rate})


def review(making: Making) -> None:
    """Decides some reviews and leaves others open."""
    concerned = sum(client.currency == "USD" for client in (*CLIENTS, TWIN))
    for name in offer.FORMER_RATES:
        found = until(partial(_reviews, making, name, concerned), seconds=60) or []
        ids = [row["id"] for row in sorted(found, key=lambda row: str(row["client_name"]))][OPEN:]
        for decision, chosen in (("accept", ids[:ACCEPTED]), ("decline", ids[ACCEPTED:])):
            if chosen:
                making.api.post(f"/rate-reviews/{decision}", {"ids": chosen})


def _reviews(making: Making, name: str, count: int) -> list[Record] | None:
    found = list(making.api.items("/rate-reviews", service_id=making.services[name]))
    return found if len(found) >= count else None


def _rows(making: Making, name: str) -> dict[str, Record]:
    """Returns every client's row of a service, by client name, once all have it."""
    return until(partial(_all_rows, making, name), seconds=60) or {}


def _all_rows(making: Making, name: str) -> dict[str, Record] | None:
    found = {row["client_name"]: row for row in making.api.items("/client-services", service_id=making.services[name])}
    return found if all(client.name in found for client in CLIENTS) else None
