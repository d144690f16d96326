"""Covered hours reduce the service's allocation and the total."""


def test_three_hours_of_remote_support(gold, callers, desk, emitted):
    manager = callers("manager")
    order = desk.order(gold["client_id"], gold["id"])

    logged = desk.log(order, gold["rows"]["Remote Support"], "3")

    assert logged.status_code == 201, logged.json
    expected = {"covered_hours": "3.00", "overage_hours": "0.00", "billable_hours": "0.00", "remaining_hours": "97.00"}
    assert {name: logged.json[name] for name in expected} == expected
    agreement = manager.get(f"/agreements/{gold['id']}").json
    assert (agreement["hours_used"], agreement["hours_remaining"], agreement["hours_overage"]) == (
        "3.00",
        "97.00",
        "0.00",
    )
    assert (agreement["remaining_percent"], agreement["remaining_level"]) == ("97.00", "green")
    services = {row["name"]: row for row in manager.get(f"/agreements/{gold['id']}/services").json["items"]}
    remote = services["Remote Support"]
    assert (remote["hours_allocated"], remote["hours_used"], remote["hours_remaining"]) == ("60.00", "3.00", "57.00")
    assert services["Onsite Support"]["hours_remaining"] == "20.00"
    (event,) = emitted("agreements.time.logged.v1")
    assert event.data["covered_hours"] == "3.00"
    assert event.data["overage"] is False


def test_own_hours_then_overage(gold, callers, desk):
    """All 100 hours are allocated, so there is no pool."""
    order = desk.order(gold["client_id"], gold["id"])

    logged = desk.log(order, gold["rows"]["Emergency Support"], "8").json

    assert (logged["covered_hours"], logged["overage_hours"], logged["billable_hours"]) == ("5.00", "3.00", "3.00")
    assert "3 h exceed the hours of AGR-0001 and are billed as overage." in logged["warnings"]
    agreement = callers("manager").get(f"/agreements/{gold['id']}").json
    assert (agreement["hours_used"], agreement["hours_overage"], agreement["hours_remaining"]) == (
        "5.00",
        "3.00",
        "95.00",
    )
