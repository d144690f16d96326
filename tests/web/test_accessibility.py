"""axe finds no problems in light, in dark and on a phone."""

from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from common.ids import new_id
from local.api import Api
from tests.web.conftest import DESK, PHONE

LOOKS = {"light": (DESK, "light"), "phone": (PHONE, "light"), "dark": (DESK, "dark")}
EVERYTHING = {"resultTypes": ["violations"]}
"""What passes is counted, not described: that takes longer than the checks."""
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}
"""Only colors differ between dark and light."""
LAYOUT = {**EVERYTHING, "rules": {"color-contrast": {"enabled": False}}}
"""A phone has the colors of the light desk, and contrast takes half of the time."""
OPTIONS = {"light": EVERYTHING, "phone": LAYOUT, "dark": COLOURS}
DRAWN_WITHIN = 5


def check(page: Page, what: str, *shown: Locator, looks: Sequence[str] = tuple(LOOKS)) -> None:
    """Runs axe on the page in each look; `shown` must be visible in all of them."""
    page.wait_for_load_state("networkidle")
    touch = page.context.new_cdp_session(page)
    for look in looks:
        viewport, scheme = LOOKS[look]
        # without animations, which axe would measure halfway
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        touch.send("Emulation.setTouchEmulationEnabled", {"enabled": look == "phone"})
        page.set_viewport_size(viewport)
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        for locator in shown:
            expect(locator).to_be_visible()
        expect(page.locator(".mantine-Skeleton-root")).to_have_count(0)
        # colors in transition would be measured halfway
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})))")
        for _ in range(DRAWN_WITHIN):
            results = Axe().run(page, options=OPTIONS[look])
            if results.violations_count == 0:
                break
            page.wait_for_timeout(1000)  # a busy machine draws the new look late
        assert results.violations_count == 0, f"{what}, {look}\n{results.generate_report()}"
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits, f"{what}, {look}, is wider than the screen"
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    page.set_viewport_size(DESK)
    touch.detach()


CLIENT, INVOICE = "/clients/{client}", "/invoices/{invoice}"
AGREEMENT, ORDER = "/agreements/{agreement}", "/work-orders/{order}"
PAGES = (
    {
        CLIENT: "Latest invoices",
        f"{CLIENT}?tab=work": "Open work orders",
        f"{CLIENT}?tab=services": "Default Rate",
        f"{CLIENT}?tab=agreements": "Hours left",
        f"{CLIENT}?tab=billing": "Terms",
        f"{CLIENT}?tab=contacts": "Contacts",
        f"{CLIENT}?tab=locations": "Add location",
        f"{CLIENT}?tab=assets": "Add asset",
        f"{CLIENT}?tab=notes": "Add note",
        f"{CLIENT}?tab=activity": "was created",
    },
    {
        "/": "Recent invoices",
        "/clients": "Billing contact email",
        "/clients?q=zzzz": "No matches",
        "/clients?layout=cards": "Billing contact email",
        "/clients/duplicates": "Duplicates",
        "/clients/tags": "Tags",
        "/clients/custom-fields": "Custom fields",
        "/clients/import": "Drop a CSV file here",
        "/work/import": "Drop a CSV file here",
    },
    {
        "/agreements": "Low on hours",
        "/agreements/decisions": "Decide by",
        AGREEMENT: "Projected exhaustion",
        f"{AGREEMENT}?tab=services": "Not covered",
        f"{AGREEMENT}?tab=hours": "Granted",
        f"{AGREEMENT}?tab=work": "Work orders",
        f"{AGREEMENT}?tab=documents": "Generate from terms",
        f"{AGREEMENT}?tab=activity": "was activated",
        f"{AGREEMENT}/edit": "Totals",
        "/agreements/new?client_id={client}": "Client and type",
        "/agreements/what-if?agreement_id={agreement}": "Cost under these terms",
    },
    {
        "/work-orders": "Hours worked",
        "/work-orders/board": "In progress",
        ORDER: "Hours worked",
        "/work-orders/templates": "Estimated hours",
        "/work-orders/forms": "Questions",
        "/work-orders/recurring": "Next dates",
        "/work-orders/email": "Incoming email",
        "/time": "This week",
        "/time/approvals": "Approvals",
    },
    {
        "/rates": "Difference",
        "/reports/agreement-utilization": "Projected exhaustion",
        "/reports/technician-time": "Hours per day",
        "/reports/unbilled-work": "Oldest work",
        "/reports/margin": "Labor cost",
        "/reports/labor-rates": "All rates",
        "/rates/reviews": "Rate reviews",
        "/invoices": "Balance",
        INVOICE: "Subtotal",
        "/catalog": "Default rate",
        "/nowhere": "Page not found",
    },
    {
        "/notifications": "Recipient",
        "/users": "Last sign-in",
        "/roles": "Permissions by role",
        "/api-keys": "API keys",
        "/audit-log": "What happened",
        "/tasks": "Started by",
        "/account": "This session",
    },
    {
        "/settings": "Legal address",
        "/settings?tab=region": "First day of the fiscal year",
        "/settings?tab=hours": "Next holidays",
        "/settings?tab=invoices": "For example",
        "/settings?tab=payment": "How to pay",
        "/settings?tab=email": "Sender address",
        "/settings?tab=work": "Rounding of time",
        "/settings?tab=history": "History",
    },
)


