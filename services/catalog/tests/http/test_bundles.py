"""Bundles: priced by their parts, at a price of their own, or with a markup; split over the parts to the cent."""

from decimal import Decimal

import pytest

from common.ids import new_id
from common.testing.database import statements


@pytest.fixture
def admin(callers):
    return callers("admin")


@pytest.fixture
def ids(admin):
    """A desk at 100.00 (cost 60.00), mailboxes at 33.33 (cost 10.00), a backup at 50.00 of unknown cost."""
    bodies = [
        {"name": "Desk", "default_rate": "100.00", "cost": "60.00"},
        {"name": "Mailbox", "default_rate": "33.33", "cost": "10.00", "kind": "recurring", "billing_cycle": "monthly"},
        {"name": "Backup", "default_rate": "50.00"},
    ]
    return [admin.post("/services", {**body, "description": "One"}).json["id"] for body in bodies]


@pytest.fixture
def starter(ids):
    items = [{"service_id": ids[0]}, {"service_id": ids[1], "quantity": "3"}]
    return {"name": "Starter", "description": "To begin with", "items": items}


def allocated(bundle):
    return [item["allocated_price"] for item in bundle["items"]]


def test_by_components_it_costs_what_its_parts_cost(admin, starter, emitted):
    made = admin.post("/bundles", starter)

    assert made.status_code == 201
    bundle = made.json
    assert (bundle["pricing"], bundle["currency"], bundle["status"]) == ("components", "USD", "active")
    assert (bundle["list_price"], bundle["price"], bundle["cost"]) == ("199.99", "199.99", "90.00")
    assert (bundle["margin"], bundle["margin_percent"]) == ("109.99", "55.00")
    assert allocated(bundle) == ["100.00", "99.99"]
    assert bundle["items"][1]["service_name"] == "Mailbox"
    (event,) = emitted("catalog.bundle.changed.v1")
    assert event.data["price"] is None
    assert [item["quantity"] for item in event.data["items"]] == ["1.00", "3.00"]


def test_a_component_may_have_a_price_of_its_own_in_the_bundle(admin, starter):
    starter["items"][0]["unit_price"] = "80.00"

    bundle = admin.post("/bundles", starter).json

    assert (bundle["list_price"], bundle["price"]) == ("199.99", "179.99")
    assert bundle["items"][0]["list_price"] == "100.00"
    assert allocated(bundle) == ["80.00", "99.99"]


def test_a_fixed_price_is_split_by_what_the_parts_cost_and_sums_to_the_cent(admin, starter):
    bundle = admin.post("/bundles", {**starter, "pricing": "fixed", "price": "149.95"}).json

    assert (bundle["list_price"], bundle["price"]) == ("199.99", "149.95")
    assert allocated(bundle) == ["74.98", "74.97"]


@pytest.mark.parametrize(("percent", "price"), [("10", "219.99"), ("-25", "149.99"), ("-100", "0.00")])
def test_a_markup_or_a_discount(admin, starter, percent, price):
    bundle = admin.post("/bundles", {**starter, "pricing": "markup", "markup_percent": percent}).json

    assert bundle["price"] == price
    assert sum(map(Decimal, allocated(bundle))) == Decimal(price)


def test_a_new_rate_of_a_service_shows_at_once(admin, starter, ids):
    one = f"/bundles/{admin.post('/bundles', starter).json['id']}"
    admin.patch(f"/services/{ids[0]}", {"default_rate": "120.00"})

    assert admin.get(one).json["price"] == "219.99"


def test_an_unknown_cost_is_no_cost_of_zero(admin, starter, ids):
    starter["items"].append({"service_id": ids[2]})

    bundle = admin.post("/bundles", starter).json

    assert (bundle["price"], bundle["cost"], bundle["margin"], bundle["margin_percent"]) == ("249.99", None, None, None)


def test_another_way_of_pricing_leaves_nothing_of_the_former(admin, starter, emitted):
    one = f"/bundles/{admin.post('/bundles', {**starter, 'pricing': 'fixed', 'price': '150.00'}).json['id']}"

    changed = admin.patch(one, {"pricing": "markup", "markup_percent": "0"}).json

    assert (changed["price"], changed["markup_percent"]) == ("199.99", "0.00")
    assert emitted("catalog.bundle.changed.v1")[-1].data["price"] is None
    assert changed["version"] == 2
    assert admin.patch(one, {"pricing": "fixed"}).json["errors"] == {"price": ['Required for pricing "fixed".']}
    assert admin.patch(one, {"pricing": "components"}).json["markup_percent"] is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"items": []}, "items"),
        ({"pricing": "fixed"}, "price"),
        ({"price": "10.00"}, "price"),
        ({"pricing": "markup"}, "markup_percent"),
        ({"pricing": "markup", "markup_percent": "-101"}, "markup_percent"),
        ({"pricing": "fixed", "price": "10.001"}, "price"),
        ({"currency": "DOL"}, "currency"),
        ({"currency": "KYD"}, "items.0.unit_price"),
        ({"billing_cycle": "daily"}, "billing_cycle"),
    ],
)
def test_bad_fields_are_named(admin, starter, change, field):
    answer = admin.post("/bundles", {**starter, **change})

    assert answer.status_code == 422
    assert field in answer.json["errors"]
    assert admin.get("/bundles").json["total"] == 0


