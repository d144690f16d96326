"""Work orders and time in the browser: opening an order, logging time by keyboard, the board, what technicians see."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from local.api import Api
from local.importer.waiting import until
from local.testing import named
from tests.web.conftest import PHONE


def test_an_order_is_opened_and_its_time_logged_by_keyboard(open_as, admin: Api, client, block) -> None:
    page = open_as("ADMIN", "/work-orders")
    expect(page.get_by_role("heading", level=1)).to_have_text("Work orders")
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("combobox", name="Client")).to_be_focused()
    dialog.get_by_label("Subject").fill(subject := named("Printer"))
    dialog.get_by_role("combobox", name="Client").fill(client["name"])
    page.get_by_role("option", name=client["name"]).click()
    expect(dialog.get_by_label("Agreement", exact=True)).to_have_value(block["id"])
    dialog.get_by_role("combobox", name="Service").fill("Remote")
    page.get_by_role("option", name="Remote Support").click()
    expect(dialog).to_contain_text("Rate: $125.00/hr | Hours Remaining: 60 of 60 (100%)")
    dialog.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(subject)
    expect(dialog).to_be_hidden()
    page.keyboard.press("t")
    expect(dialog.get_by_label("Hours")).to_be_focused()
    page.keyboard.type("1:30")
    cost = dialog.get_by_role("region", name="What will this cost?")
    expect(cost).to_contain_text("58.5 of 60 (97.5%)")
    expect(cost).to_contain_text('Service covered: "Remote Support" is covered.')
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    row = page.get_by_role("group", name="Time").get_by_role("row").filter(has_text="Remote Support")
    expect(row).to_contain_text("1.5")
    assert admin.get(f"/agreements/{block['id']}")["hours_remaining"] == "58.50"


def test_time_is_refused_corrected_and_deleted(open_as, admin: Api, order, block) -> None:
    card = admin.get(f"/work-orders/choices?client_id={order['client_id']}")["services"]
    remote = next(row for row in card if row["name"] == "Remote Support")["client_service_id"]
    entry = {"service_id": remote, "hours": "15", "worked_on": "2025-11-03", "note": "Moved the server"}
    entry["technician_name"] = named("Dana")  # with a day of their own
    admin.post(f"/work-orders/{order['id']}/time-entries", entry)
    page = open_as("ADMIN", f"/work-orders/{order['id']}")
    row = page.get_by_role("group", name="Time").get_by_role("row").filter(has_text="Moved the server")
    row.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Rate: $125.00/hr | Hours Remaining: 45 of 60 (75%)")
    for wrong, said in {"0": "more than 0", "1:75": "not a number of hours", "25": "at most 24"}.items():
        dialog.get_by_label("Hours").fill(wrong)
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_contain_text(said)
    dialog.get_by_label("Hours").fill("90m")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(row).to_contain_text("1.5")
    assert admin.get(f"/agreements/{block['id']}")["hours_remaining"] == "58.50"

    row.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog.get_by_text("Start and end", exact=True).click()
    dialog.get_by_label(re.compile(r"^Start\W*$")).fill("22:30")
    dialog.get_by_label(re.compile(r"^End\W*$")).fill("01:15")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("The end is before the start.")
    dialog.get_by_label("Ends the next day").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(row).to_contain_text("22:30–01:15")
    assert admin.get(f"/agreements/{block['id']}")["hours_remaining"] == "57.25"

    row.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Delete").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No time has been logged on this work order.")).to_be_visible()
    assert admin.get(f"/agreements/{block['id']}")["hours_remaining"] == "60.00"


def test_the_other_entries_that_late_time_splits_differently_are_listed(open_as, admin: Api, order) -> None:
    card = admin.get(f"/work-orders/choices?client_id={order['client_id']}")["services"]
    remote = next(row for row in card if row["name"] == "Remote Support")["client_service_id"]
    for day in (10, 11, 12):
        entry = {"service_id": remote, "hours": "20", "worked_on": f"2025-11-{day}", "note": f"Day {day}"}
        entry["technician_name"] = named(f"Day {day}")
        admin.post(f"/work-orders/{order['id']}/time-entries", entry)
    page = open_as("ADMIN", f"/work-orders/{order['id']}")
    expect(page.get_by_role("group", name="Time").get_by_role("row").filter(has_text="Day 10")).to_be_visible()
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("combobox", name="Service")).to_have_value("Remote Support")  # used last
    dialog.get_by_label("Hours").fill("8")
    dialog.get_by_label("Date").fill("2025-11-03")
    changes = dialog.get_by_role("region", name="1 other entry is split differently")
    expect(changes).to_contain_text(f"{order['number']}: 0 h to bill before, 8 h after")
    dialog.get_by_role("button", name="Log time").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("group", name="Time").get_by_role("row").filter(has_text="Day 12")
    expect(row.get_by_role("cell").nth(7)).to_have_text("8")

    row = page.get_by_role("group", name="Time").get_by_role("row").filter(has_text="Day 10")
    row.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(dialog).to_contain_text("8 h to bill before, 0 h after")


def test_a_card_moves_on_the_board_by_keyboard_and_by_dragging(open_as, admin: Api, order) -> None:
    admin.patch(f"/work-orders/{order['id']}", {"due_on": "2025-01-02"})
    page = open_as("ADMIN", "/work-orders/board")
    card = card_in(page, "New", order)
    card.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(card_in(page, "Assigned", order)).to_be_visible()
    expect(card_in(page, "New", order)).to_have_count(0)

    page.get_by_role("listitem").filter(has_text=order["subject"]).drag_to(
        page.get_by_role("region", name="In progress").get_by_role("heading")
    )
    expect(card_in(page, "In progress", order)).to_be_visible()
    assert until(lambda: admin.get(f"/work-orders/{order['id']}")["status"] == "in_progress")


def test_notes_are_written_by_keyboard_and_say_who_reads_them(open_as, order) -> None:
    page = open_as("ADMIN", f"/work-orders/{order['id']}")
    timeline = page.get_by_role("region", name="Timeline")
    expect(timeline.get_by_text("No notes yet.")).to_be_visible()
    page.keyboard.press("r")
    box = timeline.get_by_label("New note")
    expect(box).to_be_focused()
    box.fill("Ask the vendor first.")
    box.press("Control+Enter")
    internal = timeline.get_by_role("listitem").filter(has_text="Ask the vendor first.")
    expect(internal).to_contain_text("Internal")
    expect(box).to_have_value("")
    timeline.get_by_role("button", name="Reply to client").click()
    expect(timeline.get_by_text("Write a text first.")).to_be_visible()
    box.fill("We wait for the vendor.")
    details = page.get_by_role("region", name="Details")
    target = details.locator("div").filter(has=page.get_by_text("Response target", exact=True)).last
    expect(target).to_contain_text("due")
    timeline.get_by_role("button", name="Reply to client").click()
    reply = timeline.get_by_role("listitem").filter(has_text="We wait for the vendor.")
    expect(reply).to_contain_text("Sent to the client")
    expect(target).to_contain_text("met")


def card_in(page: Page, column: str, order: dict[str, Any]) -> Any:
    return page.get_by_role("region", name=column, exact=True).get_by_role("link", name=order["subject"])


def test_a_technician_sees_hours_but_no_money(open_as, admin: Api, system, order, client) -> None:
    users = admin.get("/users?role=technician")["items"]
    email = system.env["EVERGREEN_TECHNICIAN_EMAIL"]
    technician = next(user for user in users if user["email"] == email)
    admin.patch(f"/work-orders/{order['id']}", {"technician_id": technician["id"]})
    page = open_as("TECHNICIAN", f"/work-orders/{order['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(order["subject"])
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Service").fill("Remote")
    page.get_by_role("option", name="Remote Support").click()
    dialog.get_by_label("Hours").fill("2")
    cost = dialog.get_by_role("region", name="What will this cost?")
    expect(cost).to_contain_text("58 of 60")
    expect(dialog.locator("[data-hours-line]")).to_have_text("Hours Remaining: 60 of 60 (100%)")
    assert not re.search(r"\$|Rate", dialog.inner_text())


def test_a_technicians_first_page_is_their_day(open_as, admin: Api, system, order) -> None:
    users = admin.get("/users?role=technician")["items"]
    email = system.env["EVERGREEN_TECHNICIAN_EMAIL"]
    technician = next(user for user in users if user["email"] == email)
    admin.patch(f"/work-orders/{order['id']}", {"technician_id": technician["id"], "due_on": "2025-01-02"})
    page = open_as("TECHNICIAN", "/", viewport=PHONE)
    mine = page.get_by_role("region", name="My open work orders")
    expect(mine.get_by_role("link", name=order["subject"])).to_be_visible()
    mine.get_by_role("button", name=f"Log time on {order['subject']}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Service").fill("Remote")
    page.get_by_role("option", name="Remote Support").click()
    dialog.get_by_label("Hours").fill("0.25")
    dialog.get_by_role("button", name="Log time").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("group", name="My time today").get_by_role("row").filter(has_text=order["subject"])
    expect(row).to_contain_text("0.25")
    quick = page.get_by_role("textbox", name="Quick entry")
    quick.fill("firewall")
    quick.press("Enter")
    expect(page.get_by_text("Start with the hours of one day")).to_be_visible()
    quick.fill(f"15m {order['subject']} remote")
    quick.press("Enter")
    expect(dialog.get_by_label("Hours")).to_have_value("0.25")
    expect(dialog.get_by_role("combobox", name="Service")).to_have_value("Remote Support")
    dialog.get_by_role("button", name="Log time").click()
    expect(row).to_have_count(2)
    page.goto("/time")
    expect(page.get_by_role("row").filter(has_text=order["subject"])).to_have_count(2)


def test_an_order_from_a_template_has_its_tasks_to_tick(open_as, admin: Api, client, block) -> None:
    page = open_as("ADMIN", "/work-orders/templates")
    page.get_by_role("button", name="New template").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name := named("New employee"))
    dialog.get_by_label("Subject").fill("Set up an employee")
    dialog.get_by_label("Tasks").fill("Create the account\n\nOrder the laptop")
    dialog.get_by_role("combobox", name="Service").fill("Remote")
    page.get_by_role("option", name="Remote Support").click()
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("2 tasks")

    page.goto("/work-orders")
    page.get_by_role("button", name="New work order").first.click()
    dialog.get_by_role("combobox", name="Client").fill(client["name"])
    page.get_by_role("option", name=client["name"]).click()
    dialog.get_by_label("Template").select_option(label=f"{name} · 2 tasks")
    expect(dialog.get_by_label("Subject")).to_have_value("Set up an employee")
    expect(dialog.get_by_role("combobox", name="Service")).to_have_value("Remote Support")
    dialog.get_by_role("button", name="Save").click()
    tasks = page.get_by_role("region", name="Tasks")
    tasks.get_by_role("checkbox", name="Create the account").check()
    expect(tasks).to_contain_text("1 of 2 done")
    tasks.get_by_label("Add a task").fill("Hand it over")
    page.keyboard.press("Enter")
    expect(tasks).to_contain_text("1 of 3 done")
    tasks.get_by_role("button", name="Actions for Hand it over").click()
    page.get_by_role("menuitem", name="Move up").click()
    expect(tasks.get_by_role("listitem")).to_contain_text(["Create the account", "Hand it over", "Order the laptop"])


def test_a_recurring_order_is_planned_and_paused(open_as, admin: Api, client) -> None:
    name = named("Server check")
    admin.post("/work-order-templates", {"name": name, "subject": name, "tasks": ["Look"]})
    page = open_as("ADMIN", "/work-orders/recurring")
    page.get_by_role("button", name="New recurring work order").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Client").fill(client["name"])
    page.get_by_role("option", name=client["name"]).click()
    dialog.get_by_label("Template").select_option(label=name)
    dialog.get_by_label("First day").fill("2031-01-31")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Jan 31, 2031, Feb 28, 2031, Mar 31, 2031")
    row.get_by_role("button", name="Actions for").click()
    page.get_by_role("menuitem", name="Pause").click()
    expect(row).to_contain_text("Paused")
