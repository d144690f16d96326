"""Service sets: what a new client of one kind is given; one of them may be the default."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from common.ids import new_id
from common.testing.database import statements


@pytest.fixture
def admin(callers):
    return callers("admin")


@pytest.fixture
def ids(admin):
    """Five services."""
    bodies = [{"name": f"Service {n}", "description": "One", "default_rate": "100.00"} for n in range(5)]
    return [admin.post("/services", body).json["id"] for body in bodies]


def make(admin, name, service_ids=(), **values):
    return admin.post("/service-sets", {"name": name, "service_ids": list(service_ids), **values})


def test_a_set_keeps_the_order_it_was_given_and_is_announced(admin, ids, emitted):
    made = make(admin, "Small office", [ids[2], ids[0]], description="Up to ten people")

    assert made.status_code == 201
    assert made.json["service_ids"] == [ids[2], ids[0]]
    assert made.json["services"][0] == {"id": ids[2], "name": "Service 2", "status": "active"}
    (event,) = emitted("catalog.service_set.changed.v1")
    assert event.data == {
        "id": made.json["id"],
        "name": "Small office",
        "status": "active",
        "is_default": False,
        "service_ids": [ids[2], ids[0]],
        "version": 1,
    }


def test_other_services_are_a_new_version(admin, ids, emitted):
    one = f"/service-sets/{make(admin, 'Small office', ids[:2]).json['id']}"

    changed = admin.patch(one, {"service_ids": [ids[3], ids[1]]}).json

    assert (changed["service_ids"], changed["version"]) == ([ids[3], ids[1]], 2)
    assert admin.get(one).json["service_ids"] == [ids[3], ids[1]]
    assert admin.patch(one, {"service_ids": [ids[3], ids[1]]}).json["version"] == 2
    assert emitted("catalog.service_set.changed.v1")[-1].data["service_ids"] == [ids[3], ids[1]]
    assert admin.patch(one, {"name": "Office", "service_ids": ids[:1], "is_default": True}).json["version"] == 3
    assert admin.patch(one, {"name": "Big office"}).json["version"] == 4
    assert [event.sequence for event in emitted("catalog.service_set.changed.v1")] == [1, 2, 3, 4]


def test_services_that_cannot_be_in_are_named(admin, ids):
    admin.post(f"/services/{ids[0]}/archive")
    stranger = str(new_id())

    for given, said in (
        ([ids[0]], '"Service 0" is archived'),
        ([stranger], f"Service {stranger} not found."),
        ([ids[1], ids[1]], "once"),
    ):
        answer = make(admin, "Set", given)
        assert answer.status_code == 422
        assert said in answer.json["errors"]["service_ids"][0]
    assert admin.get("/service-sets").json["total"] == 0


def test_a_service_archived_later_stays_and_is_shown_so(admin, ids):
    one = f"/service-sets/{make(admin, 'Set', ids[:2]).json['id']}"
    admin.post(f"/services/{ids[0]}/archive")

    kept = admin.patch(one, {"service_ids": [ids[0], ids[2]]})

    assert kept.status_code == 200
    assert [member["status"] for member in kept.json["services"]] == ["archived", "active"]


def test_the_default_moves_at_once(admin, ids, emitted):
    first = make(admin, "First", ids[:1], is_default=True).json
    second = make(admin, "Second", ids[1:2]).json

    assert admin.patch(f"/service-sets/{second['id']}", {"is_default": True}).json["is_default"]

    (default,) = admin.get("/service-sets?is_default=true").json["items"]
    assert default["id"] == second["id"]
    told = [(e.subject, e.data["is_default"], e.sequence) for e in emitted("catalog.service_set.changed.v1")][2:]
    assert sorted(told) == sorted([(first["id"], False, 2), (second["id"], True, 2)])


def test_the_default_is_neither_archived_nor_deleted(admin, ids):
    one = f"/service-sets/{make(admin, 'Set', ids[:1], is_default=True).json['id']}"

    assert admin.post(f"{one}/archive").status_code == 409
    assert admin.delete(one).status_code == 409
    assert admin.patch(one, {"is_default": False}).json["is_default"] is False
    assert admin.post(f"{one}/archive").json["status"] == "archived"
    refused = admin.patch(one, {"is_default": True})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["is_default"])
    assert admin.post(f"{one}/restore").json["status"] == "active"


def test_a_deleted_set_is_gone_and_its_services_are_not(admin, ids, emitted):
    one = f"/service-sets/{make(admin, 'Set', ids).json['id']}"

    assert admin.delete(one).status_code == 204

    assert admin.get(one).status_code == 404
    assert admin.get("/services").json["total"] == 5
    (event,) = emitted("catalog.service_set.deleted.v1")
    assert (event.sequence, event.data["service_ids"]) == (2, ids)


def test_a_service_in_a_set_is_not_deleted(admin, ids):
    one = f"/service-sets/{make(admin, 'Small office', ids[:1]).json['id']}"

    refused = admin.delete(f"/services/{ids[0]}")

    assert refused.status_code == 409
    assert 'the set "Small office"' in refused.json["detail"]
    admin.patch(one, {"service_ids": []})
    assert admin.delete(f"/services/{ids[0]}").status_code == 204


def test_lists_sort_filter_and_search(admin, ids):
    make(admin, "Alpha", ids[:2])
    make(admin, "Beta", ids[1:3])

    assert [one["name"] for one in admin.get("/service-sets?sort=-name").json["items"]] == ["Beta", "Alpha"]
    assert [one["name"] for one in admin.get(f"/service-sets?service_id={ids[2]}").json["items"]] == ["Beta"]
    assert [one["name"] for one in admin.get("/service-sets?q=alp").json["items"]] == ["Alpha"]


def test_two_sets_have_two_names_and_only_administrators_make_them(callers, admin):
    make(admin, "Small office")

    refused = make(admin, " small  OFFICE ")
    assert (refused.status_code, list(refused.json["errors"])) == (409, ["name"])
    assert make(callers("manager"), "Other").status_code == 403
    assert callers("technician").get("/service-sets").json["total"] == 1


def test_reading_sets_takes_a_fixed_number_of_queries(admin, app, ids):
    def queries():
        with statements(app.database.engine) as seen:
            assert len(admin.get("/service-sets").json["items"]) > 0
        return len(seen)

    make(admin, "0", ids[:1])
    few = queries()
    for n in range(1, 6):
        make(admin, str(n), ids)
    assert queries() == few


def test_many_who_want_to_be_the_default_leave_one(admin, ids):
    paths = [f"/service-sets/{make(admin, f'Set {n}', ids[:1]).json['id']}" for n in range(8)]

    def claim(path):
        return admin.patch(path, {"is_default": True}).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(claim, paths * 3))

    assert statuses == {200}
    assert admin.get("/service-sets?is_default=true").json["total"] == 1


def test_a_service_deleted_while_it_comes_into_a_set(admin):
    """One of the two wins; a set never holds a service that is gone."""
    outcomes = set()
    for n in range(10):
        body = {"name": f"Passing {n}", "description": "One", "default_rate": "1.00"}
        service_id = admin.post("/services", body).json["id"]
        with ThreadPoolExecutor(2) as pool:
            gone = pool.submit(lambda key=service_id: admin.delete(f"/services/{key}").status_code)
            taken = pool.submit(lambda key=service_id, n=n: make(admin, f"Set {n}", [key]).status_code)
        outcomes.add((gone.result(), taken.result()))

    assert outcomes <= {(204, 422), (409, 201)}