@pytest.mark.parametrize("pages", PAGES, ids=lambda pages: next(iter(pages)))
def test_every_page(open_as, client, invoice, agreement, order, pages) -> None:
    page = open_as("ADMIN", "/")
    made = {"client": client, "invoice": invoice, "agreement": agreement, "order": order}
    for path, landmark in pages.items():
        page.goto(path.format(**{name: one["id"] for name, one in made.items()}))
        expect(page.get_by_text(landmark).first).to_be_attached()
        check(page, path)


@pytest.mark.runs_alone
def test_the_catalog(open_as, admin: Api) -> None:
    plan = {"name": f"Accessible Plan {new_id()}", "description": "A plan", "kind": "recurring", "default_rate": "9.00"}
    plan["billing_cycle"] = "monthly"
    step = {"name": "Set it up", "description": "As the runbook says", "required": False}
    plan |= {"subscription_category": "domain", "provisioning_checklist": [step], "attribute_defaults": {"tld": "ky"}}
    tiers = [{"up_to": "100", "unit_price": "0.10"}, {"up_to": None, "unit_price": "0.08"}]
    usage = {"name": f"Accessible Usage {new_id()}", "description": "Usage", "kind": "usage"}
    usage |= {"price_model": {"model": "graduated", "tiers": tiers}}
    of_plan, of_usage = (f"/catalog/{admin.post('/services', body)['id']}" for body in (plan, usage))
    item = {"service_id": of_plan.removeprefix("/catalog/"), "quantity": "2"}
    bundle = admin.post("/bundles", {"name": f"Accessible Bundle {new_id()}", "items": [item]})
    page = open_as("ADMIN", "/catalog")
    for path, landmark in {
        of_plan: "As the runbook says",
        of_usage: "The first 100 units",
        f"{of_plan}?tab=prices": "First rate",
        f"{of_plan}?tab=clients": "No clients use this service",
        f"{of_plan}?tab=activity": "was created",
        f"{of_plan}/edit": "WHOIS privacy",
        f"{of_usage}/edit": "The first 100 units",
        "/catalog/new": "Billed by hours worked.",
        "/catalog/import": "choose a file",
        "/catalog/bundles": "Accessible Bundle",
        f"/catalog/bundles/{bundle['id']}": "Share of the price",
        "/catalog/service-sets": "Service sets",
        "/catalog/categories": "Sort order",
        "/catalog/tax-codes": "Tax codes",
    }.items():
        page.goto(path)
        expect(page.get_by_text(landmark).first).to_be_attached()
        check(page, path)


