"""The catalog in the browser: services, categories, taxes, service sets and bundles."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.api import Api
from local.importer.waiting import until
from local.testing import named

pytestmark = pytest.mark.runs_alone  # a new client gets every service, so none would stay unused


@pytest.fixture
def service(admin: Api) -> dict[str, Any]:
    body = {"name": named("Firewall Care"), "description": "Rules and updates", "default_rate": "90.00"}
    made: dict[str, Any] = admin.post("/services", body)
    return made


def row_of(page: Page, name: str) -> Any:
    return page.get_by_role("row").filter(has=page.get_by_text(name, exact=True))


def menu(page: Page, name: str, item: str) -> None:
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("menuitem", name=item).click()


def test_a_service_is_added_and_errors_appear_at_their_fields(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", "/catalog")
    page.get_by_role("link", name="New service").click()
    page.get_by_label("Name", exact=False).first.fill(service["name"].upper())
    page.get_by_label("Description").fill("Another one")
    page.get_by_label("Default rate").fill("0")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Enter an amount above zero.")).to_be_visible()
    expect(page.get_by_label("Default rate")).to_be_focused()

    page.get_by_label("Default rate").fill("80")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Another service is already named")).to_be_visible()

    name = named("Switch Care")
    page.get_by_label("Name", exact=False).first.fill(name)
    page.get_by_role("combobox", name="Category").fill("Network care")
    page.get_by_role("textbox", name="Internal notes").fill("Ask Ada first")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_text("$80.00/hr")).to_be_visible()
    stored = admin.get("/services", q=name)["items"][0]
    assert (stored["category"], stored["internal_notes"]) == ("Network care", "Ask Ada first")


def test_editing_a_rate_warns_and_its_past_is_kept(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", f"/catalog/{service['id']}/edit")
    warning = page.get_by_text("Editing rate affects future invoices, not historical ones")
    expect(page.get_by_label("Default rate")).to_have_value("90.00")
    expect(warning).to_be_hidden()
    page.get_by_label("Default rate").fill("95")
    expect(warning).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("$95.00/hr").first).to_be_visible()

    page.get_by_role("tab", name="Prices").click()
    history = page.get_by_role("group", name="Rate history")
    expect(history.get_by_role("row").nth(1)).to_contain_text("$95.00/hr")
    expect(history.get_by_role("row").nth(1)).to_contain_text("$90.00/hr")
    assert until(lambda: admin.get(f"/services/{service['id']}/activity")["total"] >= 2)
    page.get_by_role("tab", name="Activity").click()
    expect(page.get_by_role("listitem").filter(has_text="created")).to_be_visible()


def test_a_rate_is_changed_in_the_list(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", f"/catalog?q={service['name'].replace(' ', '+')}")
    page.get_by_role("button", name=f"Edit the default rate of {service['name']}").click()
    field = page.get_by_label(f"New default rate for {service['name']}")
    field.fill("-5")
    expect(page.get_by_text("Enter an amount above zero.")).to_be_visible()
    field.fill("99.50")
    field.press("Enter")
    expect(page.get_by_text(f"{service['name']} is now $99.50/hr")).to_be_visible()
    assert admin.get(f"/services/{service['id']}")["default_rate"] == "99.50"


def test_a_stale_rate_is_refused_and_the_newest_shown(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", f"/catalog?q={service['name'].replace(' ', '+')}")
    expect(row_of(page, service["name"])).to_contain_text("$90.00/hr")
    admin.patch(f"/services/{service['id']}", {"default_rate": "91.00"})
    page.get_by_role("button", name=f"Edit the default rate of {service['name']}").click()
    page.get_by_label("New default rate").fill("70")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Someone else changed this while you were editing")).to_be_visible()
    expect(row_of(page, service["name"])).to_contain_text("$91.00/hr")


def test_selected_services_are_archived_at_once_and_brought_back(open_as, admin: Api, service) -> None:
    twin = admin.post(f"/services/{service['id']}/clone", {"name": f"{service['name']} Plus", "default_rate": "100.00"})
    page = open_as("ADMIN", f"/catalog?q={service['name'].replace(' ', '+')}")
    page.get_by_label("Select all rows shown").check()
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(page.get_by_text("Archived: 2")).to_be_visible()
    for name in (service["name"], twin["name"]):
        expect(row_of(page, name)).to_contain_text("Archived")
    page.get_by_role("button", name="Undo").click()
    expect(row_of(page, twin["name"])).to_contain_text("Active")
    assert admin.get(f"/services/{service['id']}")["status"] == "active"


def test_a_clone_has_a_name_and_a_rate_of_its_own(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", f"/catalog/{service['id']}")
    menu(page, service["name"], "Clone")
    dialog = page.get_by_role("dialog")
    name = named("Firewall Care Deluxe")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Default rate").fill("140")
    dialog.get_by_role("button", name="Clone").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert admin.get("/services", q=name)["items"][0]["description"] == service["description"]


def test_a_service_in_use_cannot_be_deleted_but_archived(open_as, admin: Api, client) -> None:
    used = next(one for one in admin.get("/services", q="Project Work")["items"] if one["name"] == "Project Work")
    page = open_as("ADMIN", f"/catalog/{used['id']}")
    menu(page, "Project Work", "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    refused = page.get_by_role("dialog", name="Project Work cannot be deleted")
    expect(refused).to_contain_text("in use by")
    expect(refused.get_by_role("button", name="Archive instead")).to_be_visible()
    page.keyboard.press("Escape")
    assert admin.get(f"/services/{used['id']}")["status"] == "active"


def test_an_unused_service_is_deleted(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", f"/catalog/{service['id']}")
    menu(page, service["name"], "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text(f"Deleted {service['name']}")).to_be_visible()
    expect(page).to_have_url(re.compile("/catalog$"))
    assert admin.get("/services", q=service["name"])["total"] == 0


def test_a_usage_price_is_tried_while_its_tiers_are_typed(open_as, admin: Api) -> None:
    page = open_as("ADMIN", "/catalog/new")
    name = named("Archive Storage")
    page.get_by_label("Name", exact=False).first.fill(name)
    page.get_by_label("Description").fill("By the gigabyte")
    page.get_by_text("Usage", exact=True).click()
    page.get_by_text("Graduated", exact=True).click()
    page.get_by_label("Up to, tier 1").fill("100")
    page.get_by_label("Unit price, tier 1").fill("0.10")
    page.get_by_label("Unit price, tier 2").fill("0.05")
    page.get_by_label("Quantity").fill("300")
    expect(page.get_by_text("$20.00", exact=True)).to_be_visible()
    page.get_by_label("Unit price, tier 2").fill("0.08")
    expect(page.get_by_text("$26.00", exact=True)).to_be_visible()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    stored = admin.get("/services", q=name)["items"][0]
    assert stored["price_model"]["model"] == "graduated"
    assert [tier["up_to"] for tier in stored["price_model"]["tiers"]] == ["100.00", None]


def test_a_plan_carries_its_checklist_and_its_defaults(open_as, admin: Api) -> None:
    page = open_as("ADMIN", "/catalog/new")
    name = named("Team Mail")
    page.get_by_label("Name", exact=False).first.fill(name)
    page.get_by_label("Description").fill("Mailboxes")
    page.get_by_text("Recurring", exact=True).click()
    expect(page.get_by_label("Unit", exact=False).first).to_have_value("Month")
    page.get_by_label("Default rate").fill("12")
    page.get_by_label("Billing cycle").select_option("monthly")
    page.get_by_label("Contract term (months)").fill("12")
    page.get_by_label("Subscription category").select_option("email")
    page.get_by_label("Provider").select_option("zoho")
    page.get_by_label("Users").fill("five")
    for step, text in enumerate(("Create mailboxes", "Move old mail"), 1):
        page.get_by_role("button", name="Add a step").click()
        page.get_by_label(f"Step {step}", exact=True).fill(text)
    page.get_by_label("Step 2 is required").uncheck()
    page.get_by_role("button", name="Move step 2 up").click()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Must be a whole number")).to_be_visible()
    page.get_by_label("Users").fill("5")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    stored = admin.get("/services", q=name)["items"][0]
    assert stored["attribute_defaults"] == {"provider": "zoho", "user_count": 5}
    steps = [(step["name"], step["required"]) for step in stored["provisioning_checklist"]]
    assert steps == [("Move old mail", False), ("Create mailboxes", True)]


def test_a_price_is_scheduled_and_taken_back(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", f"/catalog/{service['id']}?tab=prices")
    page.get_by_role("button", name="New price").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Default rate").fill("97")
    dialog.get_by_label("Valid from").fill("2099-01-01")
    dialog.get_by_role("button", name="Create").click()
    row = page.get_by_role("row").filter(has_text="Scheduled")
    expect(row).to_contain_text("$97.00/hr")
    expect(row).to_contain_text("Jan 1, 2099")
    assert admin.get(f"/services/{service['id']}")["next_price"]["default_rate"] == "97.00"
    menu(page, "USD Jan 1, 2099", "Cancel price")
    expect(page.get_by_text(f"Canceled the scheduled price of {service['name']}")).to_be_visible()
    assert admin.get(f"/services/{service['id']}")["next_price"] is None


def test_a_further_currency_has_a_price_of_its_own(open_as, admin: Api, service) -> None:
    # the form offers the browser's date, which in UTC may be tomorrow for the MSP
    page = open_as("ADMIN", f"/catalog/{service['id']}?tab=prices", timezone_id="America/New_York")
    page.get_by_role("button", name="New price").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Currency").select_option("KYD")
    dialog.get_by_label("Default rate (KYD)").fill("75")
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("row").filter(has_text="$75.00 KYD/hr").first).to_contain_text("Current")
    assert [price["currency"] for price in admin.get(f"/services/{service['id']}")["prices"]].count("KYD") == 1


def test_the_service_page_names_its_clients(open_as, admin: Api, client) -> None:
    used = next(one for one in admin.get("/services", q="Remote Support")["items"] if one["name"] == "Remote Support")
    page = open_as("ADMIN", f"/catalog/{used['id']}?tab=clients&q={client['name'].replace(' ', '+')}")
    row = row_of(page, client["name"])
    expect(row).to_contain_text("Default Rate")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(client["name"])


def test_a_category_is_made_renamed_and_filters_the_services(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", "/catalog/categories")
    name = named("Perimeter")
    page.get_by_role("button", name="New category").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("radio", name="Violet").check(force=True)
    dialog.get_by_role("button", name="Create").click()
    expect(row_of(page, name)).to_be_visible()
    admin.patch(f"/services/{service['id']}", {"category": name})

    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").get_by_label("Name").fill(f"{name} new")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    row = row_of(page, f"{name} new")
    expect(row).to_be_visible()
    assert admin.get(f"/services/{service['id']}")["category"] == f"{name} new"
    page.reload()
    row.get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("table", name="Services").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_text(service["name"])).to_be_visible()


def test_a_tax_code_of_several_taxes_shows_what_they_come_to(open_as) -> None:
    page = open_as("ADMIN", "/catalog/tax-codes")
    name = named("Two taxes")
    page.get_by_role("button", name="New tax code").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=False).first.fill(name)
    dialog.get_by_text("Several taxes", exact=True).click()
    for at, (tax, rate) in enumerate((("GST", "5"), ("PST", "10")), 1):
        dialog.get_by_label(f"Name of tax {at}").fill(tax)
        dialog.get_by_label(f"Rate of tax {at} in percent").fill(rate)
    dialog.get_by_label("Tax 2 is compound").check()
    dialog.get_by_role("button", name="Create").click()
    row = row_of(page, name)
    expect(row).to_contain_text("15.5%")
    expect(row).to_contain_text("GST 5% + PST 10% (compound)")


def test_a_set_is_filled_from_the_keyboard(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", "/catalog/service-sets")
    name = named("Small office")
    page.get_by_role("button", name="New set").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=False).first.fill(name)
    dialog.get_by_role("combobox", name="Add a service").fill(service["name"])
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("list", name="Services")).to_contain_text(service["name"])
    dialog.get_by_role("button", name="Create").click()
    expect(row_of(page, name)).to_contain_text("1 service")
    stored = admin.get("/service-sets", q=name)["items"][0]
    assert stored["service_ids"] == [service["id"]]


def test_a_bundle_shows_its_total_while_it_is_edited(open_as, admin: Api, service) -> None:
    page = open_as("ADMIN", "/catalog/bundles/new")
    name = named("Perimeter pack")
    page.get_by_label("Name", exact=False).first.fill(name)
    page.get_by_role("combobox", name="Add a service").fill(service["name"])
    page.get_by_role("option", name=service["name"]).click()
    totals = page.get_by_role("region", name="Total", exact=True)
    expect(totals).to_contain_text("$90.00")
    page.get_by_label(f"Quantity of {service['name']}").fill("3")
    expect(totals).to_contain_text("$270.00")
    page.get_by_text("Markup or discount", exact=True).click()
    page.get_by_label("Markup (%)").fill("-10")
    expect(totals).to_contain_text("$243.00")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert admin.get("/bundles", q=name)["items"][0]["price"] == "243.00"


def test_a_table_is_previewed_corrected_and_imported(open_as, admin: Api, service, tmp_path) -> None:
    added = named("Imported Care")
    head = "Name,Description,Default Rate\n"
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(head + f"{added},New,0\n{service['name']},Rules and updates,92.00\n")
    page = open_as("ADMIN", "/catalog/import")
    page.get_by_label("CSV file").set_input_files(wrong)
    expect(page.get_by_role("combobox", name="Import Default Rate as")).to_have_value("default_rate")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("1 row has an error")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=added)).to_contain_text("default_rate")
    expect(page.get_by_role("row").filter(has_text=service["name"])).to_be_hidden()
    page.get_by_text("All rows 2", exact=True).click()
    expect(page.get_by_role("row").filter(has_text=service["name"])).to_contain_text("90.00 → 92.00")
    assert admin.get("/services", q=added)["total"] == 0

    right = tmp_path / "right.csv"
    right.write_text(head + f"{added},New,55.00\n{service['name']},Rules and updates,92.00\n")
    page.get_by_role("button", name="Choose another file").click()
    page.get_by_label("CSV file").set_input_files(right)
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name="Import: add 1, change 1").click()
    expect(page.get_by_text("Imported: 1 added, 1 changed")).to_be_visible()
    assert admin.get(f"/services/{service['id']}")["default_rate"] == "92.00"
    assert admin.get("/services", q=added)["items"][0]["default_rate"] == "55.00"


def test_what_the_filters_find_is_exported(open_as) -> None:
    page = open_as("ADMIN", "/catalog?kind=labor")
    with page.expect_download() as started:
        page.get_by_role("link", name="Export").click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    assert "Remote Support" in text
    assert "recurring" not in text


def test_technicians_see_services_and_no_money(open_as, service) -> None:
    page = open_as("TECHNICIAN", f"/catalog/{service['id']}")
    expect(page.get_by_text(service["description"])).to_be_visible()
    expect(page.get_by_role("tab", name="Prices")).to_be_hidden()
    expect(page.get_by_role("link", name="Edit")).to_be_hidden()
    expect(page.locator("main")).not_to_contain_text("90.00")
    page.goto("/catalog/bundles")
    expect(page.get_by_role("heading", name="Bundles", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="New bundle")).to_be_hidden()


def test_a_new_plan_needs_its_cycle_and_has_prices_in_other_currencies(open_as, admin: Api) -> None:
    name = named("Leased Line")
    page = open_as("ADMIN", "/catalog/new")
    expect(page.get_by_label("Currency").first.locator("option").first).to_have_text(
        re.compile("^USD – .*your company")
    )
    page.get_by_label("Name").fill(name)
    page.get_by_label("Description").fill("A line of one's own")
    page.get_by_text("Recurring", exact=True).click()
    page.get_by_label("Default rate (USD)").fill("90")
    page.get_by_role("button", name="Add a currency").click()
    page.get_by_label("Currency").nth(1).select_option("KYD")
    page.get_by_label("Default rate (KYD)").fill("75.50")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Choose how often the plan is billed.")).to_be_visible()
    page.get_by_label("Billing cycle").select_option("monthly")
    page.get_by_role("button", name="Create").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    (made,) = admin.get(f"/services?q={name}")["items"]
    assert (made["currency"], made["billing_cycle"]) == ("USD", "monthly")
    assert [(one["currency"], one["default_rate"]) for one in made["prices"]] == [("KYD", "75.50")]


def test_cancel_leaves_the_bundle_editor(open_as) -> None:
    page = open_as("ADMIN", "/catalog/bundles/new")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bundles")
