"""What every service answers alike: shapes of refusals, cursors, keys."""

import base64
import json
from decimal import Decimal

import pytest

from common import pages
from common.testing.database import statements

REMOTE = {"name": "Remote Support", "description": "Help over the wire", "default_rate": "125.00"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/services/zzz", 404), ("GET", "/nowhere", 404), ("PUT", "/services", 405), ("DELETE", "/services", 405)],
)
def test_every_refusal_is_a_problem_with_a_request_id(callers, method, path, status):
    answer = callers("admin")._call(method, path, json={})

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize("query", ["q=%00", "category=a%00", "cursor=%00"])
def test_a_nul_character_is_refused_by_name(callers, query):
    answer = callers("admin").get(f"/services?{query}")
    assert answer.status_code == 422
    assert query.split("=")[0] in answer.json["errors"]


def cursor_of(callers, sort):
    for number in range(3):
        callers("admin").post("/services", {**REMOTE, "name": f"S{number}"})
    return callers("admin").get(f"/services?page_size=1&sort={sort}").json["next_cursor"]


@pytest.mark.parametrize(
    ("sort", "value"),
    [("name", "a\0"), ("name", 7), ("default_rate", "1e999999"), ("default_rate", "NaN"), ("sort_order", 1e30)],
)
def test_a_crafted_cursor_is_refused(callers, sort, value):
    cursor = cursor_of(callers, sort)
    signature, _, key = json.loads(base64.urlsafe_b64decode(cursor + "=="))
    crafted = base64.urlsafe_b64encode(json.dumps([signature, value, key]).encode()).decode()

    assert callers("admin").get(f"/services?page_size=1&sort={sort}&cursor={cursor}").status_code == 200
    answer = callers("admin").get(f"/services?page_size=1&sort={sort}&cursor={crafted}")
    assert answer.status_code == 422
    assert "cursor" in answer.json["errors"]


def test_a_cursor_of_another_list_is_refused(callers):
    cursor = cursor_of(callers, "name")
    callers("admin").post("/tax-codes", {"name": "Tax", "rate_percent": "8"})
    assert callers("admin").get(f"/tax-codes?sort=name&cursor={cursor}").status_code == 422


@pytest.mark.parametrize("rate", ["1_000", "1e2", "١٢", "0x10", "1,000.00", "", " ", "∞", [], {}])
def test_an_amount_is_written_as_plain_digits(callers, rate):
    answer = callers("admin").post("/services", {**REMOTE, "default_rate": rate})
    assert answer.status_code == 422
    assert "default_rate" in answer.json["errors"]


def test_a_json_number_is_taken_for_what_it_says(callers):
    answer = callers("admin").post("/services", {**REMOTE, "default_rate": 12.5})
    assert Decimal(answer.json["default_rate"]) == Decimal("12.50")


@pytest.mark.parametrize("currency", ["XXX", "DEM", "usd", "DOL"])
def test_a_currency_is_one_people_pay_with(callers, currency):
    assert callers("admin").post("/services", {**REMOTE, "currency": currency}).status_code == 422


def test_a_replayed_answer_has_its_etag(callers):
    admin = callers("admin")
    first = admin.post("/services", REMOTE, headers={"Idempotency-Key": "k"})
    again = admin.post("/services", REMOTE, headers={"Idempotency-Key": "k"})
    assert again.headers["ETag"] == first.headers["ETag"] == '"1"'


def test_a_total_too_large_to_count_is_estimated_and_says_so(callers, monkeypatch):
    for number in range(6):
        callers("admin").post("/services", {**REMOTE, "name": f"Counted {number}"})
    counted = callers("admin").get("/services").json
    assert (counted["total"], counted["total_is_exact"]) == (6, True)

    monkeypatch.setattr(pages, "COUNTED", 4)
    estimated = callers("admin").get("/services?page_size=2&q=counted").json
    assert estimated["total"] > 4
    assert estimated["total_is_exact"] is False
    assert len(estimated["items"]) == 2
    exact = callers("admin").get("/services?page_size=2&q=counted&total=exact").json
    assert (exact["total"], exact["total_is_exact"]) == (6, True)
    assert "total" in callers("admin").get("/services?total=all").json["errors"]


def test_only_the_first_page_counts(app, callers):
    for number in range(5):
        callers("admin").post("/services", {**REMOTE, "name": f"Counted {number}"})
    with statements(app.database.engine) as sent:
        first = callers("admin").get("/services?page_size=2").json
    # The keys alone are counted.
    assert [sql for sql in sent if "count(*)" in sql and "service.id" in sql and "description" not in sql]
    for options in ("", "&total=exact"):
        with statements(app.database.engine) as sent:
            following = callers("admin").get(f"/services?page_size=2&cursor={first['next_cursor']}{options}").json
        assert (first["total"], following["total"], following["total_is_exact"]) == (5, None, False)
        assert len(following["items"]) == 2
        assert not [sql for sql in sent if "count(*)" in sql]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/services", REMOTE),
        ("/service-categories", {"name": "Support"}),
        ("/service-sets", {"name": "Basics"}),
        ("/bundles", {"name": "Start", "items": [{"quantity": "1"}]}),
    ],
)
def test_archiving_what_somebody_else_changed_is_refused(callers, path, body):
    admin = callers("admin")
    for item in body.get("items", ()):
        item["service_id"] = admin.post("/services", {**REMOTE, "name": "Part"}).json["id"]
    one = f"{path}/{admin.post(path, body).json['id']}"
    admin.patch(one, {"name": "Changed"})

    assert admin.post(f"{one}/archive", headers={"If-Match": '"1"'}).status_code == 412
    assert admin.get(one).json["status"] == "active"
    assert admin.post(f"{one}/archive", headers={"If-Match": '"2"'}).json["status"] == "archived"
    assert admin.post(f"{one}/restore", headers={"If-Match": '"2"'}).status_code == 412
    assert admin.post(f"{one}/restore").json["status"] == "active"
