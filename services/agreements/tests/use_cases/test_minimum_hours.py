"""Each entry is rounded up and raised to its minimum; worked hours stay."""

from decimal import Decimal

import pytest


@pytest.fixture
def under_rules(organise, callers):
    """Returns `under_rules(increment="0.25", minimum="0.5")`: a manager of an organisation with these rules."""

    def start(increment=None, minimum=None):
        organise(time_increment=increment and Decimal(increment), time_minimum=minimum and Decimal(minimum))
        return callers("manager")

    return start


def hours(answer):
    assert answer.status_code in (200, 201), answer.json
    names = ("worked_hours", "billed_hours", "covered_hours", "overage_hours", "billable_hours")
    return tuple(answer.json[name] for name in names)


@pytest.fixture
def onsite(world):
    """Creates a client with a service of at least one hour, one without a minimum, and a custom service."""
    client_id = world.client()
    rows = {}
    for name, minimum in (("Onsite", "1.00"), ("Remote", None), ("Free of it", "0.00")):
        service_id = world.catalog_service(name, minimum_hours=minimum)
        (rows[name],) = world.card(client_id, name, service_id=service_id)
    (rows["Custom"],) = world.card(client_id, "Custom", service_id=None)
    return client_id, rows


def test_a_quarter_of_an_hour_is_billed_at_the_services_minimum(onsite, desk, emitted):
    client_id, rows = onsite

    logged = desk.log(desk.order(client_id), rows["Onsite"], "0.25")

    assert hours(logged) == ("0.25", "1.00", "0.00", "0.00", "1.00")
    assert logged.json["hours"] == "0.25"
    data = emitted("agreements.time.logged.v1")[-1].data
    told = [data[name] for name in ("hours", "worked_hours", "billed_hours", "billable_hours")]
    assert told == ["0.25", "0.25", "1.00", "1.00"]


def test_the_increment_comes_first_and_the_organisations_minimum_last(onsite, desk, under_rules):
    client_id, rows = onsite
    manager = under_rules(increment="0.25", minimum="0.40")
    path = f"/work-orders/{desk.order(client_id)}/time-entries"

    def billed(service, worked, **values):
        body = {"service_id": str(rows[service]), "hours": worked, "worked_on": "2025-11-03"} | values
        previewed, logged = manager.post(f"{path}/preview", body), manager.post(path, body)
        assert hours(previewed) == hours(logged), "a preview says what logging does"
        return logged.json["billed_hours"]

    assert billed("Remote", "0.10") == "0.40"
    assert billed("Remote", "0.26") == "0.50"
    assert billed("Onsite", "0.26") == "1.00", "its own minimum, not the organisation's"
    assert billed("Onsite", "1.01") == "1.25"
    assert billed("Free of it", "0.10") == "0.25", "0.00 is a minimum: none"
    assert billed("Custom", "0.10") == "0.40"
    assert billed("Onsite", "0.10", billable=False) == "0.00"


def test_a_block_gives_the_billed_hours(onsite, desk, callers, make_block):
    client_id, rows = onsite
    manager = callers("manager")
    block = manager.post("/agreements", make_block(client_id, total_hours="1.75", activate=True)).json
    order = desk.order(client_id, block["id"])

    first, second = (desk.log(order, rows["Onsite"], "0.25") for _ in range(2))

    assert hours(first) == ("0.25", "1.00", "1.00", "0.00", "0.00")
    assert hours(second) == ("0.25", "1.00", "0.75", "0.25", "0.25")
    assert manager.get(f"/agreements/{block['id']}").json["hours_used"] == "1.75"
    shown = manager.get(f"/work-orders/{order}").json
    assert (shown["hours_logged"], shown["hours_billed"]) == ("0.50", "2.00")


def test_a_correction_counts_anew_only_where_time_or_service_change(onsite, world, desk, callers):
    client_id, rows = onsite
    manager = callers("manager")
    entry = desk.log(desk.order(client_id), rows["Remote"], "0.25").json
    path = f"/work-orders/{entry['work_order_id']}/time-entries/{entry['id']}"

    def correct(**changes):
        return hours(manager.patch(path, changes))[:2]

    assert correct(service_id=str(rows["Onsite"])) == ("0.25", "1.00")
    assert correct(hours="1.50") == ("1.50", "1.50")
    assert correct(hours="0.50", service_id=str(rows["Remote"])) == ("0.50", "0.50")
    world.catalog_service("Remote", id=entry["service_id"], minimum_hours="2.00", version=2)
    assert correct(note="The minimum came later") == ("0.50", "0.50")
    assert correct(billable=False) == ("0.50", "0.00")
    assert correct(billable=True) == ("0.50", "2.00")


def test_time_of_a_merged_client_keeps_its_minimum(onsite, world, desk, callers):
    client_id, rows = onsite
    other = world.client("Survivor")
    entry = desk.log(desk.order(client_id), rows["Onsite"], "0.25").json
    merged = {"id": other, "merged_client_id": client_id, "client_services": [], "services": [], "version": 2}
    moved = {name: entry[name] for name in ("service_id",)}
    row = world.row("Onsite", id=rows["Onsite"], service_id=moved["service_id"], version=2)
    world.deliver("clients.client.merged.v1", merged | {"services": [row]})

    path = f"/work-orders/{entry['work_order_id']}/time-entries/{entry['id']}"
    corrected = callers("manager").patch(path, {"hours": "0.50"})

    assert hours(corrected)[:2] == ("0.50", "1.00")
    assert corrected.json["client_id"] == str(other)
