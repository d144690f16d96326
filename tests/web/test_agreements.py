"""Agreements in the browser: finding them, their hours, their services and their status."""

from typing import Any

from playwright.sync_api import Page, expect

from local.api import Api
from local.importer.waiting import until


def fact(page: Page, name: str) -> Any:
    return page.locator("dl > div").filter(has=page.locator("dt", has_text=name)).locator("dd").first


def test_an_agreement_is_found_and_its_figures_lead_to_the_list(open_as, agreement) -> None:
    page = open_as("ADMIN", "/agreements")
    active = page.get_by_role("region", name="Agreements at a glance").locator("div", has_text="Active").first
    active.get_by_role("link").click()
    expect(page.get_by_label("Status")).to_have_value("active")
    page.get_by_label("Search by number, name or reference").fill(agreement["number"])
    row = page.get_by_role("table", name="Agreements").locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("30 h left (100%)")
    assert "status=active" in page.url
    row.get_by_role("link", name=agreement["name"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(agreement["name"])
    expect(page.get_by_text("30 of 30 hours left (100%)")).to_be_visible()
    expect(fact(page, "Overage rate")).to_have_text("$150.00/hr")

    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search").fill(agreement["number"])
    expect(page.get_by_role("option", name=agreement["number"])).to_be_visible()


def test_covered_services_stand_beside_the_others(open_as, agreement) -> None:
    page = open_as("ADMIN", f"/agreements/{agreement['id']}?tab=services")
    covered = page.get_by_role("region", name="Covered services")
    expect(covered).to_contain_text("Using agreement rate of $75.00/hr")
    expect(covered).to_contain_text("Using client rate of $200.00/hr")
    expect(covered).to_contain_text("15 h (50%)")
    others = page.get_by_role("region", name="Not covered")
    expect(others).to_contain_text("Onsite Support")
    expect(others).not_to_contain_text("Remote Support")


def test_hours_are_added_and_adjusted_with_a_reason(open_as, admin: Api, agreement) -> None:
    page = open_as("MANAGER", f"/agreements/{agreement['id']}?tab=hours")
    page.get_by_role("button", name="Add hours").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Hours").fill("10")
    dialog.get_by_label("Note").fill("Bought with PO 4711")
    dialog.get_by_role("button", name="Add hours").click()
    ledger = page.get_by_role("table", name="Hour ledger")
    expect(ledger).to_contain_text("Bought with PO 4711")

    page.get_by_role("button", name="Adjust hours").click()
    dialog.get_by_label("Hours").fill("-2.5")
    dialog.get_by_role("button", name="Adjust hours").click()
    expect(dialog.get_by_text("Enter a reason for the adjustment.")).to_be_visible()
    dialog.get_by_label("Reason").fill("Counted twice in October")
    dialog.get_by_role("button", name="Adjust hours").click()
    expect(ledger).to_contain_text("−2.5")
    assert admin.get(f"/agreements/{agreement['id']}")["hours_remaining"] == "37.50"


def test_the_reason_of_a_suspension_is_kept(open_as, admin: Api, agreement) -> None:
    page = open_as("MANAGER", f"/agreements/{agreement['id']}")
    page.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Suspend agreement").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Suspend agreement").click()
    expect(dialog.get_by_text("Enter a reason.")).to_be_visible()
    dialog.get_by_label("Reason").fill("Two invoices are unpaid")
    dialog.get_by_role("button", name="Suspend agreement").click()
    expect(fact(page, "Reason")).to_have_text("Two invoices are unpaid")

    path = f"/agreements/{agreement['id']}/activity"
    assert until(lambda: "Two invoices are unpaid" in admin.get(path)["items"][0]["summary"])
    page.get_by_role("tab", name="Activity").click()
    expect(page.get_by_text("was suspended: Two invoices are unpaid")).to_be_visible()
    page.get_by_role("button", name="Resume agreement").click()
    page.get_by_role("dialog").get_by_role("button", name="Resume agreement").click()
    expect(page.get_by_text("Active", exact=True)).to_be_visible()


def test_a_technician_sees_hours_but_no_money_and_changes_nothing(open_as, admin: Api, client, agreement) -> None:
    technician = next(user for user in admin.get("/users?page_size=100")["items"] if user["role"] == "technician")
    admin.post(f"/clients/{client['id']}/technicians", {"user_id": technician["id"]})
    assert until(lambda: admin.get(f"/clients/{client['id']}/technicians")["total"] > 0)
    page = open_as("TECHNICIAN", f"/clients/{client['id']}?tab=agreements")
    page.get_by_role("link", name=agreement["name"]).click()
    expect(page.get_by_text("30 of 30 hours left (100%)")).to_be_visible()
    expect(page.get_by_text("Overage rate")).to_have_count(0)
    expect(page.get_by_role("button", name="Actions for")).to_have_count(0)
    page.get_by_role("tab", name="Services").click()
    expect(page.get_by_role("region", name="Covered services")).to_contain_text("Consulting")
    assert "$" not in page.locator("main").inner_text()
