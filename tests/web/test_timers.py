"""Timers in the browser: started on an order, seen everywhere, logged by the time dialog."""

import re

from playwright.sync_api import expect


def test_a_timer_survives_a_reload_and_becomes_an_entry(open_as, order) -> None:
    page = open_as("ADMIN", f"/work-orders/{order['id']}")
    page.get_by_role("button", name="Start timer").click()
    header = page.get_by_role("button", name=re.compile("^Show your"))
    expect(header).to_have_text(re.compile(r"0:00:\d\d"))
    expect(page.get_by_role("button", name="Start timer")).to_have_count(0)

    page.reload()
    header.click()
    page.get_by_role("button", name=f"Pause the timer on {order['subject']}").click()
    expect(page.get_by_role("button", name=f"Resume the timer on {order['subject']}")).to_be_visible()
    page.get_by_role("button", name=f"Stop and log the timer on {order['subject']}").click()
    dialog = page.get_by_role("dialog", name="Log time")
    expect(dialog.get_by_label("Hours")).to_have_value("0.01")
    dialog.get_by_role("combobox", name="Service").fill("Remote")
    page.get_by_role("option", name="Remote Support").click()
    dialog.get_by_label("Note").fill("Timed")
    dialog.get_by_role("button", name="Log time").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("group", name="Time").get_by_role("row").filter(has_text="Timed")
    expect(row).to_contain_text("0.01")
    expect(page.get_by_role("button", name="Start timer")).to_be_visible()
