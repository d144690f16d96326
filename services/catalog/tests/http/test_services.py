"""The catalog over HTTP: what an administrator does all day, and what is refused."""

import threading
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, text

from common.http.app import create_app
from common.testing.database import statements
from common.testing.http import Callers

REMOTE = {
    "name": "Remote Support",
    "description": "Help over the wire",
    "default_rate": "125.00",
    "category": "Support",
}


@pytest.fixture
def remote(callers: Callers) -> dict[str, Any]:
    return callers("admin").post("/services", REMOTE).json


def test_a_new_service_is_active_and_announced(callers, emitted):
    answer = callers("admin").post("/services", REMOTE)

    assert answer.status_code == 201
    assert answer.json["status"] == "active"
    assert answer.json["default_rate"] == "125.00"
    assert answer.json["currency"] == "USD"
    assert answer.headers["ETag"] == '"1"'
    (event,) = emitted("catalog.service.created.v1")
    assert event.subject == answer.json["id"]
    assert event.sequence == 1
    assert event.data["default_rate"] == "125.00"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"default_rate": "0"}, "default_rate"),
        ({"default_rate": "-1.00"}, "default_rate"),
        ({"default_rate": "12.345"}, "default_rate"),
        ({"default_rate": "NaN"}, "default_rate"),
        ({"default_rate": True}, "default_rate"),
        ({"name": "   "}, "name"),
        ({"name": 7}, "name"),
        ({"kind": "sorcery"}, "kind"),
        ({"currency": "DOL"}, "currency"),
        ({"colour": "green"}, "colour"),
        ({"tax_code_id": "00000000-0000-7000-8000-000000000000"}, "tax_code_id"),
    ],
)
def test_bad_fields_are_named_and_change_nothing(callers, emitted, change, field):
    answer = callers("admin").post("/services", {**REMOTE, **change})

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert field in answer.json["errors"]
    assert callers("admin").get("/services").json["total"] == 0
    assert emitted() == []


@pytest.mark.parametrize(
    "name",
    ["caf\u00e9   SUPPORT", "Cafe\u0301 Support", "Caf\u00e9\u00a0Support\u200b", "\ufeffCaf\u00e9 Sup\u00adport"],
)
def test_a_name_that_looks_the_same_is_taken(callers, name):
    admin = callers("admin")
    admin.post("/services", {**REMOTE, "name": "Caf\u00e9 Support"})

    answer = admin.post("/services", {**REMOTE, "name": name})

    assert answer.status_code == 409
    assert "name" in answer.json["errors"]


@pytest.mark.parametrize("name", [" ", "\u200b", "\u2060\u00a0\u202e"])
def test_a_name_that_nobody_sees_is_none(callers, name):
    answer = callers("admin").post("/services", {**REMOTE, "name": name})

    assert answer.status_code == 422
    assert answer.json["errors"] == {"name": ["Length must be between 1 and 200."]}


