"""Importing files: column mapping is saved; agreements, work orders and time come in from tables."""

import os

from playwright.sync_api import Page, expect

from local.api import Api
from local.importer.waiting import until


def test_a_foreign_header_is_mapped_once(open_as, tmp_path) -> None:
    file = tmp_path / "header.csv"
    file.write_text("sep=;\nDescription;Colour\nA;red\n")
    page = open_as("ADMIN", "/catalog/import")
    page.get_by_label("CSV file").set_input_files(file)
    expect(page.get_by_text("Choose the column for name.")).to_be_visible()
    expect(page.get_by_role("button", name="Check the rows")).to_be_disabled()
    page.get_by_role("combobox", name="Import Colour as").click()
    page.get_by_role("option", name="name (required)").click()
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_role("row").filter(has_text="red")).to_be_visible()

    page.get_by_role("button", name="Choose another file").click()
    page.get_by_label("CSV file").set_input_files(file)
    expect(page.get_by_role("combobox", name="Import Colour as")).to_have_value("name (required)")


def send(page: Page, kind: str, table: str) -> None:
    """Chooses what the file contains and has its rows checked."""
    page.get_by_role("radiogroup", name="File contents").get_by_text(kind, exact=True).click()
    file = {"name": "table.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.get_by_label("CSV file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check the rows").click()


def test_agreements_work_orders_and_time_come_in(open_as, admin: Api, client) -> None:
    name, ticket = client["name"], f"IMP-{os.getpid()}"
    card = f"/clients/{client['id']}/services"
    admin.post(card, {"is_custom": True, "name": "Imported work", "rate": "80.00"})
    page = open_as("ADMIN", "/work/import")

    agreement = "client,name,type,start_date,total_hours,services,activate\n"
    agreement += f"{name},Imported block,block_hours_prepaid,2025-10-01,2,Imported work | 2 | 90.00,yes\n"
    until(lambda: admin.upload("/agreements/import", agreement.encode())["created"])  # the card has arrived
    send(page, "Agreements", agreement)
    page.get_by_role("button", name="Import: add 1").click()
    expect(page.get_by_text("Imported: 1 added, 0 changed")).to_be_visible()

    send(page, "Work orders", f"number,client,subject,agreement\n{ticket},{name},Moved office,Imported block\n")
    page.get_by_role("button", name="Import: add 1").click()
    expect(page.get_by_text("Imported: 1 added, 0 changed")).to_be_visible()

    time = "client,work_order,service,technician,worked_on,hours,external_ref\n"
    time += f"{name},{ticket},Imported work,Dana,2025-11-03,3,{ticket}-1\n"
    time += f"{name},{ticket},Imported work,Dana,2025-11-04,25,\n"
    send(page, "Time entries", time)
    expect(page.get_by_text("A day has at most 24 hours.")).to_be_visible()
    assert admin.get("/time-entries", external_ref=f"{ticket}-1")["total"] == 0
    page.get_by_role("button", name="Import the good row").click()
    expect(page.get_by_text("Of 2 rows: 1 added, 0 changed, 0 unchanged, 1 not imported.")).to_be_visible()
    (entry,) = admin.get("/time-entries", external_ref=f"{ticket}-1")["items"]
    assert (entry["work_order_number"], entry["covered_hours"], entry["billable_hours"]) == (ticket, "2.00", "1.00")
    page.get_by_text("All rows 2", exact=True).click()
    expect(page.get_by_text("1 h exceed the hours of")).to_be_visible()


def test_technicians_import_time_but_no_agreements(open_as) -> None:
    page = open_as("TECHNICIAN", "/")
    page.get_by_role("navigation").get_by_role("link", name="Import work").click()
    choice = page.get_by_role("radiogroup", name="File contents")
    expect(choice.get_by_text("Time entries")).to_be_visible()
    expect(choice.get_by_text("Agreements")).to_have_count(0)
