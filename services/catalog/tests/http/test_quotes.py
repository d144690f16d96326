"""What a quantity costs: by the tiers of the day, explained."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from common.organisation.settings import DEFAULTS

STORAGE = {
    "name": "Storage",
    "description": "By the gigabyte",
    "kind": "usage",
    "price_model": {
        "model": "graduated",
        "tiers": [
            {"up_to": "10", "unit_price": "1.50"},
            {"up_to": "110", "unit_price": "1.00", "flat_fee": "2.00"},
            {"up_to": None, "unit_price": "0.50"},
        ],
        "included_units": "5",
        "minimum_charge": "4.00",
    },
}


@pytest.fixture
def storage(callers) -> str:
    return f"/services/{callers('admin').post('/services', STORAGE).json['id']}"


@pytest.fixture
def today(app) -> date:
    return datetime.now(DEFAULTS.time_zone).date()


def amount(admin: Any, one: str, quantity: str, **how: str) -> str:
    answer = admin.post(f"{one}/quote", {"quantity": quantity, **how})
    assert answer.status_code == 200, answer.json
    return answer.json["amount"]


@pytest.mark.parametrize(
    ("quantity", "costs"),
    [("0", "4.00"), ("5", "4.00"), ("6", "4.00"), ("9", "6.00"), ("15", "15.00"), ("15.5", "17.50"), ("116", "117.50")],
)
def test_each_tier_counts(callers, storage, quantity, costs):
    assert amount(callers("admin"), storage, quantity) == costs


def test_a_quote_explains_itself(callers, storage):
    answer = callers("manager").post(f"{storage}/quote", {"quantity": "116"}).json

    assert [step["amount"] for step in answer["steps"]] == ["0.00", "15.00", "102.00", "0.50"]
    assert answer["explanation"] == (
        "Included: 5 × 0.00 = $0.00; The first 10 units: 10 × 1.50 = $15.00; "
        "Units above 10, up to 110: 100 × 1.00 + 2.00 = $102.00; Units above 110: 1 × 0.50 = $0.50; "
        "total $117.50."
    )


@pytest.mark.parametrize(
    ("model", "rate", "quantity", "costs"),
    [
        ({"model": "package", "package_size": "100"}, "10.00", "101", "20.00"),
        ({"model": "package", "package_size": "100"}, "10.00", "0", "0.00"),
        ({"model": "per_unit", "minimum_units": "10"}, "2.00", "3", "20.00"),
        (
            {
                "model": "volume",
                "tiers": [
                    {"up_to": "10", "unit_price": "1.5"},
                    {"up_to": "110", "unit_price": "1"},
                    {"up_to": None, "unit_price": "0.5"},
                ],
            },
            *(None, "111", "55.50"),
        ),
        (
            {"model": "volume", "tiers": [{"up_to": None, "unit_price": "1", "package_size": "1000"}]},
            None,
            "101",
            "1.00",
        ),
        (None, "0.55", "3.5", "1.93"),
    ],
)
def test_every_model_is_quoted_saved_or_not(callers, model, rate, quantity, costs):
    admin = callers("admin")
    price = {"price_model": model, **({"default_rate": rate} if rate else {})}

    rehearsed = admin.post("/services/quote", {**price, "quantity": quantity, "currency": "USD"})
    made = admin.post("/services", {**STORAGE, **price}).json

    assert (rehearsed.status_code, rehearsed.json["amount"]) == (200, costs)
    assert amount(admin, f"/services/{made['id']}", quantity) == costs


def test_a_quote_is_by_the_price_of_its_day(callers, storage, today, app):
    admin = callers("admin")
    days = [today + timedelta(days=number) for number in (0, 10, 20)]
    flat = {"model": "volume", "tiers": [{"up_to": None, "unit_price": "3"}]}
    admin.post(f"{storage}/prices", {"currency": "USD", "price_model": flat, "valid_from": days[1].isoformat()})
    admin.post(f"{storage}/prices", {"currency": "KYD", "default_rate": "2.00", "valid_from": days[2].isoformat()})

    assert [amount(admin, storage, "116", on=day.isoformat()) for day in days] == ["117.50", "348.00", "348.00"]
    assert amount(admin, storage, "116", currency="KYD", on=days[2].isoformat()) == "232.00"
    refused = admin.post(f"{storage}/quote", {"quantity": "1", "currency": "KYD"})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["currency"])
    before = (today - timedelta(days=1)).isoformat()
    refused = admin.post(f"{storage}/quote", {"quantity": "1", "on": before})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["on"])


def test_amounts_follow_the_currencys_smallest_step(callers):
    admin = callers("admin")
    made = admin.post("/services", {**STORAGE, "price_model": None, "currency": "JPY", "default_rate": "3"}).json

    assert amount(admin, f"/services/{made['id']}", "0.5") == "2.00"


@pytest.mark.parametrize("body", [{}, {"quantity": "-1"}, {"quantity": "x"}, {"quantity": "1", "currency": "DOL"}])
def test_a_quote_of_nonsense_is_refused(callers, storage, body):
    assert callers("admin").post(f"{storage}/quote", body).status_code == 422
    assert callers("technician").post(f"{storage}/quote", {"quantity": "1"}).status_code == 403
    assert callers("admin").post("/services/quote", {"quantity": "1"}).json["errors"].keys() == {"default_rate"}