def test_two_requests_at_once_cannot_both_take_a_name(callers, app):
    answers: list[int] = []
    barrier = threading.Barrier(6)

    def create() -> None:
        barrier.wait()
        answers.append(callers("admin").post("/services", REMOTE).status_code)

    threads = [threading.Thread(target=create) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [201, 409, 409, 409, 409, 409]


def test_a_rate_change_is_remembered_with_who_and_what_it_was(callers, remote, emitted):
    changed = callers("admin").patch(f"/services/{remote['id']}", {"default_rate": "135.00"})

    assert changed.json["default_rate"] == "135.00"
    history = callers("admin").get(f"/services/{remote['id']}/rate-history").json["items"]
    assert [(h["old_rate"], h["new_rate"], h["changed_by_name"]) for h in history] == [
        ("125.00", "135.00", "Test admin"),
        (None, "125.00", "Test admin"),
    ]
    (event,) = emitted("catalog.service.rate_changed.v1")
    assert event.data["old_rate"] == "125.00"
    assert event.sequence == 2


def test_the_history_of_rates_changed_at_once_is_a_chain(callers, remote):
    one = f"/services/{remote['id']}"
    barrier = threading.Barrier(8)

    def change(rate: int) -> None:
        barrier.wait()
        callers("admin").patch(one, {"default_rate": str(rate)})

    threads = [threading.Thread(target=change, args=[rate]) for rate in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    admin = callers("admin")
    history = admin.get(f"{one}/rate-history").json["items"]
    assert len(history) == 9
    assert [earlier["new_rate"] for earlier in history[1:]] == [later["old_rate"] for later in history[:-1]]
    assert history[0]["new_rate"] == admin.get(one).json["default_rate"]
    pages = [admin.get(f"{one}/rate-history?page_size=5").json]
    pages.append(admin.get(f"{one}/rate-history?page_size=5&cursor={pages[0]['next_cursor']}").json)
    assert [row for page in pages for row in page["items"]] == history


def test_an_edit_of_an_older_version_is_refused(callers, remote):
    admin = callers("admin")
    admin.patch(f"/services/{remote['id']}", {"category": "Help"}, headers={"If-Match": '"1"'})

    stale = admin.patch(f"/services/{remote['id']}", {"category": "Other"}, headers={"If-Match": '"1"'})

    assert stale.status_code == 412
    assert admin.get(f"/services/{remote['id']}").json["category"] == "Help"


def test_archive_hides_and_restore_brings_back(callers, remote):
    admin = callers("admin")

    assert admin.post(f"/services/{remote['id']}/archive").json["status"] == "archived"
    assert admin.get("/services?status=active").json["total"] == 0
    assert admin.post(f"/services/{remote['id']}/archive").status_code == 409
    assert admin.post(f"/services/{remote['id']}/restore").json["status"] == "active"


def test_a_clone_takes_everything_but_name_and_rate(callers, remote):
    clone = callers("admin").post(
        f"/services/{remote['id']}/clone", {"name": "Premium Remote Support", "default_rate": "150.00"}
    )

    assert clone.json["description"] == REMOTE["description"]
    assert clone.json["default_rate"] == "150.00"


def test_one_idempotency_key_makes_one_service(callers):
    admin = callers("admin")
    first = admin.post("/services", REMOTE, headers={"Idempotency-Key": "k1"})
    again = admin.post("/services", REMOTE, headers={"Idempotency-Key": "k1"})
    other = admin.post("/services", {**REMOTE, "name": "Other"}, headers={"Idempotency-Key": "k1"})

    assert again.json == first.json
    assert again.status_code == 201
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json["errors"]
    assert admin.get("/services").json["total"] == 1


def test_roles(callers, remote):
    assert callers("technician").get("/services").status_code == 200
    assert callers("manager").post("/services", REMOTE).status_code == 403
    assert callers("client_admin").get("/services").status_code == 403


def test_pages_follow_each_other_without_gap_or_repeat(callers):
    admin = callers("admin")
    for number in range(25):
        admin.post("/services", {**REMOTE, "name": f"Service {number:02}", "default_rate": str(1 + number % 3)})

    for sort in ("name", "-name", "default_rate,-name", "-created_at"):
        names, cursor, totals = [], "", []
        while True:
            page = admin.get(f"/services?page_size=7&sort={sort}&cursor={cursor}").json
            names += [item["name"] for item in page["items"]]
            totals.append(page["total"])
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert len(names) == len(set(names)) == 25, sort
        assert totals == [25, None, None, None]
        if sort.endswith("name") and "," not in sort:
            assert names == sorted(names, reverse=sort.startswith("-"))


@pytest.mark.parametrize("query", ["sort=colour", "page_size=101", "cursor=nonsense", "colour=green", "status=odd"])
def test_a_list_refuses_what_it_does_not_know(callers, query):
    assert callers("admin").get(f"/services?{query}").status_code == 422


def test_a_list_takes_the_same_number_of_queries_however_long(callers, app):
    admin = callers("admin")
    for number in range(12):
        admin.post("/services", {**REMOTE, "name": f"Service {number}"})
    counts = []
    for size in (1, 11):
        with statements(app.database.engine) as sent:
            admin.get(f"/services?page_size={size}")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 3


def test_unreadable_requests(callers):
    admin = callers("admin")
    assert admin.post("/services", data=b"{", content_type="application/json").status_code == 400
    assert admin.post("/services", data=b"[]", content_type="application/json").status_code == 400
    assert admin.post("/services").status_code == 400
    assert admin.get("/services/00000000-0000-7000-8000-000000000000").status_code == 404


def test_an_identity_for_another_service_is_refused(app, infra):
    strangers = Callers(create_app(app), "billing", infra.private_key)

    assert strangers("admin").get("/services").status_code == 401


def test_a_lost_database_connection_is_a_503_and_heals(callers, app, remote):
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    # by a connection of its own: one of the pool would survive and answer everything
    with create_engine(app.database.engine.url, poolclass=NullPool).connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))

    answers = [callers("admin").get("/services") for _ in range(20)]

    assert {a.status_code for a in answers} == {200, 503}
    assert all(a.headers["Retry-After"] for a in answers if a.status_code == 503)
    assert answers[-1].status_code == 200


