"""Categories: one list instead of many spellings, made by whoever first needs one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from common.ids import new_id
from common.testing.database import statements

SERVICE = {"name": "Remote Support", "description": "Help over the wire", "default_rate": "125.00"}


@pytest.fixture
def admin(callers):
    return callers("admin")


@pytest.fixture
def support(admin):
    return admin.post("/service-categories", {"name": "Support", "color": "#1f6b4a", "sort_order": 5}).json


def service_in(admin, category, **values):
    return admin.post("/services", {**SERVICE, "category": category, **values})


def test_an_unknown_name_on_a_service_makes_the_category(admin, emitted):
    made = service_in(admin, "  Help   desk ").json

    assert made["category"] == "Help desk"
    (one,) = admin.get("/service-categories").json["items"]
    assert (one["id"], one["name"], one["service_count"]) == (made["category_id"], "Help desk", 1)
    assert [event.data["name"] for event in emitted("catalog.category.created.v1")] == ["Help desk"]


def test_another_spelling_is_the_same_category(admin, support):
    made = service_in(admin, "sUPPORT").json

    assert (made["category"], made["category_id"]) == ("Support", support["id"])
    assert admin.get("/service-categories").json["total"] == 1


def test_a_category_is_chosen_by_id_as_well_and_given_up(admin, support):
    made = admin.post("/services", {**SERVICE, "category_id": support["id"]}).json
    one = f"/services/{made['id']}"

    assert made["category"] == "Support"
    assert admin.patch(one, {"sort_order": 3}).json["category"] == "Support"
    moved = admin.patch(one, {"category": "Projects"}).json
    assert moved["category_id"] != support["id"]
    assert admin.patch(one, {"category_id": None}).json["category"] is None
    assert admin.put(one, {**SERVICE, "category_id": support["id"]}).json["category"] == "Support"
    assert admin.put(one, SERVICE).json["category_id"] is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"category_id": str(new_id())}, "Category not found."),
        ({"category": "Projects", "category_id": "support"}, "This is not the id"),
    ],
)
def test_a_category_that_does_not_fit_is_refused(admin, support, given, said):
    given = {key: support["id"] if value == "support" else value for key, value in given.items()}

    answer = admin.post("/services", {**SERVICE, **given})

    assert answer.status_code == 422
    assert said in answer.json["errors"]["category_id"][0]
    assert admin.get("/services").json["total"] == 0
    assert admin.get("/service-categories").json["total"] == 1


def test_a_new_name_goes_to_every_service_and_is_announced(admin, support, emitted):
    first, second = (service_in(admin, "Support", name=name).json for name in ("A", "B"))
    service_in(admin, "Projects", name="C")

    renamed = admin.patch(f"/service-categories/{support['id']}", {"name": "Help desk"})

    assert renamed.json["service_count"] == 2
    assert admin.get(f"/services/{first['id']}").json["category"] == "Help desk"
    changed = {event.subject: event for event in emitted("catalog.service.changed.v1")}
    assert changed.keys() == {first["id"], second["id"]}
    assert {(event.data["category"], event.sequence) for event in changed.values()} == {("Help desk", 2)}
    assert admin.get("/services?category=Help desk").json["total"] == 2
    assert admin.get(f"/services?category_id={support['id']}").json["total"] == 2


def test_two_categories_have_two_names(admin, support):
    refused = admin.post("/service-categories", {"name": " support "})
    assert (refused.status_code, list(refused.json["errors"])) == (409, ["name"])

    other = admin.post("/service-categories", {"name": "Projects"}).json
    assert admin.patch(f"/service-categories/{other['id']}", {"name": "SUPPORT"}).status_code == 409
    assert admin.patch(f"/service-categories/{other['id']}", {"name": "PROJECTS"}).status_code == 200


def test_only_an_unused_category_is_deleted(admin, support, emitted):
    service = f"/services/{service_in(admin, 'Support').json['id']}"
    one = f"/service-categories/{support['id']}"

    refused = admin.delete(one)

    assert refused.status_code == 409
    assert "1 services" in refused.json["detail"]
    admin.patch(service, {"category": None})
    assert admin.delete(one).status_code == 204
    assert admin.get(one).status_code == 404
    assert emitted("catalog.category.deleted.v1")[0].sequence == 2


def test_an_archived_category_keeps_its_services_but_gets_no_new_ones(admin, support):
    service = f"/services/{service_in(admin, 'Support').json['id']}"
    one = f"/service-categories/{support['id']}"
    assert admin.post(f"{one}/archive").json["status"] == "archived"
    assert admin.post(f"{one}/archive").status_code == 409

    assert admin.patch(service, {"category": "Support", "sort_order": 2}).status_code == 200
    refused = service_in(admin, "support", name="Other")
    assert refused.status_code == 422
    assert "archived" in refused.json["errors"]["category"][0]
    assert admin.get("/service-categories?status=active").json["total"] == 0
    assert admin.post(f"{one}/restore").json["status"] == "active"
    assert service_in(admin, "support", name="Other").status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "A", "color": "green"}, "color"),
        ({"name": "A", "sort_order": 1.5}, "sort_order"),
    ],
)
def test_bad_fields_are_named(admin, body, field):
    answer = admin.post("/service-categories", body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_who_may(callers, support):
    one = f"/service-categories/{support['id']}"
    assert callers("technician").get(one).status_code == 200
    assert callers("manager").patch(one, {"name": "X"}).status_code == 403
    assert callers("client_admin").get("/service-categories").status_code == 403
    assert callers("admin").patch(one, {"name": "X"}, headers={"If-Match": '"7"'}).status_code == 412


def test_a_page_of_categories_takes_a_fixed_number_of_queries(admin, app):
    def queries(expected):
        with statements(app.database.engine) as seen:
            assert admin.get("/service-categories?page_size=100").json["total"] == expected
        return len(seen)

    service_in(admin, "First", name="0")
    few = queries(1)
    for n in range(1, 12):
        service_in(admin, f"Category {n}", name=str(n))
    assert queries(12) == few


def test_services_made_at_once_share_one_new_category(admin):
    def make(n):
        return service_in(admin, ("Fresh", "FRESH")[n % 2], name=f"Service {n}").json["category_id"]

    with ThreadPoolExecutor(8) as pool:
        chosen = set(pool.map(make, range(24)))

    assert len(chosen) == 1


def test_a_rename_and_services_coming_in_at_once_leave_one_name(admin, app):
    """Whatever the order, no service keeps the former name."""
    made = service_in(admin, "Name 0", name="First").json
    path = f"/service-categories/{made['category_id']}"

    def work(n):
        if n % 4 == 0:
            return admin.patch(path, {"name": f"Name {n}"}).status_code
        return admin.post("/services", {**SERVICE, "name": f"S {n}", "category_id": made["category_id"]}).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(work, range(1, 41)))

    assert statuses == {200, 201}
    with app.database.engine.connect() as connection:
        stray = (
            "SELECT count(*) FROM service s JOIN service_category c ON c.id = s.category_id WHERE s.category <> c.name"
        )
        assert connection.scalar(text(stray)) == 0
        assert connection.scalar(text("SELECT count(*) FROM service")) == 31
