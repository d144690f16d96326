"""The result of logged time for each agreement type and policy for uncovered services."""

import pytest


@pytest.fixture
def setting(world, callers, desk):
    """Returns `log(service, hours)` on an agreement that covers only Remote Support."""

    def make(type_, client=None, **values):
        client_id = world.client(**(client or {}))
        remote, onsite = world.card(client_id, "Remote Support", "Onsite Support")
        body = {"client_id": str(client_id), "name": "Care", "type": type_, "start_date": "2025-10-01"}
        body |= {"coverage": "selected", "services": [{"client_service_id": str(remote)}], "activate": True} | values
        agreement = callers("manager").post("/agreements", body)
        assert agreement.status_code == 201, agreement.json
        order = desk.order(client_id, agreement.json["id"])
        services = {"remote": remote, "onsite": onsite, None: None}
        return lambda service, hours="2", **rest: desk.log(order, services[service], hours, **rest)

    return make


def hours_of(answer):
    assert answer.status_code == 201, answer.json
    entry = answer.json
    return entry["covered_hours"], entry["overage_hours"], entry["billable_hours"]


def test_fixed_price_covers_and_bills_nothing(setting):
    log = setting("fixed_price", recurring_amount="500.00", frequency="monthly")

    assert hours_of(log("remote")) == ("2.00", "0.00", "0.00")
    assert hours_of(log("onsite")) == ("0.00", "0.00", "2.00"), "what it does not cover is billed"


def test_time_and_materials_bills_all(setting):
    assert hours_of(setting("time_and_materials")("remote")) == ("0.00", "0.00", "2.00")


def test_not_billable_draws_nothing(setting):
    log = setting("block_hours_prepaid", total_hours="10")

    assert hours_of(log("remote", billable=False)) == ("0.00", "0.00", "0.00")
    assert log("remote").json["remaining_hours"] == "8.00"


def test_uncovered_warn_is_ordinary_time(setting):
    answer = setting("block_hours_prepaid", total_hours="10", uncovered_policy="warn")("onsite")

    assert hours_of(answer) == ("0.00", "0.00", "2.00")
    assert answer.json["remaining_hours"] == "10.00", "nothing was drawn"
    message = '"Onsite Support" is not covered by AGR-0001 (Care). It is billed outside the agreement.'
    assert answer.json["warnings"] == [message]


def test_uncovered_allow_adds_no_warning(setting):
    answer = setting("block_hours_prepaid", total_hours="10", uncovered_policy="allow")("onsite")

    assert hours_of(answer) == ("0.00", "0.00", "2.00")
    assert answer.json["warnings"] == []


def test_uncovered_block_is_refused(setting, callers):
    answer = setting("block_hours_prepaid", total_hours="10", uncovered_policy="block")("onsite")

    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["service_id"]
    assert callers("manager").get("/time-entries").json["total"] == 0


def test_overage_is_marked_for_billing(setting, emitted):
    setting("block_hours_prepaid", total_hours="1")("remote", "3")

    (event,) = emitted("agreements.time.logged.v1")
    parts = ("covered_hours", "overage_hours", "billable_hours", "overage", "agreement_type")
    assert [event.data[name] for name in parts] == ["1.00", "2.00", "2.00", True, "block_hours_prepaid"]


@pytest.mark.parametrize("day", ["2025-09-30", "2027-01-01"])
def test_only_days_of_the_agreement(setting, day):
    answer = setting("time_and_materials", end_date="2026-12-31")("remote", worked_on=day)

    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["worked_on"]


def test_without_service_only_at_a_flat_rate_or_unbilled(setting):
    log = setting("time_and_materials", coverage="all", services=[])

    assert log(None).json["errors"].keys() == {"service_id"}
    assert log(None, billable=False).status_code == 201


def test_flat_rate_clients_need_no_service(setting):
    log = setting("time_and_materials", client={"hourly_rate": "110.00"}, coverage="all", services=[])

    assert hours_of(log(None)) == ("0.00", "0.00", "2.00")


def test_only_active_agreements_take_work(gold, callers, desk):
    manager = callers("manager")
    order = desk.order(gold["client_id"], gold["id"])
    manager.post(f"/agreements/{gold['id']}/suspend")

    refused = desk.log(order, gold["rows"]["Remote Support"], "1")
    assert refused.status_code == 422
    assert refused.json["errors"] == {"agreement_id": ["AGR-0001 is suspended. Choose an active agreement."]}
    manager.post(f"/agreements/{gold['id']}/resume")
    assert desk.log(order, gold["rows"]["Remote Support"], "1").status_code == 201


def test_preview_writes_nothing_and_names_the_rate(world, callers, make_block, desk, emitted):
    client_id = world.client(hourly_rate="90.00")
    free, custom, standard = world.card(client_id, "Free", "Custom", "Standard", rate="80.00", rate_source="client")
    services = [
        {"client_service_id": str(free), "custom_rate": "0.00"},
        {"client_service_id": str(custom), "custom_rate": "70.00"},
        {"client_service_id": str(standard)},
    ]
    body = make_block(client_id, total_hours="2", overage_rate="140.00", services=services, activate=True)
    agreement = callers("manager").post("/agreements", body).json
    covered = desk.order(client_id, agreement["id"])
    ordinary = desk.order(client_id)

    def preview(order, service, role="manager"):
        request = {"service_id": service and str(service), "hours": "3", "worked_on": "2025-11-03"}
        return callers(role).post(f"/work-orders/{order}/time-entries/preview", request).json

    found = preview(covered, standard)
    split = ("covered_hours", "overage_hours", "billable_hours", "remaining_hours")
    assert [found[name] for name in split] == ["2.00", "1.00", "1.00", "0.00"]
    rates = {
        name: (found["rate"], found["rate_source"], found["amount"])
        for name, found in {
            "free": preview(covered, free),
            "custom": preview(covered, custom),
            "overage": found,
            "client": preview(ordinary, standard),
            "flat": preview(ordinary, None),
        }.items()
    }
    assert rates == {
        "free": ("0.00", "agreement", "0.00"),
        "custom": ("70.00", "agreement", "70.00"),
        "overage": ("140.00", "agreement", "140.00"),
        "client": ("80.00", "client", "240.00"),
        "flat": ("90.00", "flat", "270.00"),
    }
    assert emitted("agreements.time.logged.v1") == []
    assert callers("manager").get(f"/agreements/{agreement['id']}").json["hours_used"] == "0.00"
