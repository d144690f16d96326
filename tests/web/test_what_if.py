"""Trying other terms for a client's time, and creating an agreement from them."""

from datetime import timedelta

from playwright.sync_api import expect

from common.testing.days import today
from local.api import Api


def test_proposed_terms_become_an_agreement(open_as, admin: Api, client) -> None:
    last_month = today().replace(day=1) - timedelta(days=10)
    cards = admin.get(f"/clients/{client['id']}/services?page_size=100")["items"]
    remote = next(row for row in cards if row["name"] == "Remote Support")
    order = admin.post("/work-orders", {"client_id": client["id"], "subject": "What if", "service_id": remote["id"]})
    time = {"service_id": remote["id"], "hours": "8", "worked_on": last_month.isoformat(), "confirm": True}
    admin.post(f"/work-orders/{order['id']}/time-entries", time)

    page = open_as("MANAGER", f"/clients/{client['id']}?tab=agreements")
    page.get_by_role("link", name="What if").click()
    result = page.get_by_role("region", name="Cost under these terms")
    expect(result).to_contain_text("$1,000.00")
    expect(result).to_contain_text("No difference")
    fit = page.get_by_role("region", name="Best fit")
    fit.get_by_label("Discount on committed hours").fill("20")
    expect(fit.get_by_role("row", name="Fixed price")).to_contain_text("$200.00 less")
    fit.get_by_role("button", name="Try the terms of Block hours, monthly").click()
    expect(result).to_contain_text("Difference")
    expect(page.get_by_role("region", name="Months")).to_contain_text("Hours left")
    page.get_by_label("Recurring amount").fill("1200")
    expect(result).to_contain_text("$200.00 more")
    page.get_by_label("Time", exact=True).select_option(label="Project the coming months")
    page.get_by_role("combobox", name="Months").select_option("3")
    expect(result).to_contain_text("$3,600.00")
    expect(result).to_contain_text("$600.00 more")
    page.get_by_role("button", name="Create agreement from this").click()

    expect(page.get_by_role("textbox", name="Name")).to_have_value("Block hours, monthly")
    page.get_by_role("button", name="5. Review").click()
    page.get_by_role("button", name="Create draft").click()
    expect(page.get_by_role("button", name="Activate agreement")).to_be_visible()
    (made,) = admin.get(f"/agreements?client_id={client['id']}")["items"]
    assert (made["type"], made["total_hours"], made["recurring_amount"]) == ("block_hours_monthly", "8.00", "1200.00")
