"""Signing in and out, and pages after the session ended."""

import pytest
from playwright.sync_api import Browser, Page, expect

from local.system import System


@pytest.fixture
def guest(browser: Browser, system: System) -> Page:
    context = browser.new_context(base_url=system.url)
    yield context.new_page()
    context.close()


def fill(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("Password", exact=True).press("Enter")


def test_a_wrong_password_is_refused_and_the_right_one_leads_where_one_was_going(guest: Page, system: System) -> None:
    guest.goto("/clients?status=active")
    email, password = (system.env[f"EVERGREEN_MANAGER_{name}"] for name in ("EMAIL", "PASSWORD"))

    fill(guest, email, "not the password")
    expect(guest.get_by_role("alert")).to_have_text("Wrong email or password.")

    fill(guest, email, password)
    expect(guest.get_by_role("heading", level=1)).to_have_text("Clients")
    assert guest.url.endswith("/clients?status=active")


def test_signing_out_ends_the_session_on_the_server(guest: Page, system: System) -> None:
    guest.goto("/")
    fill(guest, system.env["EVERGREEN_MANAGER_EMAIL"], system.env["EVERGREEN_MANAGER_PASSWORD"])
    guest.get_by_role("button", name="Account").click()
    guest.get_by_role("menuitem", name="Sign out").click()
    expect(guest.get_by_role("button", name="Sign in")).to_be_visible()

    assert guest.request.get("/api/v1/auth/me").status == 401
    guest.goto("/clients")
    expect(guest.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_session_that_ends_meanwhile_leads_to_the_form_and_back(guest: Page, system: System) -> None:
    guest.goto("/")
    fill(guest, system.env["EVERGREEN_MANAGER_EMAIL"], system.env["EVERGREEN_MANAGER_PASSWORD"])
    expect(guest.get_by_role("heading", level=1)).to_have_text("Dashboard")
    guest.context.clear_cookies()

    guest.get_by_role("link", name="Invoices", exact=True).click()
    expect(guest.get_by_text("Your session has ended")).to_be_visible()
    fill(guest, system.env["EVERGREEN_MANAGER_EMAIL"], system.env["EVERGREEN_MANAGER_PASSWORD"])
    expect(guest.get_by_role("heading", level=1)).to_have_text("Invoices")


def test_next_never_leads_to_another_site(guest: Page, system: System) -> None:
    guest.goto("/login?next=//evil.example/")
    fill(guest, system.env["EVERGREEN_MANAGER_EMAIL"], system.env["EVERGREEN_MANAGER_PASSWORD"])
    expect(guest.get_by_role("heading", level=1)).to_have_text("Dashboard")
    assert guest.url.startswith(system.url)
