"""Clients pay the catalog's price in their own currency, where it names one."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from clients.client import editing as clients
from clients.rate_card import editing
from clients.rate_card.models import ClientService
from common.context import Context

PRICES = [
    {"currency": "KYD", "default_rate": "104.00", "setup_fee": None},
    {"currency": "JPY", "default_rate": "19000"},
]


@pytest.fixture
def remote(catalog_says) -> Any:
    return catalog_says("Remote Support", "125.00", prices=PRICES)


@pytest.fixture
def rows(app, remote) -> dict[str, Any]:
    with app.work(Context()) as work:
        made = {code: clients.create(work, name=code, currency=code).id for code in ("USD", "KYD", "JPY", "EUR")}
    with app.work(Context()) as work:
        found = {row.client_id: row.id for row in work.session.scalars(select(ClientService))}
    return {code: found[client_id] for code, client_id in made.items()}


def rates(service, rows) -> dict[str, tuple[str, str | None]]:
    """The default rate and what is up for review, by the client's currency."""
    with service.work(Context()) as work:
        found = {code: work.session.get(ClientService, row_id) for code, row_id in rows.items()}
        return {
            code: (str(row.default_rate), str(row.review_rate) if row.rate_review else None)
            for code, row in found.items()
        }


def test_a_new_card_has_the_prices_of_its_currency(app, rows):
    assert rates(app, rows) == {
        "USD": ("125.00", None),
        "KYD": ("104.00", None),
        "JPY": ("19000.00", None),
        "EUR": ("125.00", None),
    }


def test_a_price_that_changes_asks_only_those_who_pay_it(app, rows, remote, catalog_says):
    changed = [{**PRICES[0], "default_rate": "110.00"}, PRICES[1]]
    second = catalog_says(of=remote, event="changed", prices=changed)
    assert {code: review for code, (_, review) in rates(app, rows).items() if review} == {"KYD": "110.00"}

    catalog_says(of=second, event="rate_changed", default_rate="130.00")
    asked = {code: review for code, (_, review) in rates(app, rows).items() if review}
    assert asked == {"USD": "130.00", "KYD": "110.00", "EUR": "130.00"}


def test_followers_move_to_the_price_of_their_currency(under_policy, app, rows, remote, catalog_says):
    changed = [{**PRICES[0], "default_rate": "110.00"}]
    catalog_says(
        of=remote,
        event="rate_changed",
        default_rate="130.00",
        prices=changed,
        to=under_policy(rate_change_policy="follow"),
    )

    assert {code: rate for code, (rate, _) in rates(app, rows).items()} == {
        "USD": "130.00",
        "KYD": "110.00",
        "JPY": "130.00",
        "EUR": "130.00",
    }


def test_the_service_s_own_currency_has_the_default_rate(app, rows, remote, catalog_says):
    """A list that repeats it, perhaps as it was before, says nothing."""
    catalog_says(of=remote, event="changed", prices=[{"currency": "USD", "default_rate": "1.00"}, *PRICES])

    assert all(review is None for _, review in rates(app, rows).values())


def test_chosen_anew_it_comes_at_the_price_of_the_currency(app, rows):
    with app.work(Context()) as work:
        row = work.session.get(ClientService, rows["KYD"])
        editing.remove(work, row.client_id, row.id)
    with app.work(Context()) as work:
        row = editing.update(work, row.client_id, row.id, included=True)
        assert (row.default_rate, row.rate_review) == (Decimal("104.00"), False)


def test_another_currency_means_another_price(app, rows):
    with app.work(Context()) as work:
        client_id = work.session.get(ClientService, rows["EUR"]).client_id
        clients.update(work, client_id, currency="KYD")

    assert rates(app, rows)["EUR"] == ("125.00", "104.00")
