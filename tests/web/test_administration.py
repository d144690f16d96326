"""Administration in the browser: email, users, roles, API keys, audit log, and one's own account."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from local.api import Api
from local.importer.waiting import until
from local.system import System
from local.testing import named, new_tag


def choose(page: Page, button: str, item: str) -> None:
    page.get_by_role("button", name=button).click()
    page.get_by_role("menuitem", name=item).click()


def toast(page: Page, text: str) -> None:
    expect(page.get_by_role("alert").filter(has_text=text)).to_be_visible()


def delivery_of(admin: Api, client: dict[str, Any]) -> dict[str, Any]:
    path = f"/notifications?client_id={client['id']}&status=sent"
    assert until(lambda: admin.get(path)["total"] > 0, seconds=60), "the invoice's email was never sent"
    found: dict[str, Any] = admin.get(path)["items"][0]
    return found


def test_an_email_is_found_read_and_sent_again(open_as, admin: Api, client, invoice) -> None:
    delivery = delivery_of(admin, client)
    page = open_as("BILLING", f"/notifications?client_id={client['id']}")
    expect(page.get_by_role("combobox", name="Client")).to_have_value(client["name"])
    page.get_by_role("link", name=delivery["subject"]).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(delivery["subject"])
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text(invoice["number"]).first).to_be_visible()
    expect(page.get_by_text("Ada Paye <billing@journey.example>")).to_be_visible()
    page.get_by_role("tab", name="Plain text").click()
    expect(page.locator("pre")).to_contain_text(invoice["number"])
    page.get_by_role("button", name="Send again").click()
    page.get_by_role("dialog").get_by_role("button", name="Send again").click()
    toast(page, "Email to billing@journey.example is queued again")
    assert admin.get(f"/notifications/{delivery['id']}")["resends"] == 1

    assert until(lambda: admin.get(f"/notifications/{delivery['id']}")["status"] == "sent")
    page.get_by_role("link", name="← Mail log").click()
    page.goto(f"/notifications?client_id={client['id']}&recipient=billing@journey.example&status=sent")
    page.get_by_role("checkbox", name=re.compile("^Select Invoice")).first.check()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("dialog")).to_contain_text("Send this email again?")
    page.get_by_role("dialog").get_by_role("button", name="Send again").click()
    toast(page, f"Emails queued again: {delivery['subject']}")
    assert admin.get(f"/notifications/{delivery['id']}")["resends"] == 2


def test_a_user_is_added_changed_locked_out_and_let_in(open_as, admin: Api, system: System, client) -> None:
    name, email = named("Una"), f"una-{new_tag()}@evergreen.example"
    page = open_as("ADMIN", "/users")
    page.get_by_role("button", name="New user").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Email").fill(email)
    dialog.get_by_label("Role").select_option("client_user")
    dialog.get_by_label("Password").fill("short")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_contain_text("Choose this user’s client.")
    dialog.get_by_role("combobox", name="Client").fill(client["name"])
    page.get_by_role("option", name=client["name"]).click()
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_contain_text("At least 12 characters")
    dialog.get_by_role("button", name="Generate").click()
    first = dialog.get_by_label("Password").input_value()
    dialog.get_by_role("button", name="Create").click()
    toast(page, f"Added {name}")
    (user,) = admin.get(f"/users?email={email}")["items"]
    assert (user["role"], user["client_name"]) == ("client_user", client["name"])
    theirs = Api(system.url)
    theirs.login(email, first)

    page.goto(f"/users?q={email}")
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").get_by_label("Role").select_option("technician")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    toast(page, f"Saved {name}")
    assert admin.get(f"/users/{user['id']}")["client_id"] is None

    choose(page, f"Actions for {name}", "Sign out everywhere")
    page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    toast(page, f"Signed out {name} everywhere")
    choose(page, f"Actions for {name}", "Set a new password")
    page.get_by_role("dialog").get_by_label("New password").fill("a second passphrase")
    page.get_by_role("dialog").get_by_role("button", name="Set a new password").click()
    toast(page, f"New password set for {name}")
    theirs.login(email, "a second passphrase")
    choose(page, f"Actions for {name}", "Disable")
    toast(page, f"Disabled {name}")
    assert admin.get(f"/users/{user['id']}")["status"] == "disabled"
    page.get_by_role("button", name="Undo").click()
    assert until(lambda: admin.get(f"/users/{user['id']}")["status"] == "active")


def test_ones_own_password_sessions_and_keys(open_as, browser, admin: Api, system: System) -> None:
    email, password = f"own-{new_tag()}@evergreen.example", "the first passphrase"
    body = {"name": named("Own"), "email": email, "role": "manager", "password": password}
    admin.post("/users", body)
    other = Api(system.url)
    other.login(email, password)
    context = browser.new_context(base_url=system.url)
    page = context.new_page()
    page.goto("/account")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")

    expect(page.get_by_text("This session")).to_be_visible()
    page.get_by_role("button", name="End session on").click()
    expect(page.get_by_text("You have no other sessions.")).to_be_visible()

    page.get_by_role("button", name="New API key").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Nightly export")
    assert dialog.get_by_label("Role").locator("option").all_inner_texts() == ["Manager", "Technician"]
    dialog.get_by_role("button", name="Create").click()
    key = dialog.get_by_label("Key", exact=True).input_value()
    assert key.startswith("evg_")
    dialog.get_by_role("button", name="I have copied it").click()
    expect(page.get_by_text("Nightly export")).to_be_visible()
    assert key not in page.content()
    choose(page, "Actions for Nightly export", "Revoke")
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    toast(page, "Revoked Nightly export")

    page.get_by_label("Current password").fill("wrong")
    page.get_by_label("New password").first.fill("the second passphrase")
    page.get_by_label("Repeat new password").fill("the second")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("The new passwords don’t match.")).to_be_visible()
    page.get_by_label("Repeat new password").fill("the second passphrase")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text(re.compile("your current password|current password is", re.IGNORECASE))).to_be_visible()
    page.get_by_label("Current password").fill(password)
    page.get_by_role("button", name="Change password").click()
    toast(page, "Password changed. Your other sessions have ended.")
    expect(page.get_by_label("Current password")).to_have_value("")

    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()


def test_the_audit_log_tells_who_changed_what(open_as, admin: Api, client) -> None:
    admin.patch(f"/clients/{client['id']}", {"net_terms": 45})
    path = f"/audit-log?subject={client['id']}&actor={admin.get('/auth/me')['user']['id']}"
    assert until(lambda: admin.get(path)["total"] > 1), "the change never arrived in the log"
    page = open_as("ADMIN", f"/audit-log?subject={client['id']}&entity=clients.client")
    page.get_by_role("button", name=re.compile("payment terms changed from 30 to 45")).click()

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row", name="Net terms 30 45")).to_be_visible()
    dialog.get_by_role("link", name="Open the client").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(client["name"])
    page.goto(f"/audit-log?subject={client['id']}&from=2020-01-01&until=2020-01-31")
    expect(page.get_by_text("No matches")).to_be_visible()


def test_roles_say_what_the_routes_declare(open_as, admin: Api) -> None:
    areas = {area["name"]: area for area in admin.get("/roles/permissions")["items"]}
    page = open_as("ADMIN", "/roles")
    page.get_by_role("button", name="Show operations for Tax codes").click()
    row = page.get_by_role("row", name=re.compile("Create tax code"))
    expect(row.get_by_text("Allowed", exact=True)).to_have_count(2)
    expect(page.get_by_role("row", name=re.compile("^Show operations for"))).to_have_count(len(areas))


def test_pages_stand_in_navigation_and_palette_by_role(open_as) -> None:
    page = open_as("ADMIN", "/")
    for name in ("Mail log", "Users", "Audit log"):
        expect(page.get_by_role("navigation").get_by_role("link", name=name)).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search").fill("roles")
    expect(page.get_by_role("dialog").get_by_text("Roles", exact=True)).to_be_visible()
    technician = open_as("TECHNICIAN", "/")
    expect(technician.get_by_role("navigation").get_by_role("link", name="Clients")).to_be_visible()
    for name in ("Mail log", "Users", "Audit log"):
        expect(technician.get_by_role("link", name=name)).to_have_count(0)
