"""Agreements in the browser: finding them, their hours, their services and their status."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from common.testing.days import today
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


def test_what_a_list_shows_is_saved_and_opened_again(open_as, tag) -> None:
    page, name = open_as("ADMIN", "/agreements?status=active&sort=end_date"), f"Ending {tag}"
    page.get_by_role("button", name="Saved views").click()
    page.get_by_label("Save what is shown as").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"View saved: {name}")).to_be_visible()

    page.goto("/agreements")
    page.get_by_role("button", name="Saved views").click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_label("Status")).to_have_value("active")
    assert "sort=end_date" in page.url

    page.get_by_role("button", name="Saved views").click()
    page.get_by_role("button", name=f"Delete the view {name}").click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)


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


def test_a_technician_sees_hours_but_no_money_and_changes_nothing(
    open_as, admin: Api, system, client, agreement
) -> None:
    (technician,) = admin.get("/users", email=system.env["EVERGREEN_TECHNICIAN_EMAIL"])["items"]
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


def test_block_hours_are_put_together_in_steps(open_as, admin: Api, client) -> None:
    page = open_as("MANAGER", f"/agreements/new?client_id={client['id']}")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Enter a name.")).to_be_visible()
    page.get_by_role("textbox", name="Name").fill("Stepwise Support")
    page.get_by_role("combobox", name="Type").select_option("Block hours, prepaid")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Start").fill("2026-01-01")
    page.get_by_label("End", exact=True).fill("2026-12-31")
    page.get_by_label("Overage rate").fill("150")
    page.get_by_role("button", name="Continue").click()

    for service in ("Remote Support", "Project Work", "Consulting"):
        page.get_by_label(f"Cover {service}").check()
    expect(page.get_by_text("3 of ")).to_contain_text("services selected")
    support = page.get_by_role("listitem").filter(has=page.get_by_label("Cover Remote Support"))
    expect(support).to_contain_text("Using client rate of $125.00/hr")
    page.get_by_label("Agreement rate of Remote Support").fill("75")
    expect(support).to_contain_text("Using agreement rate of $75.00/hr")
    page.get_by_role("button", name="Continue").click()

    page.get_by_label("Included hours").fill("30")
    page.get_by_label("Allocation").select_option(label="Strict: a service uses only its own hours")
    page.get_by_label("Hours of Remote Support").fill("15")
    page.get_by_label("Hours of Project Work").fill("10")
    expect(page.get_by_text("Total allocated hours (25) ≠ Agreement hours (30)")).to_be_visible()
    page.get_by_role("button", name="Distribute equally").click()
    expect(page.get_by_label("Hours of Consulting")).to_have_value("10")
    page.get_by_label("Hours of Remote Support").fill("15")
    page.get_by_label("Hours of Consulting").fill("5")
    expect(page.get_by_text("17% of total")).to_be_visible()
    expect(page.get_by_text("Total hours allocated: 30 / 30")).to_be_visible()
    page.get_by_role("button", name="Continue").click()

    review = page.get_by_role("region", name="Covered services")
    expect(review).to_contain_text("Using agreement rate of $75.00/hr")
    expect(review).to_contain_text("10 h (33.3%)")
    page.get_by_role("button", name="Create and activate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stepwise Support")
    expect(page.get_by_text("30 of 30 hours left (100%)")).to_be_visible()
    (made,) = admin.get(f"/agreements?client_id={client['id']}")["items"]
    rows = admin.get(f"/agreements/{made['id']}/services")["items"]
    assert sorted(row["hours_allocated"] for row in rows) == ["10.00", "15.00", "5.00"]


def test_a_fixed_price_is_split_and_a_refusal_leads_to_its_step(open_as, admin: Api, client) -> None:
    page = open_as("ADMIN", f"/agreements/new?client_id={client['id']}")
    page.get_by_role("textbox", name="Name").fill("Flat Support")
    page.get_by_role("combobox", name="Type").select_option("Fixed price")
    page.get_by_role("button", name="2. Terms").click()
    page.get_by_label("Start").fill("2026-01-01")
    page.get_by_label("End", exact=True).fill("2026-12-31")
    page.get_by_label("Recurring amount").fill("1000")
    page.get_by_label("Frequency").select_option("Quarterly")
    page.get_by_role("button", name="3. Services").click()
    page.get_by_label("Cover Remote Support").check()
    page.get_by_role("button", name="4. Price by service").click()
    page.get_by_label("Part of the price of Remote Support").fill("1000.01")
    totals = page.get_by_role("region", name="Totals")
    expect(totals).to_contain_text("The services' parts (1000.01) exceed the recurring amount (1000.00).")
    page.get_by_label("Part of the price of Remote Support").fill("400")
    expect(totals).to_contain_text("$4,000.00 (4 periods)")
    expect(totals).to_contain_text("$600.00")
    page.get_by_role("button", name="2. Terms").click()
    page.get_by_label("Recurring amount").fill("")
    page.get_by_role("button", name="5. Review").click()
    page.get_by_role("button", name="Create draft").click()
    expect(page.get_by_role("button", name="2. Terms")).to_have_attribute("aria-current", "step")
    page.get_by_label("Recurring amount").fill("1000")
    page.get_by_role("button", name="5. Review").click()
    page.get_by_role("button", name="Create draft").click()
    expect(page.get_by_role("button", name="Activate agreement")).to_be_visible()
    (made,) = admin.get(f"/agreements?client_id={client['id']}")["items"]
    assert (made["status"], made["recurring_amount"], made["frequency"]) == ("draft", "1000.00", "quarterly")

    page.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Delete draft").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agreements")
    assert admin.get(f"/agreements?client_id={client['id']}")["total"] == 0


def test_an_edit_keeps_what_is_typed_when_somebody_else_saves_first(open_as, admin: Api, agreement) -> None:
    page = open_as("MANAGER", f"/agreements/{agreement['id']}/edit")
    expect(page.get_by_role("combobox", name="Type")).to_be_disabled()
    page.get_by_role("textbox", name="Name").fill("Renamed Support")
    page.get_by_role("button", name="3. Services").click()
    page.get_by_label("Cover Project Work").check()
    amendment = page.get_by_role("region", name="This amendment")
    expect(amendment.get_by_label("First day")).to_have_value(today().isoformat())
    page.get_by_role("button", name="Save").click()
    expect(amendment).to_contain_text("Enter why the terms change.")
    amendment.get_by_label("Reason").fill("Projects are part of it now")
    admin.patch(f"/agreements/{agreement['id']}", {"overage_rate": "160.00"})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Someone else changed this while you were editing")
    expect(page.get_by_label("Cover Project Work")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Renamed Support")
    saved = admin.get(f"/agreements/{agreement['id']}")
    assert (saved["name"], saved["overage_rate"]) == ("Renamed Support", "160.00")
    assert admin.get(f"/agreements/{agreement['id']}/services")["total"] == 3

    page.get_by_role("tab", name="History of terms").click()
    amendments = page.get_by_role("region", name="Amendments").get_by_role("listitem")
    expect(amendments.first).to_contain_text("Projects are part of it now")
    expect(amendments.first).to_contain_text("Project Work added")
    on_day = page.get_by_role("region", name="Terms on a day")
    expect(on_day).to_contain_text("These terms apply since")
    on_day.get_by_label("Day").fill(saved["start_date"])
    expect(on_day).to_contain_text("have been replaced")
    expect(on_day).to_contain_text("$150.00/hr")
    expect(on_day).not_to_contain_text("Project Work")


def test_a_clone_starts_with_the_terms_of_the_other(open_as, admin: Api, client, agreement) -> None:
    page = open_as("MANAGER", f"/agreements/{agreement['id']}")
    page.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Make default agreement").click()
    expect(page.get_by_text("Default", exact=True)).to_be_visible()
    assert admin.get(f"/agreements/{agreement['id']}")["is_default"]
    page.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Clone agreement").click()
    expect(page.get_by_role("textbox", name="Name")).to_have_value(f"Copy of {agreement['name']}")
    page.get_by_role("button", name="5. Review").click()
    expect(page.get_by_role("region", name="Covered services")).to_contain_text("15 h (50%)")
    page.get_by_role("button", name="Create draft").click()
    expect(page.get_by_role("button", name="Activate agreement")).to_be_visible()
    (copy,) = admin.get(f"/agreements?client_id={client['id']}&status=draft")["items"]
    assert (copy["total_hours"], copy["overage_rate"], copy["end_date"]) == ("30.00", "150.00", None)
    rows = admin.get(f"/agreements/{copy['id']}/services")["items"]
    assert [(row["hours_allocated"], row["custom_rate"]) for row in rows] == [("15.00", "75.00"), ("10.00", None)]


def test_the_next_term_is_drafted_and_leads_back(open_as, admin: Api, client) -> None:
    body = {"client_id": client["id"], "name": f"Fixed {client['name']}", "type": "fixed_price", "frequency": "monthly"}
    body |= {"recurring_amount": "900.00", "start_date": "2026-01-01", "end_date": "2026-12-31", "activate": True}
    ending = admin.post("/agreements", body)
    page = open_as("ADMIN", f"/agreements/{ending['id']}")
    expect(fact(page, "Renews automatically")).to_have_text("No")
    page.get_by_role("button", name=f"Actions for {ending['name']}").click()
    page.get_by_role("menuitem", name="Draft next term").click()
    expect(fact(page, "Renewal of")).to_be_visible()
    expect(fact(page, "Start")).to_have_text("Jan 1, 2027")
    expect(fact(page, "End")).to_have_text("Dec 31, 2027")
    fact(page, "Renewal of").get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/agreements/{ending['id']}$"))


def test_a_renewal_is_decided_in_the_queue(open_as, admin: Api, client) -> None:
    ends = today() + timedelta(days=20)
    body = {"client_id": client["id"], "name": f"Care {client['name']}", "type": "time_and_materials"}
    body |= {"start_date": "2025-01-01", "end_date": ends.isoformat(), "auto_renew": True, "activate": True}
    made = admin.post("/agreements", body | {"confirm": True})
    page = open_as("MANAGER", "/agreements")
    page.get_by_role("link", name="Renewal decisions").click()
    page.get_by_label("Search by number, name or reference").fill(made["number"])
    row = page.get_by_role("table", name="Renewal decisions").locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("10 days overdue")
    row.get_by_role("button", name=f"Decide about {made['name']}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Renegotiate").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Say what is to be renegotiated.")).to_be_visible()
    dialog.get_by_label("Let it end").check()
    dialog.get_by_label("Note").fill("They move to another provider")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(row).to_have_count(0)

    page.get_by_label("State").select_option(label="Decided")
    expect(row).to_contain_text("Let it end")
    row.get_by_role("link", name=made["name"]).click()
    expect(fact(page, "Renews automatically")).to_have_text("No")
    expect(fact(page, "Notice")).to_have_text("30 days")
