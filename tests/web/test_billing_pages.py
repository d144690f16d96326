"""Billing's pages: figures lead to what they counted, a run is previewed, drafts are edited, payments unapplied."""

import csv
import io
import re
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from common.organisation.settings import DEFAULTS
from local.api import Api

LISTS = {
    "Open invoices": "invoices_open",
    "Overdue invoices": "invoices_overdue",
    "Items to bill": "billable_items_open",
    "Undelivered emails": "deliveries_failed",
}
TOTAL = re.compile(r"^[\d,]+ in total$|of [\d,]+$")
LONG_AGO = "2020-01-02"
"""Before every item of the demo: a run up to this day bills the test's clients only."""


def today() -> str:
    """Returns the MSP's date; a later one needs a confirmation."""
    return datetime.now(DEFAULTS.time_zone).date().isoformat()


def choose_client(dialog: Locator, name: str) -> None:
    dialog.get_by_role("combobox", name="Client").fill(name)
    dialog.page.get_by_role("option", name=name).click()


def more(page: Page, item: str) -> Locator:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name=item).click()
    return page.get_by_role("dialog")


def item_of(admin: Api, client: dict[str, Any], amount: str, day: str) -> dict[str, Any]:
    item = {"client_id": client["id"], "description": "Cable", "quantity": "1", "unit_rate": amount}
    found: dict[str, Any] = admin.post("/billable-items", {**item, "dated_on": day, "confirm": True})
    return found


@pytest.mark.runs_alone
def test_every_count_opens_exactly_the_list_it_counted(open_as) -> None:
    page = open_as("ADMIN", "/")
    for label in LISTS:
        tile = page.locator("dl > div", has_text=label).first
        expect(tile.locator("dd")).to_have_text(re.compile(r"^[\d,]+$"))
        count = tile.locator("dd").inner_text()
        if count != "0":
            tile.get_by_role("link").click()
            expect(page.get_by_text(TOTAL).first).to_contain_text(re.compile(rf"(^|of ){count}( in total)?$"))
            page.goto("/")


def test_invoices_of_one_client_are_found_by_its_id_and_summed_up(open_as, invoice: dict[str, Any]) -> None:
    page = open_as("ADMIN", f"/clients/{invoice['client_id']}")
    expect(page.get_by_role("region", name="Account")).to_contain_text("$375.00")
    page.get_by_role("link", name="All invoices").click()
    expect(page.get_by_text("1 in total")).to_be_visible()
    assert f"client_id={invoice['client_id']}" in page.url
    sums = page.get_by_role("region", name="Totals")
    expect(sums).to_contain_text("$375.00")
    exported = page.request.get(page.get_by_role("link", name="Export").get_attribute("href"))
    (row,) = csv.DictReader(io.StringIO(exported.text().removeprefix("\ufeff")))
    assert row["number"] == invoice["number"]

    page.goto(f"/invoices?client_id={invoice['client_id']}&issued_on_lte=2019-12-31")
    expect(page.get_by_text("No matches")).to_be_visible()
    expect(sums).to_have_count(0)


