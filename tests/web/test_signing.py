"""A contract is generated, sent for signature, signed without an account, and kept with its certificate."""

import json
import re
import urllib.request
from typing import Any

from playwright.sync_api import Browser, expect

from local.importer.waiting import until
from local.testing import new_tag


def link_to(system: Any, address: str) -> str:
    """Returns the path of the link that was mailed to the address."""
    mailbox = f"{system.env['MAILBOX_URL']}/messages"

    def find() -> Any:
        with urllib.request.urlopen(f"{mailbox}?to={address}") as response:
            return json.load(response)

    (mail,) = until(find, seconds=60) or []
    with urllib.request.urlopen(f"{mailbox}/{mail['id']}") as response:
        found = re.search(r"/portal/sign#[\w-]+", json.load(response)["text"])
    assert found
    return found[0]


def test_a_contract_is_signed_through_a_link(open_as, browser: Browser, system, agreement) -> None:
    address = f"carla-{new_tag()}@acme.example"
    page = open_as("MANAGER", f"/agreements/{agreement['id']}?tab=documents")
    page.get_by_role("button", name="Generate from terms").click()
    page.get_by_role("button", name=re.compile("Actions for AGR.*pdf")).click()
    page.get_by_role("menuitem", name="Send for signature").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Signer’s name").fill("Carla Client")
    dialog.get_by_label("Signer’s email").fill(address)
    dialog.get_by_role("button", name="Send for signature").click()
    expect(page.get_by_text("Waiting for signature")).to_be_visible()

    stranger = browser.new_context().new_page()
    stranger.goto(system.url + link_to(system, address))
    expect(stranger.get_by_role("link", name="Read the document")).to_have_attribute("href", re.compile("^blob:"))
    stranger.get_by_role("button", name="Sign document").click()
    expect(stranger.get_by_text("Type your full name.")).to_be_visible()
    stranger.get_by_label("Your full name").fill("Carla M. Client")
    stranger.get_by_label("I agree to sign this document").check()
    stranger.get_by_role("button", name="Sign document").click()
    expect(stranger.get_by_text("This document is signed.")).to_be_visible()
    stranger.context.close()

    page.reload()
    expect(page.get_by_text("By Carla M. Client on")).to_be_visible()
    expect(page.get_by_role("link", name="Signed document")).to_be_visible()
