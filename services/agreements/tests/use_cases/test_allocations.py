"""Allocating an agreement's hours to its services."""

import pytest


@pytest.fixture
def covered(world, callers, make_block):
    """Returns `covered("10", ["5", "3"], policy)`, which posts a draft with these allocations."""
    client_id = world.client()
    ids = world.card(client_id, "Remote Support", "Onsite Support", "Project Work")

    def post(total, allocations, policy="pooled", **values):
        services = [
            {"client_service_id": str(key), "hours_allocated": hours}
            for key, hours in zip(ids, allocations, strict=False)
        ]
        body = make_block(client_id, total_hours=total, services=services, allocation_policy=policy, **values)
        return callers("manager").post("/agreements", body)

    return post


def test_pooled_may_not_exceed(covered):
    answer = covered("10", ["7", "5"])

    assert answer.status_code == 422
    assert answer.json["errors"] == {"services": ["Total allocated hours (12) exceed agreement hours (10)"]}


def test_pooled_may_leave_a_pool(covered, callers):
    agreement = covered("10", ["5", "3"], activate=True).json

    use = callers("manager").get(f"/agreements/{agreement['id']}/utilisation").json
    assert use["hours_unallocated"] == "2.00"
    assert use["total_hours"] == "10.00"


@pytest.mark.parametrize("allocations", [["10", "15"], ["20", "15"]])
def test_strict_must_sum_to_the_total(covered, allocations):
    answer = covered("30", allocations, "strict")

    total = sum(map(int, allocations))
    assert answer.status_code == 422
    assert answer.json["errors"] == {"services": [f"Total allocated hours ({total}) ≠ Agreement hours (30)"]}


def test_strict_draft_may_be_distributed_later(covered, callers):
    manager = callers("manager")
    agreement = covered("30", [None, None], "strict")
    assert agreement.status_code == 201
    path = f"/agreements/{agreement.json['id']}"
    assert manager.post(f"{path}/activate").status_code == 422

    shared = manager.post(f"{path}/services/distribute").json

    assert [row["hours_allocated"] for row in shared["items"]] == ["15.00", "15.00"]
    assert manager.post(f"{path}/activate").status_code == 200


def test_strict_stops_at_a_services_own_hours(covered, callers, desk):
    agreement = covered("30", ["10", "20"], "strict", activate=True).json
    (first, _) = callers("manager").get(f"/agreements/{agreement['id']}/services").json["items"]
    order = desk.order(agreement["client_id"], agreement["id"])

    logged = desk.log(order, first["client_service_id"], "12").json

    assert (logged["covered_hours"], logged["overage_hours"]) == ("10.00", "2.00")


def test_pooled_draws_the_pool_with_a_warning_and_then_overage(covered, callers, desk):
    agreement = covered("10", ["5", "3"], activate=True).json
    (first, _) = callers("manager").get(f"/agreements/{agreement['id']}/services").json["items"]
    order = desk.order(agreement["client_id"], agreement["id"])

    logged = desk.log(order, first["client_service_id"], "8").json

    assert (logged["covered_hours"], logged["overage_hours"]) == ("7.00", "1.00")
    assert 'The hours of "Remote Support" are used up: 2 h come from the unallocated hours.' in logged["warnings"]
    (row, other) = callers("manager").get(f"/agreements/{agreement['id']}/services").json["items"]
    assert (row["hours_used"], row["hours_remaining"]) == ("7.00", "0.00")
    assert other["hours_remaining"] == "3.00"


def test_all_services_share_one_pool_when_nothing_is_allocated(world, callers, make_block, desk):
    client_id = world.client()
    remote, onsite = world.card(client_id, "Remote Support", "Onsite Support")
    agreement = callers("manager").post("/agreements", make_block(client_id, activate=True)).json
    order = desk.order(client_id, agreement["id"])

    first = desk.log(order, remote, "6").json
    second = desk.log(order, onsite, "6").json

    assert (first["covered_hours"], first["warnings"]) == ("6.00", [])
    assert (second["covered_hours"], second["overage_hours"], second["remaining_hours"]) == ("4.00", "2.00", "0.00")


def test_allocations_of_a_running_agreement_move_in_the_ledger(gold, callers, desk):
    manager = callers("manager")
    path = f"/agreements/{gold['id']}/services"
    rows = {row["name"]: row for row in manager.get(path).json["items"]}
    order = desk.order(gold["client_id"], gold["id"])
    desk.log(order, gold["rows"]["Emergency Support"], "4")

    too_low = manager.patch(f"{path}/{rows['Emergency Support']['id']}", {"hours_allocated": "3"})
    too_high = manager.patch(f"{path}/{rows['Emergency Support']['id']}", {"hours_allocated": "6"})
    lowered = manager.patch(f"{path}/{rows['Remote Support']['id']}", {"hours_allocated": "50"})

    assert too_low.status_code == 422
    assert list(too_low.json["errors"]) == ["hours_allocated"]
    assert too_high.json["errors"] == {"hours_allocated": ["Total allocated hours (101) exceed agreement hours (100)"]}
    assert lowered.json["hours_remaining"] == "50.00"
    after = manager.get(f"/agreements/{gold['id']}").json
    assert (after["hours_used"], after["hours_remaining"]) == ("4.00", "96.00"), "nothing but the shares moved"
    assert desk.log(order, gold["rows"]["Emergency Support"], "6").json["covered_hours"] == "6.00"


def test_hours_of_a_service_taken_off_go_to_the_pool(gold, callers, desk):
    manager = callers("manager")
    path = f"/agreements/{gold['id']}/services"
    rows = {row["name"]: row for row in manager.get(path).json["items"]}
    order = desk.order(gold["client_id"], gold["id"])
    logged = desk.log(order, gold["rows"]["Onsite Support"], "4").json

    assert manager.delete(f"{path}/{rows['Onsite Support']['id']}").status_code == 204
    use = manager.get(f"/agreements/{gold['id']}/utilisation").json
    assert use["hours_unallocated"] == "16.00"
    manager.delete(f"/work-orders/{order}/time-entries/{logged['id']}")

    use = manager.get(f"/agreements/{gold['id']}/utilisation").json
    assert (use["hours_unallocated"], use["hours_remaining"], use["hours_used"]) == ("20.00", "100.00", "0.00")


def test_allocations_belong_to_block_hours(world, callers):
    client_id = world.client()
    (remote,) = world.card(client_id, "Remote Support")
    body = {"client_id": str(client_id), "name": "T&M", "type": "time_and_materials", "start_date": "2025-10-01"}
    services = [{"client_service_id": str(remote), "hours_allocated": "5"}]

    answer = callers("manager").post("/agreements", {**body, "services": services})

    assert answer.status_code == 422
    assert answer.json["errors"] == {"services.0.hours_allocated": ["Only block hours agreements can allocate hours."]}


def test_use_is_shown_for_services_without_terms_of_their_own(world, callers, desk, make_block):
    client_id = world.client()
    remote, onsite = world.card(client_id, "Remote Support", "Onsite Support")
    manager = callers("manager")
    covered = [{"client_service_id": str(remote), "hours_allocated": "4"}]
    agreement = manager.post("/agreements", make_block(client_id, services=covered, activate=True)).json["id"]
    desk.log(desk.order(client_id, agreement), onsite, "2.5")

    use = manager.get(f"/agreements/{agreement}/utilisation").json["services"]

    assert [(row["name"], row["hours_allocated"], row["hours_used"]) for row in use] == [
        ("Remote Support", "4.00", "0.00"),
        ("Onsite Support", None, "2.50"),
    ]
