"""Importing files: column mapping is saved; agreements, work orders and time come in from tables."""

import re

from playwright.sync_api import Page, Route, expect

from local.api import Api
from local.importer.waiting import until
from local.testing import named, new_tag


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
    name, ticket = client["name"], f"IMP-{new_tag()}"
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
    page.goto("/work-orders")
    page.get_by_role("navigation", name="Work order views").get_by_role("link", name="Import work").click()
    choice = page.get_by_role("radiogroup", name="File contents")
    expect(choice.get_by_text("Time entries")).to_be_visible()
    expect(choice.get_by_text("Agreements")).to_have_count(0)


class Held:
    """Has real imports answered with their task, which seems to run until it is let go."""

    def __init__(self, page: Page) -> None:
        self.holds = True
        page.route("**/import?dry_run=false*", self._begin)
        page.route("**/api/v1/tasks/*", self._show)

    def _begin(self, route: Route) -> None:
        route.continue_(headers={**route.request.headers, "prefer": "wait=0"})

    def _show(self, route: Route) -> None:
        answer = route.fetch()
        seen = {"status": "running", "progress": {"done": 1, "total": 2}} if self.holds else {}
        route.fulfill(response=answer, json=answer.json() | seen)


def begin(page: Page, table: str, button: str) -> None:
    file = {"name": "table.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.get_by_label("CSV file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name=button).click()


def test_a_long_import_shows_its_progress_and_survives_a_reload(open_as) -> None:
    page = open_as("ADMIN", "/clients/import?of=contacts")
    page.get_by_role("radiogroup", name="File contents").get_by_text("Clients", exact=True).click()
    held, name = Held(page), named("Long import")

    begin(page, f"name\n{name} A\n{name} B\n", "Import: add 2")
    expect(page.get_by_text("1 of 2 rows checked")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Import of clients")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 of 2 rows checked")).to_be_visible()
    held.holds = False

    report = page.get_by_text("Of 2 rows: 2 added, 0 changed, 0 unchanged, 0 not imported.")
    expect(report).to_be_visible()
    page.get_by_role("link", name=f"{name} A").click()
    expect(page.get_by_role("heading", name=f"{name} A")).to_be_visible()

    page.goto("/tasks")
    page.get_by_role("link", name="Import of clients").first.click()
    expect(report).to_be_visible()
    page.get_by_role("button", name="Import another file").click()
    expect(page.get_by_text("Drop a CSV file here")).to_be_visible()
    expect(page).not_to_have_url(re.compile("task="))


def test_a_long_import_that_is_refused_shows_why(open_as, admin: Api) -> None:
    service = {"name": named("Goes"), "description": "Gone soon", "kind": "labor", "category": "Support"}
    made = admin.post("/services", service | {"default_rate": "10.00", "default_unit": "hour"})
    page = open_as("ADMIN", "/catalog/import")
    Held(page).holds = False

    table = f"id,name\n{made['id']},{named('Gone')}\n"
    file = {"name": "table.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.get_by_label("CSV file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_role("button", name="Import: change 1")).to_be_visible()
    admin.delete(f"/services/{made['id']}")
    page.get_by_role("button", name="Import: change 1").click()

    expect(page.get_by_role("alert").get_by_text("1 row has errors, so nothing was imported.")).to_be_visible()
    expect(page.get_by_text("Service not found.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Service not found.")).to_be_visible()
    expect(page.get_by_role("button", name="Choose another file")).to_be_visible()
