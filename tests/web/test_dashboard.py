"""The dashboard shows the API's figures."""

import re

from playwright.sync_api import expect

from local.api import Api


def test_figures_are_those_of_the_api_and_lead_to_their_lists(open_as, admin: Api) -> None:
    before = admin.get("/dashboard")["counts"]["services_active"]
    page = open_as("ADMIN", "/")
    tile = page.locator("dl > div", has_text="Active services")
    expect(tile.locator("dd")).to_have_text(re.compile(r"^[\d,]+$"))
    shown = int(tile.locator("dd").inner_text().replace(",", ""))
    # other tests add services meanwhile
    assert before <= shown <= admin.get("/dashboard")["counts"]["services_active"]

    page.get_by_role("link", name=tile.locator("dd").inner_text(), exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Dashboard")


def test_a_service_that_is_away_costs_its_figures_only(open_as) -> None:
    page = open_as("ADMIN", "/catalog")
    page.route(
        "**/api/v1/dashboard",
        lambda route: route.fulfill(
            json={
                "counts": {"clients_active": 7},
                "money": [],
                "alerts": [],
                "recent_invoices": [],
                "unavailable": ["billing"],
            }
        ),
    )
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_text("Figures from billing are temporarily unavailable.")).to_be_visible()
    expect(page.locator("dl > div", has_text="Active clients").locator("dd")).to_have_text("7")
