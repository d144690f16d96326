"""Not yours, not there, not reachable, away for a moment: each says what it is."""

from playwright.sync_api import expect

NOWHERE = "01900000-0000-7000-8000-000000000000"


def test_what_does_not_exist_is_not_there(open_as) -> None:
    page = open_as("ADMIN", f"/clients/{NOWHERE}")
    expect(page.get_by_role("alert")).to_contain_text("Nothing here")
    page.goto("/no/such/page")
    expect(page.get_by_role("alert")).to_contain_text("Nothing here")


def test_a_role_that_may_not_is_told_so(open_as) -> None:
    page = open_as("TECHNICIAN", "/invoices")
    expect(page.get_by_role("alert")).to_contain_text("Not for your role")
    expect(page.get_by_role("link", name="Invoices", exact=True)).to_have_count(0)


def test_a_service_that_is_away_is_asked_again_by_itself(open_as) -> None:
    page = open_as("ADMIN", "/")
    away = {"on": True}

    def answer(route) -> None:
        if away["on"]:
            body = {"title": "Service Unavailable", "status": 503, "detail": "clients does not answer"}
            route.fulfill(status=503, json=body, headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route("**/api/v1/clients?*", answer)
    page.get_by_role("link", name="Clients", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This part is away for a moment")
    away["on"] = False
    expect(page.locator("tbody [data-row-link]").first).to_be_visible()


def test_offline_is_said_and_passes(open_as) -> None:
    page = open_as("ADMIN", "/clients")
    expect(page.locator("[data-row-link]").first).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("You are offline.")).to_be_hidden()
