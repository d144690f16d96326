"""Download sizes and load times of the web client stay within their budgets."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from local import web

FIRST_PAINT = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') resolve(entry.startTime)
  }).observe({ type: 'paint', buffered: true })
})"""
VITALS = """() => new Promise((resolve) => {
  const found = { lcp: 0, cls: 0 }
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) found.lcp = entry.startTime })
    .observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) found.cls += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => resolve(found), 300)
})"""


STRETCH = """() => {
  let sum = 0
  const slices = Array.from({ length: 60 }, () => {
    const start = performance.now()
    for (let turn = 0; turn < 2_000_000; turn++) sum = (sum * 31 + turn) | 0
    window.sum = sum
    return performance.now() - start
  })
  return slices.reduce((all, slice) => all + slice) / (slices.length * Math.min(...slices))
}"""
"""How many times longer work takes because others use the machine too; 1 where nobody does."""

LATENCY_MS = 562


@pytest.mark.usefixtures("system")
def test_sizes_are_within_their_budgets() -> None:
    node = Path(sys.executable).parent / "node"
    command = [str(node), "scripts/budgets.mjs"]
    done = subprocess.run(command, cwd=web.SOURCE, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", ["/", "/clients", "/invoices"])
def test_a_page_appears_soon_and_does_not_jump(open_as, path: str) -> None:
    page = open_as("ADMIN", path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    seen = []
    for _ in range(3):  # the first visit fills the cache; the best one is the page's own doing
        page.goto(path)
        page.wait_for_load_state("networkidle")
        vitals = page.evaluate(VITALS)
        seen.append((vitals["lcp"] / page.evaluate(STRETCH), vitals))
    assert min(vitals["cls"] for _, vitals in seen) <= 0.05, seen
    assert min(seen, key=lambda one: one[0])[0] <= 1000, seen


def test_files_are_compressed_and_cached_for_good_pages_never(open_as) -> None:
    page = open_as("ADMIN", "/clients")
    script = page.locator("script[type=module]").get_attribute("src")
    asset = page.request.get(script, headers={"Accept-Encoding": "br"})
    assert asset.headers["content-encoding"] == "br"
    assert "immutable" in asset.headers["cache-control"]
    assert page.request.get("/clients").headers["cache-control"] == "no-cache"


def test_a_shell_paints_within_a_second_on_a_cold_3g_network(open_as) -> None:
    """Nothing but the page's own answer is needed for it: all else is held back until it has been seen."""
    page = open_as("ADMIN", "/login")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    limits = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": 180_000, "uploadThroughput": 84_000}
    network.send("Network.emulateNetworkConditions", limits)
    held: list[Route] = []
    paints: list[float] = []

    def hold(route: Route) -> None:
        if paints:
            route.continue_()
        else:
            held.append(route)

    page.route("**/assets/**", hold)
    page.goto("/clients", wait_until="commit")
    paints.append(page.evaluate(FIRST_PAINT))
    expect(page.get_by_role("status", name="Loading")).to_be_visible()
    assert LATENCY_MS + (paints[0] - LATENCY_MS) / page.evaluate(STRETCH) <= 1000, paints

    network.send("Network.emulateNetworkConditions", {**limits, "latency": 0, "downloadThroughput": -1})
    for route in held:
        route.continue_()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Clients")
    # the base styles stand before the theme's and those of parts, though they were applied late
    assert page.evaluate("document.querySelectorAll('link[media=\"not all\"]').length") == 0
    assert "Inter" in heading.evaluate("(element) => getComputedStyle(element).fontFamily")
    assert page.get_by_role("status", name="Loading", exact=True).count() == 0