def test_a_technician_sees_no_money_and_no_internal_notes(callers):
    admin, technician = callers("admin"), callers("technician")
    priced = {"cost": "60.00", "setup_fee": "25.00", "internal_notes": "Low margin"}
    one = f"/services/{admin.post('/services', {**REMOTE, **priced}).json['id']}"

    for seen in (technician.get(one).json, technician.get("/services").json["items"][0]):
        assert [seen[name] for name in ("default_rate", *priced)] == [None] * 4
        assert seen.keys() == admin.get(one).json.keys()
        assert seen["name"] == REMOTE["name"]
    assert technician.get("/services?sort=default_rate").status_code == 422
    assert technician.get(f"{one}/rate-history").status_code == 403
    for role in ("manager", "billing"):
        seen = callers(role).get(one).json
        assert {name: seen[name] for name in priced} == priced
        assert callers(role).get(f"{one}/rate-history").json["total"] == 1


def test_put_replaces_every_field(callers, remote, emitted):
    admin, one = callers("admin"), f"/services/{remote['id']}"
    body = {"name": "Remote Help", "description": "By wire", "default_rate": "130.00", "currency": "USD"}

    answer = admin.put(one, body, headers={"If-Match": '"1"'})

    assert answer.status_code == 200
    assert {name: answer.json[name] for name in body} == body
    assert (answer.json["category"], answer.json["version"]) == (None, 2)
    (event,) = emitted("catalog.service.rate_changed.v1")
    assert event.data["old_rate"] == "125.00"
    assert admin.put(one, body, headers={"If-Match": '"1"'}).status_code == 412
    assert admin.put(one, body).headers["ETag"] == '"2"'
    for change, field in (({"currency": "EUR"}, "currency"), ({"default_rate": None}, "default_rate")):
        refused = admin.put(one, {**body, **change})
        assert (refused.status_code, list(refused.json["errors"])) == (422, [field])
    assert list(admin.put(one, {"name": "Remote Help"}).json["errors"]) == ["description", "default_rate"]
    assert callers("manager").put(one, body).status_code == 403


def test_many_are_archived_and_restored_each_with_its_result(callers, remote, emitted):
    admin = callers("admin")
    other = admin.post("/services", {**REMOTE, "name": "Other"}).json["id"]
    admin.post(f"/services/{other}/archive")
    unknown = "00000000-0000-7000-8000-000000000000"
    ids = [other, remote["id"], unknown, remote["id"]]

    answer = admin.post("/services/bulk/archive", {"ids": ids})

    assert answer.status_code == 200
    assert answer.json == {
        "results": [
            {"id": other, "status": "skipped", "error": '"Other" is already archived.'},
            {"id": remote["id"], "status": "succeeded", "error": None},
            {"id": unknown, "status": "failed", "error": "Service not found."},
        ],
        "succeeded": 1,
        "failed": 1,
        "skipped": 1,
    }
    assert [event.subject for event in emitted("catalog.service.archived.v1")] == [other, remote["id"]]
    restored = admin.post("/services/bulk/restore", {"ids": ids}).json
    assert (restored["succeeded"], restored["failed"], restored["skipped"]) == (2, 1, 0)
    assert admin.get("/services?status=active").json["total"] == 2
    assert {event.sequence for event in emitted("catalog.service.restored.v1")} == {3}
    for refused in ([], [unknown] * 501, "x"):
        assert "ids" in admin.post("/services/bulk/archive", {"ids": refused}).json["errors"]
    assert callers("manager").post("/services/bulk/archive", {"ids": ids}).status_code == 403


def test_all_that_a_filter_finds_are_archived_if_they_are_as_many_as_were_seen(callers, emitted):
    admin = callers("admin")
    for number in range(7):
        admin.post("/services", {**REMOTE, "name": f"Service {number}", "default_rate": str(10 + number)})
    chosen = {"filter": {"status": "active", "rate_gte": "12", "q": "service"}, "expected_count": 4}

    stale = admin.post("/services/bulk/archive", chosen)

    assert (stale.status_code, stale.json["found"], stale.json["expected_count"]) == (409, 5, 4)
    assert emitted("catalog.service.archived.v1") == []
    done = admin.post("/services/bulk/archive", {**chosen, "expected_count": 5}).json
    assert (done["succeeded"], done["failed"], done["skipped"], len(done["results"])) == (5, 0, 0, 5)
    assert admin.get("/services?status=archived").json["total"] == 5
    assert admin.post("/services/bulk/restore", {"filter": {}, "expected_count": 7}).json["succeeded"] == 5
    for body in ({}, {"filter": {}}, {"filter": {"colour": "red"}, "expected_count": 1}, {"ids": [], "filter": {}}):
        assert admin.post("/services/bulk/restore", body).status_code == 422
