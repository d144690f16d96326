"""Finding a client, its rates and its billing contact in the browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.api import Api
from local.importer.waiting import until
from tests.web.conftest import DESK, PHONE


def rate_row(page: Page, service: str) -> Any:
    return page.get_by_role("listitem").filter(has=page.get_by_label(f"Include {service}", exact=True))


def rate_of(page: Page, service: str) -> Any:
    return page.get_by_label(f"Custom rate of {service}", exact=True)


def test_a_client_is_found_by_name_and_the_search_is_in_the_address(open_as, client) -> None:
    page = open_as("ADMIN", "/clients")
    expect(page.locator("[data-row-link]").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(client["name"])
    rows = page.get_by_role("table", name="Clients").locator("tbody tr")
    expect(rows).to_have_count(1)
    assert "q=Browser" in page.url

    page.reload()
    expect(rows).to_have_count(1)
    rows.get_by_role("link", name=client["name"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(client["name"])


def test_rates_are_typed_down_the_column_and_saved_as_one_card(open_as, admin: Api, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=services")
    expect(rate_row(page, "Remote Support")).to_contain_text("Default Rate")
    rate_of(page, "Remote Support").fill("110")
    expect(rate_row(page, "Remote Support")).to_contain_text("Custom Rate")
    details = page.get_by_role("region", name="Details of the selected service")
    expect(details).to_contain_text("Custom rate of $110.00/hr")
    page.get_by_label("Include Consulting").uncheck()
    expect(page.get_by_text("2 unsaved changes")).to_be_visible()
    assert stored(admin, client, "Remote Support")["custom_rate"] is None

    page.get_by_role("button", name="Save rate card").click()
    expect(page.get_by_text(f"Saved 2 services of {client['name']}")).to_be_visible()
    expect(page.get_by_text("unsaved change")).to_have_count(0)
    assert stored(admin, client, "Remote Support")["effective_rate"] == "110.00"
    assert stored(admin, client, "Consulting")["included"] is False

    rate_row(page, "Remote Support").get_by_role("button").click()
    expect(details.get_by_role("group", name="Rate history")).to_contain_text("$110.00")
    details.get_by_role("button", name="Reset").click()
    expect(details).to_contain_text("Using default rate of $125.00/hr")
    page.get_by_role("button", name="Save rate card").click()
    expect(page.get_by_text("Saved Remote Support")).to_be_visible()
    assert stored(admin, client, "Remote Support")["custom_rate"] is None


def test_a_rate_that_is_no_amount_cannot_be_saved_and_discarding_brings_all_back(open_as, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=services")
    rate_of(page, "Remote Support").fill("12x")
    expect(page.get_by_text("Check the rate of Remote Support.")).to_be_visible()
    expect(page.get_by_role("button", name="Save rate card")).to_be_disabled()
    page.get_by_role("button", name="Discard").click()
    expect(rate_of(page, "Remote Support")).to_have_value("")
    expect(page.get_by_text("unsaved change")).to_have_count(0)


def test_a_stale_card_is_refused_and_typed_text_stays(open_as, admin: Api, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=services")
    rate_of(page, "Onsite Support").fill("80")
    other = stored(admin, client, "Onsite Support")
    admin.patch(f"/clients/{client['id']}/services/{other['id']}", {"custom_rate": "90.00"})

    page.get_by_role("button", name="Save rate card").click()
    expect(page.get_by_role("alert")).to_contain_text("Someone else changed this while you were editing")
    expect(rate_of(page, "Onsite Support")).to_have_value("80")
    assert stored(admin, client, "Onsite Support")["custom_rate"] == "90.00"
    page.get_by_role("button", name="Save rate card").click()
    expect(page.get_by_text("Saved Onsite Support")).to_be_visible()
    assert stored(admin, client, "Onsite Support")["custom_rate"] == "80.00"


def test_a_custom_service_is_added_to_this_card_only(open_as, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=services")
    page.get_by_role("button", name="Add custom service").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Executive Support")
    dialog.get_by_label("Rate (USD)").fill("250")
    dialog.get_by_role("button", name="Create").click()
    row = rate_row(page, "Executive Support")
    expect(row).to_contain_text("Custom Service")
    expect(rate_of(page, "Executive Support")).to_have_value("250.00")


def test_billing_contact_is_saved_and_an_invalid_copy_address_never_gets_in(open_as, admin: Api, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=billing")
    copies = page.get_by_role("combobox", name="Additional billing emails (Cc)")
    copies.press_sequentially("cfo@journey.example,")
    copies.press_sequentially("not-an-address,")
    expect(page.get_by_text("“not-an-address” isn’t a valid email address.")).to_be_visible()
    page.get_by_label("Billing contact name").fill("Grace Ledger")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-wrong]")).to_have_text("not-an-address")
    assert admin.get(f"/clients/{client['id']}")["billing_contact_name"] == "Ada Paye"
    copies.press("Backspace")
    expect(page.locator("[data-wrong]")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()

    saved = admin.get(f"/clients/{client['id']}")
    assert saved["billing_contact_name"] == "Grace Ledger"
    assert saved["billing_cc_emails"] == ["cfo@journey.example"]


def test_the_servers_error_appears_at_its_field(open_as, client) -> None:
    page = open_as("ADMIN", "/clients")
    page.get_by_role("button", name="New client").click()
    page.get_by_role("dialog").get_by_label("Name", exact=False).first.fill(client["name"].upper())
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("dialog")).to_contain_text("already")


def test_selected_clients_are_archived_together_and_brought_back_by_undo(open_as, admin: Api, client) -> None:
    page = open_as("ADMIN", f"/clients?q={client['name'].replace(' ', '+')}")
    page.get_by_label(f"Select {client['name']}").check()
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(page.get_by_role("row", name=client["name"])).to_contain_text("Archived")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row", name=client["name"])).to_contain_text("Active")
    assert admin.get(f"/clients/{client['id']}")["status"] == "active"


def stored(admin: Api, client: dict[str, Any], service: str) -> dict[str, Any]:
    rows = admin.get(f"/clients/{client['id']}/services", q=service)["items"]
    return next(row for row in rows if row["name"] == service)


def test_a_client_s_page_has_edit_and_new_in_front_and_the_rest_in_a_menu(open_as, admin: Api, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}")
    page.get_by_role("button", name="New…").click()
    page.get_by_role("menuitem", name="Contact").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Nora New")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="Saved Nora New")).to_be_visible()
    page.get_by_role("button", name=f"Actions for {client['name']}").click()
    expect(page.get_by_role("menuitem", name="Merge")).to_be_visible()
    page.get_by_role("menuitem", name="Archive").click()
    expect(page.get_by_role("alert").filter(has_text=f"Archived {client['name']}")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert until(lambda: admin.get(f"/clients/{client['id']}")["status"] == "active")


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_a_message_covers_neither_the_form_nor_its_buttons(open_as, client, viewport) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=services", viewport=viewport)
    rate_of(page, "Remote Support").fill("111")
    page.get_by_role("button", name="Save rate card").click()
    message = page.get_by_role("alert").filter(has_text="Saved Remote Support")
    expect(message).to_be_visible()
    rate_of(page, "Onsite Support").fill("81")
    bar = page.get_by_role("region", name="Unsaved changes")
    expect(bar).to_be_visible()
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
    assert apart(message.bounding_box(), bar.bounding_box())


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    return beside or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