def test_services_that_cannot_be_in_are_named(admin, ids):
    usage = {"name": "Traffic", "description": "By use", "default_rate": "1.00", "kind": "usage"}
    used = admin.post("/services", usage).json["id"]
    admin.post(f"/services/{ids[2]}/archive")
    given = [ids[0], ids[0], ids[2], str(new_id()), used]

    answer = admin.post("/bundles", {"name": "B", "items": [{"service_id": key} for key in given]})

    assert answer.status_code == 422
    said = {field.split(".")[1]: text[0] for field, text in answer.json["errors"].items()}
    assert said.keys() == {"1", "2", "3", "4"}
    assert "archived" in said["2"]
    assert "billed by usage" in said["4"]
    none = {"service_id": ids[0], "quantity": "0"}
    assert admin.post("/bundles", {"name": "B", "items": [none]}).status_code == 422


def test_a_bundle_in_another_currency_takes_the_services_prices_in_it(admin, starter, ids):
    for service_id, rate in zip(ids, ("82.00", "27.50"), strict=False):
        made = admin.post(f"/services/{service_id}/prices", {"currency": "KYD", "default_rate": rate})
        assert made.status_code == 201

    bundle = admin.post("/bundles", {**starter, "currency": "KYD"}).json

    assert (bundle["currency"], bundle["price"], bundle["cost"]) == ("KYD", "164.50", None)


def test_items_are_replaced_as_a_whole(admin, starter, ids, emitted):
    one = f"/bundles/{admin.post('/bundles', starter).json['id']}"

    changed = admin.patch(one, {"items": [{"service_id": ids[1], "quantity": "2.5"}, {"service_id": ids[2]}]}).json

    assert [(item["service_id"], item["quantity"]) for item in changed["items"]] == [(ids[1], "2.50"), (ids[2], "1.00")]
    assert (changed["price"], changed["version"]) == ("133.33", 2)
    assert (
        admin.patch(one, {"items": [{"service_id": ids[1], "quantity": "2.5"}, {"service_id": ids[2]}]}).json["version"]
        == 2
    )
    assert len(emitted("catalog.bundle.changed.v1")) == 2


def test_archived_restored_deleted(admin, starter, ids, emitted):
    one = f"/bundles/{admin.post('/bundles', starter).json['id']}"

    assert admin.post(f"{one}/archive").json["status"] == "archived"
    assert admin.post(f"{one}/archive").status_code == 409
    assert admin.post(f"{one}/restore").json["status"] == "active"
    refused = admin.delete(f"/services/{ids[0]}")
    assert refused.status_code == 409
    assert 'the bundle "Starter"' in refused.json["detail"]
    assert admin.delete(one, headers={"If-Match": '"1"'}).status_code == 412
    assert admin.delete(one).status_code == 204
    assert emitted("catalog.bundle.deleted.v1")[0].sequence == 4
    assert admin.delete(f"/services/{ids[0]}").status_code == 204


def test_technicians_see_no_money(callers, admin, starter):
    path = f"/bundles/{admin.post('/bundles', {**starter, 'pricing': 'markup', 'markup_percent': '5'}).json['id']}"
    technician = callers("technician")

    for bundle in (technician.get(path).json, technician.get("/bundles").json["items"][0]):
        money = ("price", "list_price", "cost", "margin", "margin_percent", "markup_percent")
        assert {bundle[name] for name in money} == {None}
        item_money = ("unit_price", "list_price", "allocated_price")
        assert {item[name] for item in bundle["items"] for name in item_money} == {None}
        assert bundle["items"][0]["service_name"] == "Desk"
    assert callers("manager").post("/bundles", starter).status_code == 403


def test_lists_filter_search_and_take_a_fixed_number_of_queries(admin, app, starter, ids):
    def queries():
        with statements(app.database.engine) as seen:
            assert admin.get("/bundles").status_code == 200
        return len(seen)

    admin.post("/bundles", starter)
    few = queries()
    for n in range(5):
        admin.post("/bundles", {**starter, "name": f"Bundle {n}", "pricing": "fixed", "price": "1.00"})
    assert queries() == few
    assert admin.get("/bundles?pricing=fixed").json["total"] == 5
    assert admin.get("/bundles?q=start").json["total"] == 1
    assert admin.get(f"/bundles?service_id={ids[2]}").json["total"] == 0
    assert admin.post("/bundles", {**starter, "name": " STARTER "}).status_code == 409


def test_a_draft_is_priced_and_nothing_of_it_kept(admin, starter, emitted):
    draft = {"items": starter["items"], "pricing": "markup", "markup_percent": "-10"}

    found = admin.post("/bundles/preview", draft)

    assert found.status_code == 200
    assert (found.json["list_price"], found.json["price"]) == ("199.99", "179.99")
    assert sum(Decimal(part) for part in allocated(found.json)) == Decimal("179.99")
    assert admin.get("/bundles").json["total"] == 0
    assert not emitted("catalog.bundle.changed.v1")


def test_a_draft_may_hold_what_was_archived_since_and_says_what_is_wrong_with_it(admin, starter, ids):
    admin.post(f"/services/{ids[0]}/archive")
    assert admin.post("/bundles/preview", {"items": starter["items"]}).json["price"] == "199.99"

    wrong = admin.post("/bundles/preview", {"items": [{"service_id": ids[0], "quantity": "0"}]})

    assert wrong.status_code == 422
    assert list(wrong.json["errors"]) == ["items.0.quantity"]
