"""Long lists load while scrolling and render only nearby rows."""

from playwright.sync_api import Page, Route, expect

TOTAL = 1200
DRAWN_AT_MOST = 90


def answer(route: Route) -> None:
    """Answers with a list of 1,200 clients, because the demo has too few."""
    start = int(route.request.url.split("cursor=")[1].split("&")[0]) if "cursor=" in route.request.url else 0
    items = [
        {
            "id": f"01900000-0000-7000-8000-{number:012d}",
            "name": f"Client {number:04d}",
            "status": "active",
            "currency": "USD",
            "net_terms": 30,
            "tags": [],
            "version": 1,
        }
        for number in range(start, min(start + 50, TOTAL))
    ]
    following = start + 50
    cursor = str(following) if following < TOTAL else None
    route.fulfill(json={"items": items, "next_cursor": cursor, "total": TOTAL, "total_is_exact": True})


def scroll_to_the_end(page: Page) -> None:
    for _ in range(200):
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        if page.get_by_text(f"{TOTAL:,} in total").is_visible():
            return
        page.wait_for_timeout(80)


def test_scrolling_loads_more_and_renders_only_nearby_rows(open_as) -> None:
    page = open_as("ADMIN", "/")
    page.route("**/api/v1/clients?*", answer)
    page.get_by_role("link", name="Clients", exact=True).click()
    expect(page.get_by_text("Client 0000")).to_be_visible()
    scroll_to_the_end(page)
    expect(page.get_by_text(f"{TOTAL:,} in total")).to_be_visible()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.get_by_text("Client 1199")).to_be_visible()
    assert page.locator("[data-row]").count() <= DRAWN_AT_MOST
    assert page.get_by_role("table", name="Clients").get_attribute("aria-rowcount") == str(TOTAL + 1)
    assert "pages=24" in page.url


def test_the_keyboard_reaches_rows_that_are_not_rendered(open_as) -> None:
    page = open_as("ADMIN", "/")
    page.route("**/api/v1/clients?*", answer)
    page.get_by_role("link", name="Clients", exact=True).click()
    expect(page.get_by_text("Client 0000")).to_be_visible()
    for number in range(130):
        page.keyboard.press("j")
        expect(page.locator("[data-row-link]:focus")).to_have_text(f"Client {number:04d}")
