"""The demo shows each part of the catalog and of a client."""

from typing import Any

import pytest

from local.api import Api
from local.demo import desk, offer, underway
from local.demo.cast import CLIENTS, TECHNICIANS, TWIN
from local.processes import wait_until
from local.testing import sign_in


@pytest.fixture(scope="module")
def clients(admin: Api) -> dict[str, dict[str, Any]]:
    names = {client.name for client in (*CLIENTS, TWIN)}
    return {client["name"]: client for client in admin.items("/clients") if client["name"] in names}


@pytest.fixture(scope="module")
def services(admin: Api) -> dict[str, dict[str, Any]]:
    return {service["name"]: service for service in admin.items("/services")}


def test_the_catalog_has_plans_of_every_category_usage_sets_and_bundles(admin, services):
    plans = [services[plan[0]] for plan in offer.PLANS]
    kinds = {category["key"] for category in admin.get("/reference/subscription-categories")["items"]}
    assert {plan["subscription_category"] for plan in plans} == kinds
    assert all(plan["provisioning_checklist"] and plan["attribute_defaults"] for plan in plans)
    # 100 free, 900 at 0.09, 500 at 0.07
    assert admin.post(f"/services/{services[offer.USAGE_NAME]['id']}/quote", {"quantity": "1500"})["amount"] == "116.00"
    assert {one["name"] for one in admin.items("/service-sets")} >= {name for name, *_ in offer.SETS}
    assert {one["name"] for one in admin.items("/bundles")} >= {name for name, *_ in offer.BUNDLES}
    raised, rate = offer.RISING
    assert services[raised]["next_price"]["default_rate"] == rate


def test_an_island_client_pays_the_price_in_its_dollars(admin, clients, services):
    for name, rate in offer.ISLAND_RATES.items():
        rows = {row["client_name"]: row for row in admin.items("/client-services", service_id=services[name]["id"])}
        assert rows["Caribbean Tech Ltd"]["default_rate"] == rate
        assert rows["Acme Corporation"]["default_rate"] == services[name]["default_rate"] != rate
    invoices = list(admin.items("/invoices", client_id=clients["Caribbean Tech Ltd"]["id"]))
    lines = [line for invoice in invoices for line in admin.get(f"/invoices/{invoice['id']}")["lines"]]
    assert {line["unit_rate"] for line in lines if "Hurricane" in line["description"]} == {"140.00"}


def test_clients_have_places_fields_tags_things_and_notes(admin, clients):
    acme = clients["Acme Corporation"]
    assert (acme["tags"], acme["custom_fields"]["service_level"]) == (["Key account"], "Gold")
    assert acme["primary_location"]["city"] == "Columbus"
    assert clients["Caribbean Tech Ltd"]["primary_location"]["subdivision_name"] == "Grand Cayman"
    assert admin.get(f"/clients/{acme['id']}/assets")["total"] >= 6
    notes = {note["title"]: note for note in admin.items(f"/clients/{acme['id']}/notes")}
    assert notes["Call first"]["pinned"]
    edited = notes["Quarterly review"]["id"]
    assert admin.get(f"/clients/{acme['id']}/notes/{edited}/versions")["total"] == 2


def test_there_is_something_to_decide(admin, clients, services):
    waiting = list(admin.items("/rate-reviews", service_id=services["User Training"]["id"]))
    assert {row["client_name"] for row in waiting} & clients.keys()
    pairs = admin.get("/clients/duplicates", client_id=clients[TWIN.name]["id"])["items"]
    assert [{pair["client"]["name"], pair["duplicate"]["name"]} for pair in pairs] == [
        {TWIN.name, "Granite Construction"}
    ]
    row = next(
        row
        for row in admin.items("/client-services", service_id=services["Consulting"]["id"])
        if row["client_name"] == "Northgate Legal"
    )
    assert row["next_rate"]["custom_rate"] == "180.00"


def test_an_order_was_created_from_a_template_and_has_tasks_done(admin, clients):
    templates = {template["name"] for template in admin.items("/work-order-templates")}
    assert templates >= {template["name"] for template in desk.TEMPLATES}
    assert desk.FORM["name"] in {form["name"] for form in admin.items("/work-order-forms")}
    assert [one["template_name"] for one in admin.items("/recurring-work-orders")].count("Server check") == 1
    orders = admin.items("/work-orders", client_id=clients["Acme Corporation"]["id"], status="open")
    order = next(order for order in orders if order["subject"] == desk.TEMPLATES[0]["subject"])
    assert (order["tasks_done"], order["tasks_total"]) == (desk.DONE, len(desk.TEMPLATES[0]["tasks"]))


def test_labor_has_a_cost_so_that_the_margin_is_known(admin, clients):
    rated = {row["name"] for row in admin.items("/labor-rates") if row["current_rate"]}
    assert rated >= set(TECHNICIANS)
    (row,) = admin.get("/reports/margin", client_id=clients["Northgate Legal"]["id"])["items"]
    assert (row["hours_without_rate"], row["margin"] is not None) == ("0.00", True)


def test_a_timer_runs_and_time_waits_for_approval_that_holds_back_no_invoice(admin, system):
    timed = {timer["note"]: timer["running"] for timer in sign_in(system, "TECHNICIAN").get("/timers")["items"]}
    assert timed[underway.TIMED]
    waiting = {entry["note"]: entry["billable"] for entry in admin.items("/time-entries", approval="pending")}
    assert [waiting[note] for note in underway.NOTES] == [False, False]
    assert not admin.get("/settings")["approve_time"]


def test_emails_became_an_order_a_note_and_one_that_waits(admin):
    def statuses() -> set[str]:
        return {email["status"] for email in admin.items("/incoming-emails")}

    # the mailbox is read once a minute
    assert wait_until(lambda: statuses() >= {"order", "note", "unmatched"}, within=180), statuses()
