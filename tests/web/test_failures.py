"""Error pages for no access, not found, unreachable and temporarily unavailable."""

from playwright.sync_api import expect

NOWHERE = "01900000-0000-7000-8000-000000000000"


def test_what_does_not_exist_is_not_there(open_as) -> None:
    page = open_as("ADMIN", f"/clients/{NOWHERE}")
    expect(page.get_by_role("alert")).to_contain_text("Page not found")
    page.goto("/no/such/page")
    expect(page.get_by_role("alert")).to_contain_text("Page not found")


def test_a_role_without_access_sees_why(open_as) -> None:
    page = open_as("TECHNICIAN", "/invoices")
    expect(page.get_by_role("alert")).to_contain_text("You don’t have access")
    expect(page.get_by_role("link", name="Invoices", exact=True)).to_have_count(0)


def test_a_service_that_is_away_is_asked_again_by_itself(open_as) -> None:
    page = open_as("ADMIN", "/")
    away = {"on": True, "asked": 0}

    def answer(route) -> None:
        away["asked"] += 1
        if away["on"]:
            body = {"title": "Service Unavailable", "status": 503, "detail": "clients does not answer"}
            route.fulfill(status=503, json=body, headers={"Retry-After": "3"})
        else:
            route.continue_()

    page.route("**/api/v1/clients?*", answer)
    page.get_by_role("link", name="Clients", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Temporarily unavailable")
    assert away["asked"] == 1, "the first answer is shown, not the last of several tries"
    away["on"] = False
    expect(page.locator("tbody [data-row-link]").first).to_be_visible()


def test_offline_is_said_and_passes(open_as) -> None:
    page = open_as("ADMIN", "/clients")
    expect(page.locator("[data-row-link]").first).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("You are offline.")).to_be_hidden()


def test_offline_navigation_keeps_the_frame_and_can_be_tried_again(open_as) -> None:
    page = open_as("ADMIN", "/clients")
    expect(page.locator("[data-row-link]").first).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("link", name="Rates", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Can’t reach Evergreen")
    expect(page.get_by_role("navigation", name="Main navigation")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rates")
