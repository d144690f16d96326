"""Download sizes and load times of the web client stay within their budgets."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

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
    best = {"lcp": float("inf"), "cls": float("inf")}
    for _ in range(3):  # the best of three, because other tests keep the machine busy
        page.goto(path)
        page.wait_for_load_state("networkidle")
        vitals = page.evaluate(VITALS)
        best = {name: min(best[name], vitals[name]) for name in best}
    assert best["cls"] <= 0.05, best
    assert best["lcp"] <= 1000, best


def test_files_are_compressed_and_cached_for_good_pages_never(open_as) -> None:
    page = open_as("ADMIN", "/clients")
    script = page.locator("script[type=module]").get_attribute("src")
    asset = page.request.get(script, headers={"Accept-Encoding": "br"})
    assert asset.headers["content-encoding"] == "br"
    assert "immutable" in asset.headers["cache-control"]
    assert page.request.get("/clients").headers["cache-control"] == "no-cache"


def test_a_shell_paints_within_a_second_on_a_cold_3g_network(open_as) -> None:
    page = open_as("ADMIN", "/login")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    limits = {"offline": False, "latency": 562, "downloadThroughput": 180_000, "uploadThroughput": 84_000}
    network.send("Network.emulateNetworkConditions", limits)
    paints = []
    for _ in range(3):  # the best of three, because other tests keep the machine busy
        page.goto("/clients", wait_until="commit")
        paints.append(page.evaluate(FIRST_PAINT))
    assert min(paints) <= 1000, paints
