"""What can be chosen for a client's work, what it will cost, and why it is covered or not."""

import pytest

from common.testing.database import statements

REMOTE = "Remote Support"
DANA = "01890000-0000-7000-8000-00000000d0a0"


@pytest.fixture
def manager(callers):
    return callers("manager")


def choices_of(caller, gold, **query):
    asked = "&".join(f"{name}={value}" for name, value in {"client_id": gold["client_id"], **query}.items())
    return caller.get(f"/work-orders/choices?{asked}")


def test_services_come_with_their_rate_and_hours(gold, manager, desk):
    order = desk.order(gold["client_id"], gold["id"])
    desk.log(order, gold["rows"][REMOTE], "15")

    found = choices_of(manager, gold, agreement_id=gold["id"]).json

    remote = next(one for one in found["services"] if one["name"] == REMOTE)
    assert (remote["rate"], remote["rate_source"], remote["covered"]) == ("125.00", "catalog", True)
    assert (remote["remaining_hours"], remote["total_hours"]) == ("45.00", "60.00")
    assert (remote["remaining_percent"], remote["remaining_level"]) == ("75.00", "green")
    assert found["suggested_agreement_id"] == gold["id"]
    assert found["last_service_id"] == gold["rows"][REMOTE]
    assert [(one["number"], one["remaining_hours"]) for one in found["agreements"]] == [(gold["number"], "85.00")]


def test_a_service_without_hours_of_its_own_shows_the_unallocated_ones(world, manager, make_block):
    client_id = world.client()
    own, other = world.card(client_id, REMOTE, "Onsite Support")
    covered = [{"client_service_id": str(own), "hours_allocated": "4"}]
    body = make_block(client_id, services=covered, activate=True)
    agreement = manager.post("/agreements", body).json

    found = manager.get(f"/work-orders/choices?client_id={client_id}&agreement_id={agreement['id']}").json

    left = {one["client_service_id"]: one["remaining_hours"] for one in found["services"]}
    assert left == {str(own): "4.00", str(other): "6.00"}


def test_a_service_that_the_agreement_refuses_is_not_allowed(gold, world, manager, desk):
    (printing,) = world.card(gold["client_id"], "Printing")
    manager.patch(f"/agreements/{gold['id']}", {"uncovered_policy": "block", "first_day": gold["start_date"]})

    found = choices_of(manager, gold, agreement_id=gold["id"]).json

    allowed = {one["name"]: one["allowed"] for one in found["services"]}
    assert (allowed["Printing"], allowed[REMOTE]) == (False, True)
    order = desk.order(gold["client_id"], gold["id"])
    assert desk.log(order, printing, "1").status_code == 422


def test_plans_cannot_be_chosen(gold, world, manager):
    plan = world.catalog_service("Backup plan", kind="recurring")
    world.card(gold["client_id"], "Backup plan", service_id=plan)

    names = [one["name"] for one in choices_of(manager, gold).json["services"]]

    assert REMOTE in names
    assert "Backup plan" not in names


def test_technicians_see_hours_without_rates_and_only_their_clients(gold, world, callers):
    technician = callers("technician", user_id=DANA)
    assert choices_of(technician, gold).status_code == 404

    world.technician(gold["client_id"], DANA)
    found = choices_of(technician, gold, agreement_id=gold["id"]).json

    assert {(one["rate"], one["rate_source"]) for one in found["services"]} == {(None, None)}
    assert {one["remaining_hours"] for one in found["services"]} == {"60.00", "20.00", "15.00", "5.00"}


def test_choices_take_the_same_statements_at_any_length(gold, world, manager, app):
    world.card(gold["client_id"], *(f"Service {number}" for number in range(20)))
    with statements(app.database.engine) as sent:
        assert choices_of(manager, gold, agreement_id=gold["id"]).status_code == 200
    assert len(sent) <= 8, sent


def test_a_preview_says_what_is_left_and_why(gold, manager, desk):
    order = desk.order(gold["client_id"], gold["id"])
    body = {"service_id": gold["rows"]["Emergency Support"], "hours": "6", "worked_on": "2025-11-03"}

    found = manager.post(f"/work-orders/{order}/time-entries/preview", body).json

    assert (found["covered_hours"], found["overage_hours"], found["total_hours"]) == ("5.00", "1.00", "100.00")
    assert (found["remaining_hours"], found["remaining_percent"], found["remaining_level"]) == (
        "95.00",
        "95.00",
        "green",
    )
    met = {one["check"]: one["met"] for one in found["checks"]}
    assert met == {
        "billable": True,
        "agreement": True,
        "active": True,
        "dates": True,
        "service": True,
        "hours": False,
    }
    assert "1 h exceed" in found["checks"][-1]["detail"]


def test_an_entry_keeps_why_it_is_covered(gold, world, manager, desk):
    (printing,) = world.card(gold["client_id"], "Printing")
    order = desk.order(gold["client_id"], gold["id"])
    entry = desk.log(order, printing, "1").json
    assert [(one["check"], one["detail"]) for one in entry["coverage_checks"] if not one["met"]] == [
        ("service", '"Printing" is not covered.'),
        ("hours", "No hours are drawn."),
    ]

    path = f"/work-orders/{order}/time-entries/{entry['id']}"
    manager.patch(path, {"service_id": gold["rows"][REMOTE]})

    assert all(one["met"] for one in manager.get(path).json["coverage_checks"])


def test_orders_name_their_client_and_agreement_and_sort_by_due_day(gold, manager, desk):
    late = desk.order(gold["client_id"], gold["id"], due_on="2025-12-01", subject="Late")
    never = desk.order(gold["client_id"], subject="Never")
    soon = desk.order(gold["client_id"], due_on="2025-11-04", subject="Soon", priority="high")
    closed = desk.order(gold["client_id"], subject="Closed")
    manager.post(f"/work-orders/{closed}/transition", {"status": "closed"})

    found = manager.get("/work-orders?sort=due_on&status=open").json["items"]

    assert [one["id"] for one in found] == [soon, late, never]
    assert (found[1]["client_name"], found[1]["agreement_number"]) == ("Acme Corp", gold["number"])
    assert found[0]["next_statuses"] == ["assigned", "in_progress", "waiting_client", "resolved", "closed"]
    due = manager.get("/work-orders?due_on_lte=2025-11-30&status=open").json["items"]
    assert [one["id"] for one in due] == [soon]
    page = manager.get("/work-orders?sort=due_on&status=open&page_size=2").json
    rest = manager.get(f"/work-orders?sort=due_on&status=open&page_size=2&cursor={page['next_cursor']}").json
    assert [one["id"] for one in rest["items"]] == [never]


def test_unassigned_orders(gold, manager, desk):
    nobody = desk.order(gold["client_id"])
    desk.order(gold["client_id"], technician_id=DANA)

    assert [one["id"] for one in manager.get("/work-orders?unassigned=true").json["items"]] == [nobody]
