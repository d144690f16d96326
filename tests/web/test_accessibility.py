"""axe finds nothing, in light, in dark and on a phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import DESK, PHONE

LOOKS = {
    "light": {"viewport": DESK, "color_scheme": "light"},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
}


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Without motion: what fades in would be measured halfway."""
    return {**LOOKS[request.param], "reduced_motion": "reduce"}


def check(page: Page, what: str) -> None:
    page.wait_for_load_state("networkidle")
    # colours on their way from one to another would be measured halfway
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})))")
    results = Axe().run(page)
    assert results.violations_count == 0, f"{what}\n{results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{what} is wider than the screen"


def test_every_page(open_as, look, client, invoice) -> None:
    page = open_as("ADMIN", "/", **look)
    of_client, of_invoice = f"/clients/{client['id']}", f"/invoices/{invoice['id']}"
    for path, landmark in {
        "/": "Recent invoices",
        "/clients": "Billing contact email",
        "/clients?q=zzzz": "No match",
        of_client: "Latest invoices",
        f"{of_client}?tab=services": "Default Rate",
        f"{of_client}?tab=billing": "Terms",
        f"{of_client}?tab=contacts": "Contacts",
        "/invoices": "Balance",
        of_invoice: "Subtotal",
        "/catalog": "Default rate",
        "/nowhere": "Nothing here",
    }.items():
        page.goto(path)
        expect(page.get_by_text(landmark).first).to_be_attached()
        check(page, path)


def test_what_opens_over_a_page(open_as, look, client, invoice) -> None:
    page = open_as("ADMIN", f"/invoices/{invoice['id']}", **look)
    page.get_by_role("button", name="How this line came about").click()
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menu")).to_be_visible()
    check(page, "an open menu")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Record payment").click()
    page.get_by_role("dialog").get_by_label("Amount").fill("x")
    page.get_by_role("dialog").get_by_role("button", name="Record payment").click()
    expect(page.get_by_text("Enter an amount above zero.")).to_be_visible()
    check(page, "a form with an error")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("combobox", name="Search")).to_be_focused()
    check(page, "the palette")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Account").click()
    expect(page.get_by_role("menu")).to_be_visible()
    check(page, "the account menu")
    page.goto(f"/clients/{client['id']}?tab=services")
    page.get_by_label("Custom rate of Remote Support").fill("12.5x")
    expect(page.get_by_text("Check the rate of Remote Support.")).to_be_visible()
    check(page, "a rate card with a change and a mistake")
    page.get_by_label("Custom rate of Remote Support").fill("12.5")
    page.get_by_role("button", name="Save rate card").click()
    expect(page.get_by_role("button", name="Dismiss")).to_be_visible()
    check(page, "a message")
    page.get_by_role("button", name="Remote Support", exact=True).click()
    expect(page.get_by_label("Custom service name")).to_be_visible()
    check(page, "the details of a service")


def test_the_form_to_sign_in(browser, system, look) -> None:
    context = browser.new_context(base_url=system.url, **look)
    page = context.new_page()
    for path in ("/login", "/portal/login"):
        page.goto(path)
        page.get_by_label("Email").fill("nobody@evergreen.example")
        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()
        check(page, path)
    context.close()


def test_the_portal(open_as, look) -> None:
    page = open_as("CLIENT_ADMIN", "/portal", **look)
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_text("Subtotal")).to_be_visible()
    check(page, "the portal's invoice")
    page.goto("/portal")
    expect(page.locator("[data-row-link]").first).to_be_visible()
    check(page, "the portal")


def test_dark_is_chosen_and_kept(open_as) -> None:
    page = open_as("ADMIN", "/", color_scheme="light")
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    html = page.locator("html")
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    page.reload()
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
