"""Rates in the browser: across clients, reviews, bulk changes and copies."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.api import Api
from local.importer.waiting import until
from local.testing import named

pytestmark = pytest.mark.runs_alone  # reviews count every client that has the service


def new_service(admin: Api, rate: str) -> dict[str, Any]:
    name = named("Rated")
    made: dict[str, Any] = admin.post("/services", {"name": name, "description": "For a test", "default_rate": rate})
    return made


def on_card(admin: Api, client: dict[str, Any], service: dict[str, Any], **agreed: Any) -> dict[str, Any]:
    row: dict[str, Any] = admin.post(f"/clients/{client['id']}/services", {"service_id": service["id"], **agreed})
    return row


def rows_of(page: Page, table: str) -> Any:
    return page.get_by_role("table", name=table).locator("tbody tr")


def test_many_rates_change_after_a_preview(open_as, admin: Api, client) -> None:
    service = new_service(admin, "100.00")
    row = on_card(admin, client, service, custom_rate="90.00")
    page = open_as("ADMIN", f"/rates?q={service['name'].replace(' ', '+')}")
    expect(rows_of(page, "Rates")).to_have_count(1)
    expect(rows_of(page, "Rates")).to_contain_text("-$10.00")
    page.get_by_label("Select all rows shown").check()
    page.get_by_role("button", name="Change rates…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Percent").fill("5")
    dialog.get_by_label("Round to a multiple of").fill("5")
    dialog.get_by_label("Rounding").select_option(label="Up")
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog).to_contain_text("1 rate would change")
    expect(dialog).to_contain_text("$95.00")
    path = f"/clients/{client['id']}/services/{row['id']}"
    assert admin.get(path)["custom_rate"] == "90.00"

    dialog.get_by_role("button", name="Change 1 rate", exact=True).click()
    expect(page.get_by_text("1 rate changed")).to_be_visible()
    assert until(lambda: admin.get(path)["custom_rate"] == "95.00")


def test_a_catalog_change_is_reviewed(open_as, admin: Api, client) -> None:
    service = new_service(admin, "100.00")
    row = on_card(admin, client, service)
    admin.patch(f"/services/{service['id']}", {"default_rate": "120.00"})
    path = f"/clients/{client['id']}/services/{row['id']}"
    assert until(lambda: admin.get(path)["rate_review"])
    page = open_as("ADMIN", f"/rates/reviews?q={service['name'].replace(' ', '+')}")
    expect(rows_of(page, "Rate reviews")).to_contain_text("+$20.00")
    expect(page.get_by_text("1 rate to review")).to_be_visible()
    page.get_by_label("Select all rows shown").check()
    page.get_by_role("button", name="Accept new rate").click()
    expect(page.get_by_text(f"Moved to the new rate: {service['name']}, {client['name']}")).to_be_visible()
    assert admin.get(path)["effective_rate"] == "120.00"


def test_a_rate_is_scheduled_and_called_off(open_as, admin: Api, client) -> None:
    service = new_service(admin, "100.00")
    on_card(admin, client, service)
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=services")
    page.get_by_role("button", name=service["name"]).click()
    agreed = page.get_by_role("region", name="Scheduled rates")
    agreed.get_by_role("button", name="Schedule a rate").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Rate (USD)").fill("80")
    dialog.get_by_label("From").fill("2999-01-01")
    dialog.get_by_role("button", name="Save").click()
    expect(agreed).to_contain_text("$80.00/hr from Jan 1, 2999")
    agreed.get_by_role("button", name="Cancel rate").click()
    expect(page.get_by_text(f"Canceled the scheduled rate of {service['name']}")).to_be_visible()
    expect(agreed).not_to_contain_text("$80.00")


def test_rates_are_copied_from_another_client(open_as, admin: Api, client) -> None:
    service = new_service(admin, "100.00")
    other = admin.post("/clients", {"name": named("Copied"), "inherit_services": "none"})
    on_card(admin, other, service, custom_rate="77.00")
    on_card(admin, client, service)
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=services")
    page.get_by_role("button", name="Copy from client").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Client to copy from").fill(other["name"])
    page.get_by_role("option", name=other["name"]).click()
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog).to_contain_text("$77.00")
    dialog.get_by_role("button", name="Copy 1 service", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Copied 1 service")).to_be_visible()
    expect(page.get_by_label(f"Custom rate of {service['name']}")).to_have_value("77.00")
    page.get_by_role("button", name="Copy from client").click()
    dialog.get_by_role("combobox", name="Client to copy from").fill(other["name"])
    page.get_by_role("option", name=other["name"]).click()
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog).to_contain_text("There is nothing to copy")
    expect(dialog.get_by_role("button", name="Copy")).to_have_count(0)
