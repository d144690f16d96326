"""Tasks in the browser: what runs and ran, with its progress."""

import re
from typing import Any

from playwright.sync_api import expect

LONG_AGO = "2001-01-31"


def test_an_invoice_run_is_among_the_tasks(open_as, admin: Any) -> None:
    run = admin.post("/invoice-runs", {"as_of": LONG_AGO, "dry_run": True})
    assert run["status"] == "succeeded"
    page = open_as("ADMIN", "/tasks?status=succeeded")

    row = page.get_by_role("row", name=re.compile("Invoice run")).first
    expect(row).to_contain_text("Finished")
    assert admin.get(f"/tasks/{run['run_id']}")["result"]["counts"] == run["counts"]


def test_only_administrators_see_the_page(open_as) -> None:
    page = open_as("TECHNICIAN", "/")
    expect(page.get_by_role("navigation").first).to_be_visible()
    expect(page.get_by_role("link", name="Tasks")).to_have_count(0)
