"""A whole task with the keyboard only."""

from playwright.sync_api import Page, Route, expect

from local.api import Api
from local.system import System


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''"))


def test_from_signing_in_to_a_paid_invoice(browser, system: System, admin: Api, client, invoice) -> None:
    context = browser.new_context(base_url=system.url)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_label("Email")).to_be_focused()
    page.keyboard.type(system.env["EVERGREEN_BILLING_EMAIL"])
    page.keyboard.press("Tab")
    page.keyboard.type(system.env["EVERGREEN_BILLING_PASSWORD"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")

    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.type(invoice["number"])
    expect(page.get_by_role("dialog").get_by_text(invoice["number"])).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(invoice["number"])

    page.get_by_role("button", name="Record payment").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_label("Amount")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Paid", exact=True)).to_be_visible()
    assert admin.get(f"/invoices/{invoice['id']}")["status"] == "paid"
    context.close()


def test_enter_opens_what_was_typed_not_what_an_earlier_text_found(open_as, invoice) -> None:
    page = open_as("BILLING", "/")
    expect(page.get_by_role("region", name="Needs attention")).to_be_visible()
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog")
    expect(palette.get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.type(invoice["number"][:-1])
    expect(palette.get_by_role("option").first).to_contain_text(invoice["number"][:-1])

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/v1/invoices?*", hold)
    with page.expect_request("**/api/v1/invoices?*"):
        page.keyboard.type(invoice["number"][-1])
        page.keyboard.press("Enter")
    expect(palette).to_be_visible()
    held[-1].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text(invoice["number"])


def test_rows_are_walked_selected_and_edited(open_as, client) -> None:
    page = open_as("ADMIN", "/clients")
    expect(page.locator("[data-row-link]").nth(1)).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-row-link]").nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_text("1 selected")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Overview")).to_be_visible()

    page.goto("/catalog?q=Remote+Support")
    expect(page.locator("[data-row-link]").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_label("New default rate for")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("New default rate for")).to_be_hidden()

    page.goto(f"/clients/{client['id']}?tab=services")
    rate = page.get_by_label("Custom rate of Backup Management")
    rate.focus()
    page.keyboard.type("45")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Custom rate of Security Patching")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(rate).to_be_focused()
    expect(rate).to_have_value("45")


def test_help_pages_and_skip_link(open_as) -> None:
    page = open_as("ADMIN", "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dashboard")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_have_text("Clients")