def test_what_opens_over_the_catalog(open_as, tmp_path) -> None:
    page = open_as("ADMIN", "/catalog")
    page.locator("[data-row-select]").first.check()
    page.get_by_role("button", name="Actions for").first.click()
    expect(page.get_by_role("menu")).to_be_visible()
    # a phone shows cards, so the menu of a table's row closes there
    check(page, "the menu of a service", page.get_by_role("menu"), looks=("light", "dark"))
    page.get_by_role("menuitem", name="Clone").click()
    page.get_by_role("dialog").get_by_label("Default rate").fill("0")
    page.get_by_role("dialog").get_by_role("button", name="Clone").click()
    expect(page.get_by_text("Enter an amount above zero.")).to_be_visible()
    check(page, "cloning", page.get_by_role("dialog"), looks=("light", "dark"))
    for path, button in {
        "/catalog/categories": "New category",
        "/catalog/tax-codes": "New tax code",
        "/catalog/service-sets": "New set",
    }.items():
        page.goto(path)
        page.get_by_role("button", name=button).first.click()
        expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
        check(page, button, page.get_by_role("dialog"))
    page.goto("/catalog/tax-codes")
    page.get_by_role("button", name="New tax code").first.click()
    page.get_by_text("Several taxes", exact=True).click()
    expect(page.get_by_label("Name of tax 2")).to_be_visible()
    check(page, "a tax code of several taxes", page.get_by_label("Name of tax 2"))
    file = tmp_path / "services.csv"
    file.write_text("Name,Default Rate\nA new one,0\n")
    page.goto("/catalog/import")
    page.get_by_label("CSV file").set_input_files(file)
    expect(page.get_by_text("Skipped columns change nothing.")).to_be_visible()
    check(page, "columns of a file")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("1 row has an error")).to_be_visible()
    check(page, "the report of a file")


def test_what_opens_over_a_page(open_as, client, invoice) -> None:
    page = open_as("ADMIN", f"/invoices/{invoice['id']}")
    page.get_by_role("button", name="How this was calculated").click()
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menu")).to_be_visible()
    check(page, "an open menu", page.get_by_role("menu"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Record payment").click()
    page.get_by_role("dialog").get_by_label("Amount").fill("0")
    page.get_by_role("dialog").get_by_role("button", name="Record payment").click()
    expect(page.get_by_text("Enter an amount above zero.")).to_be_visible()
    check(page, "a form with an error", page.get_by_role("dialog"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Discard changes").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("combobox", name="Search")).to_be_focused()
    check(page, "the palette", page.get_by_role("dialog"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Account").click()
    expect(page.get_by_role("menu")).to_be_visible()
    check(page, "the account menu", page.get_by_role("menu"))
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


def test_what_opens_over_work(open_as, order) -> None:
    page = open_as("ADMIN", f"/work-orders/{order['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(order["subject"])
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Service").fill("Remote")
    page.get_by_role("option", name="Remote Support").click()
    dialog.get_by_label("Hours").fill("24")
    expect(dialog.get_by_text("36 of 60 (60%)")).to_be_visible()
    check(page, "logging time", dialog)
    page.goto("/work-orders")
    page.get_by_role("button", name="New work order").click()
    expect(dialog.get_by_label("Subject")).to_be_visible()
    check(page, "a new work order", dialog)


def test_the_form_to_sign_in(browser, system) -> None:
    context = browser.new_context(base_url=system.url, viewport=DESK)
    page = context.new_page()
    for path in ("/login", "/portal/login"):
        page.goto(path)
        page.get_by_label("Email").fill("nobody@evergreen.example")
        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()
        check(page, path)
    context.close()


def test_the_portal(open_as) -> None:
    page = open_as("CLIENT_ADMIN", "/portal")
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_text("Subtotal")).to_be_visible()
    check(page, "the portal's invoice")
    page.goto("/portal")
    expect(page.locator("[data-row-link]").first).to_be_visible()
    check(page, "the portal")
    page.goto("/portal/work-orders")
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_text("Hours worked")).to_be_visible()
    check(page, "the portal's work order")
    page.goto("/portal/agreements")
    page.locator("[data-row-link]").first.click()
    expect(page.locator(".recharts-bar-rectangle").first).to_be_attached()
    check(page, "the portal's agreement")


def test_dark_is_chosen_and_kept(open_as) -> None:
    page = open_as("ADMIN", "/", color_scheme="light")
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    html = page.locator("html")
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    page.reload()
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
