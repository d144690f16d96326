"""The portal shows client users their own invoices and loads no staff code."""

from playwright.sync_api import expect

from local.api import Api
from local.system import System
from local.testing import sign_in as api_as


def test_a_client_user_reads_own_invoices(open_as, system: System, admin: Api) -> None:
    own = api_as(system, "CLIENT_ADMIN").get("/invoices", page_size=100)
    assert 0 < own["total"] < admin.get("/invoices")["total"]

    page = open_as("CLIENT_ADMIN", "/portal")
    expect(page.get_by_text(f"{own['total']:,} in total")).to_be_visible()
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_role("link", name="Open PDF")).to_be_visible()
    assert "/portal/invoices/" in page.url
    expect(page.get_by_role("button", name="Record payment")).to_have_count(0)


def test_clients_are_led_to_the_portal_and_never_download_staff_code(open_as) -> None:
    page = open_as("CLIENT_USER", "/portal")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/portal")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your invoices")
    assert not [url for url in fetched if "/assets/staff-" in url or "/assets/Palette-" in url]

    page.goto("/clients")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your invoices")
    assert page.url.rstrip("/").endswith("/portal")


def test_another_client_s_invoice_is_not_there(open_as, invoice) -> None:
    page = open_as("CLIENT_USER", f"/portal/invoices/{invoice['id']}")
    expect(page.get_by_role("alert")).to_contain_text("Page not found")


def test_the_api_documentation_opens_under_the_content_policy(open_as) -> None:
    page = open_as("ADMIN", "/api/docs")
    expect(page.locator(".opblock-tag").first).to_be_visible(timeout=30_000)
    page.locator(".opblock-tag", has_text="invoices").first.click()
    expect(page.locator(".opblock-summary-path", has_text="/api/v1/invoices").first).to_be_visible()
