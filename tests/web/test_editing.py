"""Typed text survives mistakes, other editors and navigation."""

from playwright.sync_api import expect

from local.api import Api


def test_edits_outlive_slips_other_editors_and_ways_out(open_as, admin: Api, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=billing")
    rate, days = page.get_by_label("Flat hourly rate"), page.get_by_label("Payment terms")
    rate.fill("12,5")
    expect(page.get_by_text("Enter 12.5.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(rate).to_have_value("12,5")
    rate.fill("1,250.5")
    expect(page.get_by_text("= $1,250.50/hr")).to_be_visible()

    copies = page.get_by_label("Additional billing emails").first
    copies.fill("nobody at example")
    copies.press("Enter")
    expect(page.locator("[data-wrong]").first).to_be_visible()
    page.get_by_role("button", name="Save").click()
    assert admin.get(f"/clients/{client['id']}")["hourly_rate"] is None
    while page.locator("[data-wrong]").count():
        page.locator("[data-wrong] button").first.click(force=True)

    page.get_by_role("tab", name="Overview").click()
    expect(page.get_by_role("dialog")).to_contain_text("Leave without saving?")
    page.get_by_role("button", name="Keep editing").click()
    expect(rate).to_have_value("1,250.5")

    admin.patch(f"/clients/{client['id']}", {"hourly_rate": "90.00", "net_terms": 45})
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("The field you both changed is marked")
    expect(rate).to_have_value("1,250.5")
    expect(days).to_have_value("45")
    expect(page.get_by_text("Someone else changed this to “90.00”")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    assert admin.get(f"/clients/{client['id']}")["hourly_rate"] == "1250.50"


def test_dialogs_ask_and_give_the_focus_back_and_pages_take_it(open_as) -> None:
    page = open_as("ADMIN", "/clients")
    opener = page.get_by_role("button", name="New client")
    opener.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_label("Name").first.fill("Half typed")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Leave without saving?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog").get_by_label("Name").first).to_have_value("Half typed")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Discard changes").click()
    expect(opener).to_be_focused()

    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()

    page.get_by_role("link", name="Catalog", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_title("Catalog · Evergreen")
    expect(page.locator("#announcer")).to_have_text("Catalog · Evergreen")