def test_a_draft_is_written_and_issued(open_as, admin: Api, client: dict[str, Any]) -> None:
    page = open_as("BILLING", "/invoices")
    page.get_by_role("button", name="New invoice").first.click()
    dialog = page.get_by_role("dialog")
    choose_client(dialog, client["name"])
    dialog.get_by_role("button", name="Create draft").click()
    for place, (text, rate) in enumerate((("First", "10"), ("Second", "20"), ("Third", "30")), start=1):
        page.get_by_role("button", name="Add a custom line").click()
        page.get_by_label(f"Description of line {place}").fill(text)
        page.get_by_label(f"Rate of line {place}").fill(rate)
    page.get_by_label("Quantity of line 1").fill("12,5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("Line 1")
    page.get_by_label("Quantity of line 1").fill("2.5")
    page.get_by_role("button", name="Remove line 2").click()
    page.get_by_role("button", name="Move line 2 up").click()
    page.get_by_role("textbox", name="Notes on the invoice").fill("Thank you.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(page.get_by_text("$55.00").first).to_be_visible()

    page.get_by_role("button", name="Issue").click()
    page.get_by_role("dialog").get_by_role("button", name="Issue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("INV-")
    (issued,) = admin.get(f"/invoices?client_id={client['id']}")["items"]
    lines = admin.get(f"/invoices/{issued['id']}")["lines"]
    assert [(line["description"], line["amount"]) for line in lines] == [("Third", "30.00"), ("First", "25.00")]


def test_a_draft_s_edits_are_not_lost_and_a_draft_is_deleted(open_as, admin: Api, client: dict[str, Any]) -> None:
    line = {"description": "Advice", "quantity": "1", "unit_rate": "10.00"}
    draft = admin.post("/invoices", {"client_id": client["id"], "lines": [line]})
    page = open_as("BILLING", f"/invoices/{draft['id']}")
    page.get_by_role("button", name="Edit").click()
    quantity = page.get_by_label("Quantity of line 1")
    quantity.fill("3")
    for leave in (page.go_back, page.get_by_role("button", name="Cancel").click):
        leave()
        page.get_by_role("dialog").get_by_role("button", name="Keep editing").click()
        expect(quantity).to_have_value("3")
    admin.patch(f"/invoices/{draft['id']}", {"notes": "Written meanwhile"})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("Someone else changed this")
    expect(page.get_by_role("textbox", name="Notes on the invoice")).to_have_value("Written meanwhile")
    expect(quantity).to_have_value("3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Draft saved")).to_be_visible()
    saved = admin.get(f"/invoices/{draft['id']}")
    assert (saved["notes"], saved["total"]) == ("Written meanwhile", "30.00")

    more(page, "Delete draft").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invoices")


def test_an_item_to_bill_is_added_changed_and_deleted(open_as, admin: Api, client: dict[str, Any]) -> None:
    page = open_as("BILLING", f"/billable-items?client_id={client['id']}")
    page.get_by_role("button", name="Add item").first.click()
    dialog = page.get_by_role("dialog")
    choose_client(dialog, client["name"])
    dialog.get_by_label("Description").fill("Travel")
    dialog.get_by_label("Rate").fill("40")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Travel added to the items to bill")).to_be_visible()
    page.get_by_role("button", name="Actions for Travel").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog.get_by_label("Quantity").fill("2")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Travel saved")).to_be_visible()
    (item,) = admin.get(f"/billable-items?client_id={client['id']}")["items"]
    assert (item["quantity"], item["unit_rate"]) == ("2.00", "40.00")
    page.get_by_role("button", name="Actions for Travel").click()
    page.get_by_role("menuitem", name="Delete").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("row", name=re.compile("Travel"))).to_have_count(0)
    assert admin.get(f"/billable-items?client_id={client['id']}&status=open")["total"] == 0


def test_a_payment_is_recorded_unapplied_and_its_credit_applied(open_as, admin: Api, invoice: dict[str, Any]) -> None:
    page = open_as("BILLING", "/payments")
    page.get_by_role("button", name="Record payment").first.click()
    dialog = page.get_by_role("dialog")
    choose_client(dialog, invoice["client_name"])
    expect(dialog.get_by_role("table")).to_contain_text(invoice["number"])
    dialog.get_by_label(re.compile("^Amount")).fill("100")
    dialog.get_by_role("button", name="Record payment").click()
    expect(page.get_by_text("Payment of $100.00 recorded")).to_be_visible()
    (payment,) = admin.get(f"/payments?client_id={invoice['client_id']}")["items"]

    page.goto(f"/payments/{payment['id']}")
    page.get_by_role("button", name="Unapply").click()
    page.get_by_role("dialog").get_by_role("button", name="Unapply").click()
    expect(page.get_by_text("All of it is client credit")).to_be_visible()
    assert admin.get(f"/invoices/{invoice['id']}")["balance"] == "375.00"
    page.get_by_role("button", name="Apply credit").click()
    page.get_by_label(f"Amount for {invoice['number']}").fill("60")
    page.get_by_role("dialog").get_by_role("button", name="Apply credit").click()
    expect(page.get_by_text("Credit applied")).to_be_visible()
    assert admin.get(f"/invoices/{invoice['id']}")["balance"] == "315.00"
    assert admin.get(f"/payments/{payment['id']}")["unallocated"] == "40.00"


def test_voiding_with_a_payment_says_why_and_unapplies_it(open_as, admin: Api, invoice: dict[str, Any]) -> None:
    body = {"client_id": invoice["client_id"], "amount": "100.00", "method": "check", "received_on": today()}
    admin.post("/payments", body)
    page = open_as("BILLING", f"/invoices/{invoice['id']}")
    dialog = more(page, "Void")
    expect(dialog).to_contain_text("Unapply them first")
    dialog.get_by_role("button", name="Unapply").click()
    expect(dialog).to_contain_text("Unapply the payment of $100.00?")
    dialog.get_by_role("button", name="Unapply").click()
    dialog.get_by_role("button", name="Void").click()
    timeline = page.get_by_role("region", name="Timeline")
    for moment in ("Voided", "Payment of $100.00 unapplied", "Payment of $100.00 applied", "Issued for $375.00"):
        expect(timeline).to_contain_text(moment)
    assert admin.get(f"/invoices/{invoice['id']}")["status"] == "void"


def test_a_run_is_previewed_without_writing_and_leaves_clients_out(open_as, admin: Api, client: dict[str, Any]) -> None:
    other = admin.post("/clients", {"name": f"Kept Back {client['name'].split()[-1]}"})
    item_of(admin, client, "14.00", LONG_AGO)
    kept = item_of(admin, other, "7.00", LONG_AGO)
    page = open_as("BILLING", "/invoice-runs/new")
    page.get_by_label("Bill items up to").fill(LONG_AGO)
    page.get_by_role("button", name="Preview by client").click()
    out = page.get_by_role("row", name=re.compile(other["name"]))
    expect(out).to_contain_text("$7.00")
    out.get_by_role("checkbox").uncheck()
    expect(page.get_by_text("1 client left out")).to_be_visible()
    assert admin.get(f"/invoices?client_id={client['id']}")["total"] == 0

    page.get_by_role("button", name=re.compile(r"^Create \d+ invoice")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile(r"^Create \d+ invoice")).click()
    row = page.get_by_role("row", name=re.compile(client["name"]))
    expect(row).to_contain_text("$14.00")
    row.get_by_role("link", name=re.compile("^INV-|^Draft")).click()
    expect(page.get_by_role("link", name=client["name"]).first).to_be_visible()
    assert admin.get(f"/billable-items/{kept['id']}")["status"] == "open"
    admin.delete(f"/billable-items/{kept['id']}")


def test_a_manager_assigns_the_technicians_it_can_take_off(open_as, client: dict[str, Any]) -> None:
    page = open_as("MANAGER", f"/clients/{client['id']}")
    choice = page.get_by_role("region", name="Technicians").get_by_role("combobox")
    choice.select_option(index=1)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("button", name=re.compile("^(Unassign|Remove|Take)")).first).to_be_visible()


def test_the_portal_says_first_what_is_due_and_shows_the_statement(open_as) -> None:
    page = open_as("CLIENT_ADMIN", "/portal")
    due = page.get_by_role("region", name="Amount due")
    expect(due).to_contain_text("of it is overdue")
    expect(due).to_contain_text("How to pay")
    expect(page.get_by_role("link", name=re.compile("^PDF of INV-")).first).to_be_visible()
    page.get_by_role("link", name="Statement").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Statement")
    expect(page.get_by_text("Closing balance")).to_be_visible()
