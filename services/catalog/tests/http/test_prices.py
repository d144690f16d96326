"""Price lists: further currencies, prices from a day on, what becomes of them when the day comes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from catalog.price.applying import PRICE_CHANGES, PRICE_TICK
from catalog.price.rules import derived_rate
from common.organisation.settings import DEFAULTS
from common.testing.tasks import run_job
from common.ticks import enqueue_due

REMOTE = {
    "name": "Remote Support",
    "description": "Help over the wire",
    "default_rate": "125.00",
    "setup_fee": "20.00",
    "cost": "50.00",
}


@pytest.fixture
def one(callers) -> str:
    return f"/services/{callers('admin').post('/services', REMOTE).json['id']}"


@pytest.fixture
def today(app) -> date:
    return datetime.now(DEFAULTS.time_zone).date()


def run(service: Any, as_of: date, **options: Any) -> dict[str, Any]:
    return run_job(service, PRICE_CHANGES, as_of, **options).counts


def states(admin: Any, one: str, currency: str = "USD") -> list[tuple[str, str]]:
    items = admin.get(f"{one}/prices?currency={currency}&sort=valid_from").json["items"]
    return [(item["state"], item["default_rate"]) for item in items]


def test_a_service_begins_with_its_own_price_in_force(callers, one, today):
    (price,) = callers("admin").get(f"{one}/prices").json["items"]

    assert (price["currency"], price["default_rate"], price["state"]) == ("USD", "125.00", "current")
    assert (price["setup_fee"], price["cost"], price["valid_from"]) == ("20.00", "50.00", today.isoformat())
    assert price["created_by_name"] == "Test admin"


def test_a_price_in_another_currency_is_in_force_at_once_and_announced(callers, one, emitted):
    admin = callers("admin")

    made = admin.post(f"{one}/prices", {"currency": "KYD", "default_rate": "104.00", "setup_fee": "15.00"})

    assert (made.status_code, made.json["state"]) == (201, "current")
    seen = admin.get(one).json
    assert [(p["currency"], p["default_rate"], p["setup_fee"]) for p in seen["prices"]] == [("KYD", "104.00", "15.00")]
    assert (seen["default_rate"], seen["version"]) == ("125.00", 2)
    (event,) = emitted("catalog.service.changed.v1")
    assert event.data["prices"] == [
        {"currency": "KYD", "default_rate": "104.00", "setup_fee": "15.00", "price_model": None}
    ]
    history = admin.get(f"{one}/rate-history?currency=KYD").json["items"]
    assert [(h["currency"], h["old_rate"], h["new_rate"]) for h in history] == [("KYD", None, "104.00")]
    assert admin.get(f"{one}/rate-history?currency=USD").json["total"] == 1
    assert admin.get("/services?currency=KYD").json["total"] == 1
    assert admin.get("/services?currency=EUR").json["total"] == 0


def test_a_new_price_ends_the_one_before_and_keeps_what_was_not_named(callers, one):
    admin = callers("admin")
    admin.post(f"{one}/prices", {"currency": "KYD", "default_rate": "104.00", "setup_fee": "15.00", "cost": "40.00"})

    admin.post(f"{one}/prices", {"currency": "KYD", "default_rate": "110.00", "setup_fee": None})

    (price,) = admin.get(one).json["prices"]
    assert (price["default_rate"], price["setup_fee"], price["cost"]) == ("110.00", None, "40.00")
    assert states(admin, one, "KYD") == [("past", "104.00"), ("current", "110.00")]
    changes = admin.get(f"{one}/rate-history?currency=KYD").json["items"]
    assert [(c["old_rate"], c["new_rate"]) for c in changes] == [("104.00", "110.00"), (None, "104.00")]


def test_a_rate_edited_on_the_service_shows_in_its_price_list(callers, one):
    admin = callers("admin")
    admin.patch(one, {"default_rate": "130.00"})
    admin.patch(one, {"category": "Support"})

    assert states(admin, one) == [("past", "125.00"), ("current", "130.00")]


def test_a_scheduled_rate_changes_on_its_day_once_with_its_history(callers, app, one, today, emitted):
    admin = callers("admin")
    tomorrow = today + timedelta(days=1)
    body = {"currency": "USD", "default_rate": "150.00", "valid_from": tomorrow.isoformat()}

    made = admin.post(f"{one}/prices", body).json

    assert (made["state"], made["keeps"]) == ("scheduled", ["setup_fee", "cost", "price_model"])
    seen = admin.get(one).json
    assert (seen["default_rate"], seen["next_price"]["default_rate"]) == ("125.00", "150.00")
    assert seen["next_price"]["valid_from"] == tomorrow.isoformat()
    assert admin.get("/services?has_scheduled_price=true").json["total"] == 1
    assert admin.get("/services?has_scheduled_price=false").json["total"] == 0
    admin.patch(one, {"cost": "60.00"})
    assert run(app, today) == {"services": 0, "prices": 0, "failed": 0}
    assert run(app, tomorrow, dry_run=True) == {"services": 1, "prices": 1, "failed": 0}
    assert admin.get(one).json["default_rate"] == "125.00"

    assert run(app, tomorrow) == {"services": 1, "prices": 1, "failed": 0}
    assert run(app, tomorrow) == {"services": 0, "prices": 0, "failed": 0}

    seen = admin.get(one).json
    assert (seen["default_rate"], seen["cost"], seen["next_price"]) == ("150.00", "60.00", None)
    (event,) = emitted("catalog.service.rate_changed.v1")
    assert (event.data["old_rate"], event.data["default_rate"], event.data["scheduled_prices"]) == (
        *("125.00", "150.00"),
        [],
    )
    assert event.sequence == seen["version"]
    history = admin.get(f"{one}/rate-history").json["items"]
    assert [(h["old_rate"], h["new_rate"], h["changed_by_name"]) for h in history[:1]] == [
        ("125.00", "150.00", "Test admin")
    ]


def test_missed_days_are_caught_up_in_order_each_once(callers, app, one, today, emitted):
    admin = callers("admin")
    days = [today + timedelta(days=number) for number in (1, 2, 3, 40)]
    for day, rate in zip(reversed(days), ("400.00", "230.00", "220.00", "210.00"), strict=True):
        admin.post(f"{one}/prices", {"currency": "USD", "default_rate": rate, "valid_from": day.isoformat()})
    admin.post(f"{one}/prices", {"currency": "KYD", "default_rate": "99.00", "valid_from": days[1].isoformat()})

    assert run(app, days[2]) == {"services": 1, "prices": 4, "failed": 0}

    told = [(e.data["old_rate"], e.data["default_rate"]) for e in emitted("catalog.service.rate_changed.v1")]
    assert told == [("125.00", "210.00"), ("210.00", "220.00"), ("220.00", "230.00")]
    sequences = [event.sequence for event in emitted()]
    assert sequences == sorted(set(sequences))
    items = admin.get(f"{one}/prices?currency=USD&sort=valid_from").json["items"]
    assert [(i["default_rate"], i["state"], i["valid_from"], i["valid_until"]) for i in items] == [
        ("125.00", "past", today.isoformat(), days[0].isoformat()),
        ("210.00", "past", days[0].isoformat(), days[1].isoformat()),
        ("220.00", "past", days[1].isoformat(), days[2].isoformat()),
        ("230.00", "current", days[2].isoformat(), None),
        ("400.00", "scheduled", days[3].isoformat(), None),
    ]
    assert states(admin, one, "KYD") == [("current", "99.00")]


def test_many_workers_at_once_apply_a_price_exactly_once(callers, app, today, emitted):
    admin = callers("admin")
    tomorrow = today + timedelta(days=1)
    for number in range(10):
        service_id = admin.post("/services", {**REMOTE, "name": f"Service {number}"}).json["id"]
        body = {"currency": "USD", "default_rate": "150.00", "valid_from": tomorrow.isoformat()}
        admin.post(f"/services/{service_id}/prices", body)
    barrier = threading.Barrier(4)

    def work() -> int:
        barrier.wait()
        return run(app, tomorrow)["prices"]

    with ThreadPoolExecutor(4) as pool:
        applied = [future.result() for future in [pool.submit(work) for _ in range(4)]]

    assert sum(applied) == 10
    assert len(emitted("catalog.service.rate_changed.v1")) == 10
    with app.database.engine.connect() as connection:
        count = "SELECT count(*) FROM rate_change WHERE old_rate IS NOT NULL"
        assert connection.scalar(text(count)) == 10


def test_the_msps_midnight_decides_which_day_it_is(callers, app, in_work, one, today, emitted):
    """04:30 UTC is still the day before in New York."""
    admin = callers("admin")
    day = today + timedelta(days=10)
    admin.post(f"{one}/prices", {"currency": "USD", "default_rate": "150.00", "valid_from": day.isoformat()})
    midnight = datetime(day.year, day.month, day.day, tzinfo=DEFAULTS.time_zone)

    for instant, rates in ((midnight - timedelta(seconds=1), []), (midnight, ["150.00"])):
        with in_work("system", at=instant.astimezone(UTC)) as work:
            as_of = work.today
        run(app, as_of)
        assert [e.data["default_rate"] for e in emitted("catalog.service.rate_changed.v1")] == rates


def test_the_tick_applies_what_is_due_and_records_no_empty_runs(callers, app, one, today, run_tasks):
    admin = callers("admin")
    admin.post(
        f"{one}/prices",
        {"currency": "USD", "default_rate": "150.00", "valid_from": (today + timedelta(days=3)).isoformat()},
    )
    enqueue_due(app, PRICE_TICK)
    assert admin.get("/jobs/price_changes/runs").json["total"] == 0
    with app.database.engine.begin() as connection:  # three days later
        connection.execute(text("UPDATE service_price SET valid_from = valid_from - 3"))
    enqueue_due(app, PRICE_TICK)
    assert run_tasks() == 1
    assert admin.get(one).json["default_rate"] == "150.00"
    (ran,) = admin.get("/jobs/price_changes/runs").json["items"]
    assert ran["counts"] == {"services": 1, "prices": 1, "failed": 0}


def test_what_is_due_comes_before_an_edit(callers, app, one, today):
    admin = callers("admin")
    later = (today + timedelta(days=1)).isoformat()
    admin.post(f"{one}/prices", {"currency": "USD", "default_rate": "150.00", "valid_from": later})
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE service_price SET valid_from = valid_from - 1 WHERE state = 'scheduled'"))

    admin.patch(one, {"default_rate": "160.00"})

    assert run(app, today)["prices"] == 0
    assert states(admin, one) == [("past", "125.00"), ("past", "150.00"), ("current", "160.00")]
    changes = admin.get(f"{one}/rate-history?sort=changed_at").json["items"]
    assert [c["new_rate"] for c in changes] == ["125.00", "150.00", "160.00"]


def test_a_scheduled_price_is_changed_and_taken_back(callers, one, today):
    admin = callers("admin")
    days = [(today + timedelta(days=number)).isoformat() for number in (5, 6)]
    body = {"currency": "USD", "default_rate": "150.00", "valid_from": days[0]}
    price = f"{one}/prices/{admin.post(f'{one}/prices', body).json['id']}"

    changed = admin.patch(price, {"default_rate": "155.00", "valid_from": days[1]}, headers={"If-Match": '"1"'})

    assert (changed.json["default_rate"], changed.json["valid_from"], changed.json["version"]) == ("155.00", days[1], 2)
    assert admin.patch(price, {"cost": "1.00"}, headers={"If-Match": '"1"'}).status_code == 412
    assert admin.patch(price, {"cost": "1.00"}).json["keeps"] == ["setup_fee", "price_model"]
    assert admin.delete(price).status_code == 204
    assert admin.get(price).status_code == 404
    assert admin.get(one).json["next_price"] is None


def test_what_is_in_force_or_past_stays_as_it_is(callers, one):
    admin = callers("admin")
    admin.patch(one, {"default_rate": "130.00"})
    for price in admin.get(f"{one}/prices").json["items"]:
        path = f"{one}/prices/{price['id']}"
        assert admin.patch(path, {"default_rate": "1.00"}).status_code == 409
        assert admin.delete(path).status_code == 409
        assert admin.post(f"{path}/end").status_code == 409


def test_a_currency_is_taken_off_the_list_and_may_come_back(callers, one, emitted):
    admin = callers("admin")
    price = admin.post(f"{one}/prices", {"currency": "KYD", "default_rate": "104.00"}).json

    assert admin.post(f"{one}/prices/{price['id']}/end").json["state"] == "past"

    assert admin.get(one).json["prices"] == []
    assert emitted("catalog.service.changed.v1")[-1].data["prices"] == []
    assert admin.post(f"{one}/prices", {"currency": "KYD", "default_rate": "90.00"}).status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"currency": "KYD"}, "default_rate"),
        ({"currency": "KYD", "default_rate": "0"}, "default_rate"),
        ({"currency": "KYD", "default_rate": "-1"}, "default_rate"),
        ({"currency": "KYD", "default_rate": "1.005"}, "default_rate"),
        ({"currency": "JPY", "default_rate": "100.5"}, "default_rate"),
        ({"currency": "KYD", "default_rate": "1.00", "setup_fee": "1.001"}, "setup_fee"),
        ({"currency": "KYD", "default_rate": "1.00", "cost": "-1"}, "cost"),
        ({"currency": "XXX", "default_rate": "1.00"}, "currency"),
        ({"default_rate": "1.00"}, "currency"),
        ({"currency": "KYD", "default_rate": "1.00", "valid_from": "2020-01-01"}, "valid_from"),
        ({"currency": "KYD", "default_rate": "1.00", "valid_from": "tomorrow"}, "valid_from"),
        ({"currency": "KYD", "default_rate": "1.00", "price_model": {"model": "per_unit"}}, "price_model"),
    ],
)
def test_bad_prices_are_named_and_change_nothing(callers, one, emitted, body, field):
    admin = callers("admin")

    answer = admin.post(f"{one}/prices", body)

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert admin.get(f"{one}/prices").json["total"] == 1
    assert len(emitted()) == 1


def test_two_prices_cannot_begin_on_one_day(callers, one, today):
    admin = callers("admin")
    later = (today + timedelta(days=9)).isoformat()
    body = {"currency": "USD", "default_rate": "150.00", "valid_from": later}
    admin.post(f"{one}/prices", body)

    refused = admin.post(f"{one}/prices", {**body, "default_rate": "160.00"})

    assert (refused.status_code, list(refused.json["errors"])) == (409, ["valid_from"])
    assert admin.post(f"{one}/prices", {**body, "currency": "KYD"}).status_code == 201


def test_who_may(callers, one):
    body = {"currency": "KYD", "default_rate": "104.00"}
    callers("admin").post(f"{one}/prices", body)
    assert callers("manager").post(f"{one}/prices", body).status_code == 403
    assert callers("manager").get(f"{one}/prices").status_code == 200
    assert callers("technician").get(f"{one}/prices").status_code == 403
    seen = callers("technician").get(one).json
    assert [seen[name] for name in ("prices", "next_price", "margin", "margin_percent", "price_model")] == [
        *([], None, None, None, None),
    ]
    for query in ("rate_gte=1", "rate_lte=1", "has_scheduled_price=true"):
        assert callers("technician").get(f"/services?{query}").status_code == 422


def test_a_clone_takes_the_price_list_along(callers, one):
    admin = callers("admin")
    admin.post(f"{one}/prices", {"currency": "KYD", "default_rate": "104.00"})

    clone = admin.post(f"{one}/clone", {"name": "Premium"}).json

    assert (clone["default_rate"], [p["default_rate"] for p in clone["prices"]]) == ("125.00", ["104.00"])
    assert admin.get(f"/services/{clone['id']}/prices").json["total"] == 2


@given(
    st.lists(
        st.tuples(st.decimals("0", "9", places=2), st.decimals("0", "9", places=2)).filter(any),
        min_size=1,
    )
)
def test_the_default_rate_of_tiers_is_a_price_of_theirs_above_zero(tiers):
    model = {"model": "volume", "tiers": [{"unit_price": str(price), "flat_fee": str(fee)} for price, fee in tiers]}
    rate = derived_rate(model)
    assert rate is not None
    assert rate > 0
    unit_prices = [price for price, _ in tiers if price]
    assert rate == (unit_prices[0] if unit_prices else next(fee for _, fee in tiers if fee))


def test_a_service_that_is_no_usage_any_more_keeps_no_price_model(callers, today):
    admin = callers("admin")
    tiers = {"model": "volume", "tiers": [{"up_to": None, "unit_price": "0.0005"}]}
    body = {"name": "Storage", "description": "By the GB", "kind": "usage", "price_model": tiers}
    one = f"/services/{admin.post('/services', body).json['id']}"
    admin.post(f"{one}/prices", {"currency": "KYD", "price_model": tiers})
    later = (today + timedelta(days=9)).isoformat()
    planned = admin.post(f"{one}/prices", {"currency": "USD", "price_model": tiers, "valid_from": later}).json
    labor = {"kind": "labor", "price_model": None, "default_rate": "125.00"}

    refused = admin.patch(one, labor)

    assert refused.status_code == 422
    assert f"KYD (current), USD from {later}" in refused.json["errors"]["kind"][0]
    assert admin.get(one).json["kind"] == "usage"
    admin.delete(f"{one}/prices/{planned['id']}")
    admin.post(f"{one}/prices", {"currency": "KYD", "price_model": None, "default_rate": "104.00"})
    changed = admin.patch(one, labor).json
    assert (changed["kind"], [price["price_model"] for price in changed["prices"]]) == ("labor", [None])


def test_a_service_is_created_with_prices_in_further_currencies(callers, emitted):
    prices = [
        {"currency": "KYD", "default_rate": "100.00", "setup_fee": "15.00"},
        {"currency": "JPY", "default_rate": "18000"},
    ]

    made = callers("admin").post("/services", {**REMOTE, "prices": prices})

    assert made.status_code == 201
    listed = callers("admin").get(f"/services/{made.json['id']}").json["prices"]
    assert {(one["currency"], Decimal(one["default_rate"])) for one in listed} == {("KYD", 100), ("JPY", 18000)}
    state = emitted("catalog.service.created.v1")[-1].data
    assert {one["currency"] for one in state["prices"]} == {"KYD", "JPY"}
    history = callers("admin").get(f"/services/{made.json['id']}/rate-history").json["items"]
    assert {(one["currency"], one["old_rate"]) for one in history} == {("USD", None), ("KYD", None), ("JPY", None)}


@pytest.mark.parametrize(
    ("price", "field"),
    [
        ({"currency": "KYD"}, "prices.0.default_rate"),
        ({"currency": "KYD", "default_rate": "0"}, "prices"),
        ({"currency": "JPY", "default_rate": "100.50"}, "prices.0.default_rate"),
        ({"currency": "USD", "default_rate": "100.00"}, "prices.0.currency"),
        ({"currency": "XXL", "default_rate": "100.00"}, "prices"),
        (
            {"currency": "KYD", "default_rate": "1.00", "price_model": {"model": "package", "package_size": "5"}},
            "prices",
        ),
    ],
)
def test_a_wrong_further_price_is_named_and_nothing_is_created(callers, price, field):
    admin = callers("admin")

    answer = admin.post("/services", {**REMOTE, "prices": [price]})

    assert answer.status_code == 422
    assert any(name.startswith(field) for name in answer.json["errors"]), answer.json["errors"]
    assert admin.get("/services").json["total"] == 0
