"""Every column of every list can be reached at every width, even with a name of 300 characters."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

LONG = ("Wilhelmina " * 9 + "Donaudampfschifffahrtselektrizitaeten" * 6)[:300]
WIDTHS = (1440, 1100, 1024)
LISTS = (
    "/clients",
    "/work-orders?status=",
    "/clients/tags",
    "/clients/custom-fields",
    "/agreements",
    "/rates",
    "/rates/reviews",
    "/invoices",
    "/payments",
    "/billable-items",
    "/invoice-runs",
    "/notifications",
    "/users",
    "/api-keys",
    "/audit-log",
    "/catalog",
    "/catalog/bundles",
    "/catalog/service-sets",
    "/catalog/categories",
    "/catalog/tax-codes",
)

# The columns that cannot be scrolled into view, and whether the first one stays.
UNREACHABLE = """() => {
  const table = document.querySelector('main table')
  const first = table.querySelector('thead th:not([data-check])')
  const hidden = []
  for (const cell of table.querySelectorAll('thead th')) {
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const box = cell.getBoundingClientRect()
    const seen = [0.25, 0.75].every((part) => {
      const there = document.elementFromPoint(box.left + box.width * part, box.top + box.height / 2)
      return there !== null && cell.contains(there)
    })
    if (!seen) hidden.push(cell.innerText)
    const kept = first.getBoundingClientRect()
    if (kept.left < 0 || kept.right > innerWidth) hidden.push(`first column, at ${cell.innerText}`)
  }
  const page = document.documentElement
  if (page.scrollWidth > page.clientWidth) hidden.push(`the page is ${page.scrollWidth} wide`)
  return hidden
}"""

STICKS = """() => {
  scrollTo(0, 400)
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const cell = document.querySelector('main table thead th:last-child')
    done([scrollY, cell.getBoundingClientRect().top])
  })))
}"""


def lengthen(value: Any) -> Any:
    if isinstance(value, list):
        return [lengthen(item) for item in value]
    if not isinstance(value, dict):
        return value
    named = (
        "name",
        "client_name",
        "service_name",
        "subject",
        "label",
        "description",
        "summary",
        "actor_name",
        "user_name",
    )
    return {key: LONG if key in named and isinstance(item, str) else lengthen(item) for key, item in value.items()}


def answer(route: Route) -> None:
    response = route.fetch()
    if "/auth/" in route.request.url or response.status != 200:
        return route.fulfill(response=response)
    return route.fulfill(response=response, body=json.dumps(lengthen(response.json())))


def reachable(page: Page, width: int) -> None:
    for _ in range(20):  # the table detects a moment later that it is too wide
        hidden = page.evaluate(UNREACHABLE)
        if not hidden:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"at {width}: {hidden}")


def header_stays(page: Page) -> None:
    for _ in range(20):  # a table that turns out to be too wide is laid out again
        at, top = page.evaluate(STICKS)
        if at < 300 or 48 <= top <= 56:
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError(f"the header is at {top}")
    page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("path", LISTS)
def test_every_column_is_reached_at_every_width(open_as, path: str) -> None:
    page = open_as("ADMIN", "/login")
    page.route("**/api/v1/**", answer)
    page.goto(path)
    expect(page.locator("main [data-row], main h2").first).to_be_visible()
    if page.locator("main table").count() == 0:
        pytest.skip("the demo has no rows of this list")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator("main table tbody [data-row]").first).to_be_visible()
        reachable(page, width)
        header_stays(page)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("main li[data-row]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("main").press("j")
    expect(page.locator("main [data-row] :focus")).to_have_count(1)
