"""Hours are drawn in the order of the days worked, or in that of logging. Invoiced time keeps its split."""

import pytest


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def scene(world, manager, make_block, desk):
    """Activates ten prepaid hours. `log(hours, day)` and `split()` use one order and one service."""
    client_id = world.client()
    (service,) = world.card(client_id, "Remote Support")

    class Scene:
        def __init__(self, **values):
            body = make_block(client_id, activate=True, **values)
            self.agreement = manager.post("/agreements", body).json
            self.path = f"/agreements/{self.agreement['id']}"
            self.order = desk.order(client_id, self.agreement["id"])

        def log(self, hours, day):
            answer = desk.log(self.order, service, hours, f"2025-11-{day:02}", technician_name=f"T {hours} {day}")
            assert answer.status_code == 201, answer.json
            return answer.json

        def at(self, entry):
            return f"/work-orders/{self.order}/time-entries/{entry['id']}"

        def preview(self, hours, day):
            body = {"service_id": str(service), "hours": hours, "worked_on": f"2025-11-{day:02}"}
            return manager.post(f"/work-orders/{self.order}/time-entries/preview", body).json

        def split(self):
            items = manager.get(f"/work-orders/{self.order}/time-entries?sort=worked_on").json["items"]
            return [(int(one["worked_on"][-2:]), one["covered_hours"], one["billable_hours"]) for one in items]

        def left(self):
            found = manager.get(self.path).json
            return found["hours_used"], found["hours_remaining"], found["hours_overage"]

    return Scene


def shown(changes):
    names = ("covered_hours", "new_covered_hours", "billable_hours", "new_billable_hours")
    return [(int(one["worked_on"][-2:]), *(one[name] for name in names)) for one in changes]


def test_late_time_draws_before_later_work(scene, emitted):
    block = scene()
    block.log("8", 10)
    block.log("5", 11)
    before = len(emitted())

    preview = block.preview("4", 9)
    assert block.log("4", 9)["covered_hours"] == "4.00"

    assert block.split() == [(9, "4.00", "0.00"), (10, "6.00", "2.00"), (11, "0.00", "5.00")]
    assert shown(preview["changes"]) == [(10, "8.00", "6.00", "0.00", "2.00"), (11, "2.00", "0.00", "3.00", "5.00")]
    assert (preview["covered_hours"], preview["remaining_hours"]) == ("4.00", "0.00")
    assert block.left() == ("10.00", "0.00", "7.00")
    told = [(event.type.split(".")[2], event.data["billable_hours"]) for event in emitted()[before:]]
    assert told == [("corrected", "2.00"), ("corrected", "5.00"), ("logged", "0.00")]


def test_the_last_work_of_a_period_changes_nothing_else(scene, manager, emitted):
    block = scene()
    block.log("8", 10)
    before = manager.get(f"{block.path}/hours").json["total"]

    assert block.preview("1", 10)["changes"] == []
    block.log("1", 10)

    assert manager.get(f"{block.path}/hours").json["total"] == before + 1
    assert emitted("agreements.time.corrected.v1") == []


def test_the_reason_of_a_changed_split_changes_with_it(scene, manager):
    block = scene()
    entry = block.log("8", 10)
    block.log("4", 9)

    (check,) = [one for one in manager.get(block.at(entry)).json["coverage_checks"] if one["check"] == "hours"]

    assert check == {"check": "hours", "met": False, "detail": "2 h exceed the hours that are left."}


def test_deleted_time_returns_its_hours_to_later_work(scene, manager):
    block = scene()
    first = block.log("8", 10)
    block.log("5", 11)

    preview = manager.get(f"{block.at(first)}/deletion-preview").json["items"]
    assert manager.delete(block.at(first)).status_code == 204

    assert shown(preview) == [(11, "2.00", "5.00", "3.00", "0.00")]
    assert block.split() == [(11, "5.00", "0.00")]
    assert block.left() == ("5.00", "5.00", "0.00")


def test_a_correction_is_previewed_with_its_effects(scene, manager):
    block = scene()
    first = block.log("8", 10)
    block.log("5", 11)

    body = {"hours": "9", "worked_on": "2025-11-12"}
    preview = manager.post(f"{block.at(first)}/preview", body).json
    assert block.split() == [(10, "8.00", "0.00"), (11, "2.00", "3.00")], "nothing is stored"
    manager.patch(block.at(first), body)

    assert (preview["covered_hours"], preview["billable_hours"]) == ("5.00", "4.00")
    assert shown(preview["changes"]) == [(11, "2.00", "5.00", "3.00", "0.00")]
    assert block.split() == [(11, "5.00", "0.00"), (12, "5.00", "4.00")]


def test_invoiced_time_keeps_its_split_until_the_invoice_is_void(scene, world, manager):
    block = scene()
    invoiced = block.log("8", 10)
    invoice = world.invoice([invoiced["id"]])

    assert block.log("4", 9)["covered_hours"] == "2.00"
    assert block.split() == [(9, "2.00", "2.00"), (10, "8.00", "0.00")]
    assert manager.post(f"{block.at(invoiced)}/preview", {"hours": "1"}).status_code == 409

    world.invoice([invoiced["id"]], id=invoice, kind="voided", version=3)
    assert block.split() == [(9, "4.00", "0.00"), (10, "6.00", "2.00")]


def test_hours_that_are_added_cover_what_exceeded_the_block(scene, manager):
    block = scene()
    block.log("8", 10)
    block.log("5", 11)

    manager.post(f"{block.path}/hours", {"hours": "2", "note": "Bought"})
    assert block.split() == [(10, "8.00", "0.00"), (11, "4.00", "1.00")]
    manager.post(f"{block.path}/hours", {"hours": "3", "note": "Bought"})
    assert block.left() == ("13.00", "2.00", "0.00")
    refused = manager.post(f"{block.path}/hours", {"kind": "adjustment", "hours": "-3", "note": "Not paid"})
    assert refused.json["errors"] == {"hours": ["Only 2 hours are left. Remove at most that many."]}


def test_in_the_order_of_logging_only_the_entry_itself_moves(scene, manager):
    block = scene(draw_order="logged")
    first = block.log("8", 10)
    block.log("5", 11)

    preview = block.preview("4", 9)
    assert (preview["changes"], block.log("4", 9)["covered_hours"]) == ([], "0.00")
    manager.delete(block.at(first))
    manager.post(f"{block.path}/hours", {"hours": "2"})
    assert block.split() == [(9, "0.00", "4.00"), (11, "2.00", "3.00")]

    changed = manager.patch(block.path, {"draw_order": "worked_on"})
    assert changed.status_code == 200, changed.json
    assert block.split() == [(9, "4.00", "0.00"), (11, "5.00", "0.00")]


def test_unused_hours_of_a_month_reach_later_months_only_by_rollover(scene):
    monthly = {"type": "block_hours_monthly", "total_hours": "5", "start_date": "2025-10-15"}
    lost, kept = scene(**monthly), scene(**monthly, rollover="unlimited")
    for block in (lost, kept):
        block.log("7", 20)
        block.log("2", 14)
    assert lost.split() == [(14, "2.00", "0.00"), (20, "5.00", "2.00")]
    assert kept.split() == [(14, "2.00", "0.00"), (20, "7.00", "0.00")]

    assert lost.preview("3", 13)["changes"] == []
    assert shown(kept.preview("4", 13)["changes"]) == [
        (14, "2.00", "1.00", "0.00", "1.00"),
        (20, "7.00", "5.00", "0.00", "2.00"),
    ]
