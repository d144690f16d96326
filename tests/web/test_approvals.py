"""The approval of time in the browser."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import expect

from local.api import Api
from local.importer.waiting import until
from local.testing import named, sign_in

pytestmark = pytest.mark.runs_alone  # the setting makes all new time wait

Log = Callable[[], dict[str, Any]]


@pytest.fixture
def log(admin: Api, order: dict[str, Any]) -> Log:
    """Returns a function that logs a minute on the order."""
    path, number = f"/work-orders/{order['id']}/time-entries", count(1)
    body = {"hours": "0.02", "worked_on": "2025-11-03", "billable": False, "technician_name": named("Dana")}
    return lambda: admin.post(path, {**body, "note": f"Entry {next(number)}."})


@pytest.fixture
def waiting(system, log: Log) -> dict[str, Any]:
    """Returns an entry that waits for approval, logged while the setting was on."""
    top = sign_in(system, "SUPER_ADMIN")
    top.patch("/settings", {"approve_time": True})
    entries: list[dict[str, Any]] = []

    def logged(state: str | None) -> bool:
        entries.append(log())
        return entries[-1]["approval"] == state

    try:
        assert until(lambda: logged("pending"))
        entry = entries[-1]
    finally:
        top.patch("/settings", {"approve_time": False})
        assert until(lambda: logged(None))
    return entry


def test_time_is_returned_with_a_reason_and_approved(open_as, admin: Api, order, waiting) -> None:
    page = open_as("ADMIN", f"/time/approvals?client_id={order['client_id']}")
    row = page.get_by_role("row").filter(has_text=waiting["note"])
    expect(row).to_contain_text("Waits for approval")
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Return").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Return").click()
    expect(dialog).to_contain_text("Say what to correct.")
    dialog.get_by_label("Reason").fill("Which server?")
    dialog.get_by_role("button", name="Return").click()
    expect(dialog).to_be_hidden()
    expect(row).to_have_count(0)

    page.goto(f"/work-orders/{order['id']}")
    expect(page.get_by_role("group", name="Time")).to_contain_text("Returned: Which server?")
    page.goto(f"/time/approvals?client_id={order['client_id']}&approval=returned")
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Approve").click()
    expect(row).to_have_count(0)
    entry = admin.get(f"/work-orders/{order['id']}/time-entries/{waiting['id']}")
    assert entry["approval"] == "approved"
