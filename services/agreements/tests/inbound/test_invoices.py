"""Invoice marks are correct in any order of events."""

import pytest

from common.ids import new_id


@pytest.fixture
def entry(gold, desk, callers):
    logged = desk.log(desk.order(gold["client_id"]), gold["rows"]["Remote Support"], "1").json
    path = f"/work-orders/{logged['work_order_id']}/time-entries/{logged['id']}"
    return logged, lambda: callers("manager").get(path).json


def test_a_void_overtaking_the_issue_leaves_no_mark(entry, world):
    logged, get = entry
    invoice = world.invoice([logged["id"]], kind="voided", version=3)
    world.invoice([logged["id"]], id=invoice, version=2)

    assert get()["invoice_id"] is None


def test_a_void_leaves_the_mark_of_the_next_invoice(entry, world):
    logged, get = entry
    first = world.invoice([logged["id"]], number="INV-2025-001")
    second = world.invoice([logged["id"]], number="INV-2025-002")
    world.invoice([logged["id"]], id=first, kind="voided", version=3)

    assert (get()["invoice_id"], get()["invoice_number"]) == (str(second), "INV-2025-002")


def test_marks_do_not_touch_the_entrys_version(entry, world):
    logged, get = entry
    world.invoice([logged["id"], str(new_id())])

    assert get()["version"] == logged["version"]
