"""Manual items can be edited and deleted until they are invoiced."""

import pytest

from common.ids import new_id


@pytest.fixture
def staff(callers):
    return callers("billing")


@pytest.fixture
def add(staff):
    def make(client, **values):
        body = {"client_id": str(client["id"]), "description": "Cable", "quantity": "2", "unit_rate": "10.00"}
        body |= {"dated_on": "2025-11-10", **values}
        return staff.post("/billable-items", body, headers={"Idempotency-Key": str(new_id())}).json

    return make


def test_the_run_bills_an_item_as_edited(staff, world, add):
    item = add(world.client())
    assert item["fixed_because"] is None
    path = f"/billable-items/{item['id']}"
    edited = staff.patch(path, {"quantity": "3", "description": "Long cable"}, headers={"If-Match": '"1"'})
    assert (edited.status_code, edited.json["quantity"], edited.json["service_name"]) == (200, "3.00", "Long cable")
    assert staff.patch(path, {"quantity": "4"}, headers={"If-Match": '"1"'}).status_code == 412
    (made,) = staff.post("/invoice-runs", {"as_of": "2025-11-30"}).json["detail"]["clients"]
    assert (made["total"], made["number"][:4]) == ("30.00", "INV-")
    assert staff.get(f"/invoices/{made['invoice_id']}").json["lines"][0]["description"] == "Long cable"
    refused = staff.patch(path, {"quantity": "5"})
    assert (refused.status_code, "invoice" in refused.json["detail"]) == (409, True)
    assert staff.delete(path).status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"unit_rate": "1.005"}, "unit_rate"),
        ({"unit_rate": "-1"}, "unit_rate"),
        ({"description": None}, "description"),
        ({"quantity": "12,5"}, "quantity"),
        ({"client_id": str(new_id())}, "client_id"),
    ],
)
def test_a_bad_change_is_refused_and_changes_nothing(staff, world, add, change, field):
    item = add(world.client())
    answer = staff.patch(f"/billable-items/{item['id']}", change)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert staff.get(f"/billable-items/{item['id']}").json == item


def test_an_item_is_deleted_but_logged_time_is_not(staff, world, add, callers):
    client = world.client()
    item = add(client)
    assert callers("manager").delete(f"/billable-items/{item['id']}").status_code == 403
    assert staff.delete(f"/billable-items/{item['id']}").status_code == 204
    assert staff.get(f"/billable-items/{item['id']}").status_code == 404
    world.time(client, None, "1.00", service_name="Support")
    (logged,) = staff.get("/billable-items?source_type=time").json["items"]
    assert "time entry" in logged["fixed_because"]
    assert staff.delete(f"/billable-items/{logged['id']}").status_code == 409


def test_a_parked_item_is_open_again_once_it_is_edited(staff, world, add):
    item = add(world.client(), currency="EUR")
    staff.post("/invoice-runs", {"as_of": "2025-11-30"})
    assert staff.get(f"/billable-items/{item['id']}").json["status"] == "parked"
    edited = staff.patch(f"/billable-items/{item['id']}", {"currency": None}).json
    assert (edited["status"], edited["parked_cause"]) == ("open", None)


def test_clients_are_left_out_of_a_run_and_a_preview_writes_nothing(staff, world, add):
    first, second = world.client("First"), world.client("Second")
    add(first)
    add(second, currency="EUR")
    before = [one["version"] for one in staff.get("/billable-items").json["items"]]
    dry = staff.post("/invoice-runs", {"as_of": "2025-11-30", "dry_run": True}).json
    by_name = {one["client_name"]: one for one in dry["detail"]["clients"]}
    assert (by_name["First"]["total"], by_name["First"]["items"], by_name["First"]["invoice_id"]) == ("20.00", 1, None)
    assert (by_name["Second"]["parked_items"], "EUR" in by_name["Second"]["parked"][0]) == (1, True)
    assert [one["version"] for one in staff.get("/billable-items").json["items"]] == before
    assert staff.get("/invoices").json["total"] == 0
    run = staff.post("/invoice-runs", {"as_of": "2025-11-30", "exclude_client_ids": [str(first["id"])]}).json
    assert (run["counts"]["clients"], run["counts"]["invoices"], run["counts"]["parked"]) == (1, 0, 1)
    unknown = staff.post("/invoice-runs", {"exclude_client_ids": [str(new_id())]})
    assert (unknown.status_code, list(unknown.json["errors"])) == (422, ["exclude_client_ids"])
    assert staff.get(f"/invoice-runs/{run['run_id']}").json == run
    assert staff.get("/invoice-runs?dry_run=false").json["total"] == 1
    assert "detail" not in staff.get("/invoice-runs").json["items"][0]


def test_credit_is_applied_by_hand(staff, world):
    acme = world.client()
    key = lambda: {"Idempotency-Key": str(new_id())}  # noqa: E731
    body = {"client_id": str(acme["id"]), "amount": "50.00", "method": "check", "received_on": "2025-12-05"}
    payment = staff.post("/payments", body, headers=key()).json
    path = f"/payments/{payment['id']}"
    assert staff.post(f"{path}/apply", {}, headers=key()).status_code == 409
    line = {"description": "Work", "quantity": "1", "unit_rate": "80.00"}
    draft = staff.post("/invoices", {"client_id": str(acme["id"]), "lines": [line]}).json
    invoice = staff.post(f"/invoices/{draft['id']}/issue").json
    assert invoice["balance"] == "30.00"
    staff.post(f"{path}/unapply", headers=key())
    too_much = [{"invoice_id": invoice["id"], "amount": "51.00"}]
    assert staff.post(f"{path}/apply", {"allocations": too_much}, headers=key()).status_code == 422
    part = [{"invoice_id": invoice["id"], "amount": "20.00"}]
    applied = staff.post(f"{path}/apply", {"allocations": part}, headers=key())
    assert (applied.status_code, applied.json["unallocated"]) == (200, "30.00")
    assert staff.post(f"{path}/apply", {}, headers=key()).json["unallocated"] == "0.00"
    shown = staff.get(path).json
    assert [(one["amount"], one["reversed_at"] is None) for one in shown["history"]] == [
        ("50.00", False),
        ("20.00", True),
        ("30.00", True),
    ]
    assert {one["invoice_number"] for one in shown["history"]} == {invoice["number"]}
    assert staff.get(f"/invoices/{invoice['id']}").json["balance"] == "30.00"
    assert staff.get("/payments?has_credit=true").json["total"] == 0


def test_the_items_of_one_invoice_line_are_listed(staff, world, add):
    client = world.client()
    first, second = add(client), add(client, dated_on="2025-11-12")
    add(client, description="Router", unit_rate="90.00")
    (made,) = staff.post("/invoice-runs", {"as_of": "2025-11-30"}).json["detail"]["clients"]
    lines = staff.get(f"/invoices/{made['invoice_id']}").json["lines"]
    (cable,) = [line for line in lines if line["description"] == "Cable"]

    found = staff.get(f"/billable-items?invoice_line_id={cable['id']}").json

    assert [item["id"] for item in found["items"]] == [first["id"], second["id"]]
    assert staff.get(f"/billable-items?invoice_line_id={new_id()}").json["total"] == 0
