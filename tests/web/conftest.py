"""Browser tests drive the real system with Debian's Chromium; each creates its own client and invoice."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from local.api import Api
from local.importer.waiting import until
from local.system import System
from local.testing import named

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

OFFLINE = "ApiError: HTTP 0"
"""A page that could not be loaded; its error is on the screen."""

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium is installed")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ARGUMENTS.split()}


Open = Callable[..., Page]


@pytest.fixture(scope="session")
def signed_in(browser: Browser, system: System) -> Callable[[str], StorageState]:
    """Returns the cookies of a demo user by role; each signs in once, through the form."""
    states: dict[str, StorageState] = {}

    def state_of(role: str) -> StorageState:
        if role not in states:
            context = browser.new_context(base_url=system.url)
            page = context.new_page()
            sign_in(page, system, role)
            states[role] = context.storage_state()
            context.close()
        return states[role]

    return state_of


def sign_in(page: Page, system: System, role: str, path: str = "/") -> None:
    page.goto(path)
    page.get_by_label("Email").fill(system.env[f"EVERGREEN_{role}_EMAIL"])
    page.get_by_label("Password", exact=True).fill(system.env[f"EVERGREEN_{role}_PASSWORD"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in to Evergreen")


@pytest.fixture
def open_as(browser: Browser, system: System, signed_in: Callable[[str], StorageState]) -> Iterator[Open]:
    """Returns `open_as("ADMIN", "/clients", viewport=PHONE)`: a page of that user, closed after the test.

    Any error that a page reports fails the test, except requests that were refused on purpose.
    """
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def open_page(role: str, path: str, **options: Any) -> Page:
        state = signed_in(role)
        context = browser.new_context(**{"base_url": system.url, "viewport": DESK, "storage_state": state, **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)) if OFFLINE not in str(error) else None)
        page.on("console", lambda message: broken.append(message.text) if _is_failure(message) else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # requests still on their way
        context.close()
    assert broken == []


def _is_failure(message: Any) -> bool:
    return message.type == "error" and "Failed to load resource" not in message.text and OFFLINE not in message.text


@pytest.fixture
def client(admin: Api) -> dict[str, Any]:
    """Creates a client with its services."""
    name = named("Browser Journey")
    found: dict[str, Any] = admin.post(
        "/clients", {"name": name, "billing_email": "billing@journey.example", "billing_contact_name": "Ada Paye"}
    )
    path = f"/clients/{found['id']}/services"
    assert until(lambda: admin.get(path)["total"] > 0), "the client's services never arrived"
    return found


@pytest.fixture
def agreement(admin: Api, client: dict[str, Any]) -> dict[str, Any]:
    """Creates an active agreement: 30 prepaid hours, 15 of them for Remote Support and 10 for Consulting."""
    cards = admin.get(f"/clients/{client['id']}/services?page_size=100")["items"]
    rows = {row["name"]: row["id"] for row in cards}
    services = [
        {"client_service_id": rows["Remote Support"], "hours_allocated": "15", "custom_rate": "75.00"},
        {"client_service_id": rows["Consulting"], "hours_allocated": "10"},
    ]
    body = {"client_id": client["id"], "name": f"Block {client['name']}", "type": "block_hours_prepaid"}
    body |= {"total_hours": "30", "start_date": "2025-01-01", "coverage": "selected", "overage_rate": "150.00"}
    found: dict[str, Any] = admin.post("/agreements", {**body, "services": services, "activate": True})
    return found


@pytest.fixture
def invoice(admin: Api, client: dict[str, Any]) -> dict[str, Any]:
    """Creates an issued invoice for 3 hours at 125.00."""
    line = {"description": "Remote Support", "quantity": "3", "unit": "Hour", "unit_rate": "125.00"}
    # the service waits briefly for the client's event
    draft = admin.post("/invoices", {"client_id": client["id"], "lines": [line]})
    issued: dict[str, Any] = admin.post(f"/invoices/{draft['id']}/issue")
    return issued


@pytest.fixture
def block(admin: Api, client: dict[str, Any]) -> dict[str, Any]:
    """Activates 60 prepaid hours of Remote Support for the client."""
    card = admin.get(f"/clients/{client['id']}/services?page_size=100")["items"]
    remote = next(row for row in card if row["name"] == "Remote Support")
    covered = [{"client_service_id": remote["id"], "hours_allocated": "60"}]
    body = {"client_id": client["id"], "name": "Gold Support", "type": "block_hours_prepaid", "total_hours": "60"}
    body |= {"start_date": "2025-01-01", "end_date": "2030-12-31", "coverage": "selected", "services": covered}
    active: dict[str, Any] = admin.post("/agreements", body | {"activate": True, "confirm": True})
    return active


@pytest.fixture
def order(admin: Api, client: dict[str, Any], block: dict[str, Any]) -> dict[str, Any]:
    """Opens a work order on the block."""
    body = {
        "client_id": client["id"],
        "agreement_id": block["id"],
        "subject": named("Firewall"),
    }
    opened: dict[str, Any] = admin.post("/work-orders", body)
    return opened
