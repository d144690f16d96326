"""Invoices in the browser: reading, PDF, payment, sending, voiding."""

from typing import Any

from playwright.sync_api import Page, expect

from local.api import Api


def test_an_invoice_is_found_and_explains_each_line(open_as, invoice) -> None:
    page = open_as("BILLING", f"/invoices?q={invoice['number']}")
    page.get_by_role("link", name=invoice["number"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(invoice["number"])
    line = page.get_by_role("row", name="Remote Support")
    expect(line).to_contain_text("$125.00")
    expect(line).to_contain_text("$375.00")

    why = line.get_by_role("button", name="How this was calculated")
    why.click()
    expect(why).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text("375.00").first).to_be_visible()


def test_the_pdf_opens_beside_the_page(open_as, invoice) -> None:
    page = open_as("BILLING", f"/invoices/{invoice['id']}")
    link = page.get_by_role("link", name="Open PDF")
    expect(link).to_have_attribute("target", "_blank")
    answer = page.request.get(link.get_attribute("href"))
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def test_the_pdf_opens_as_of_today_and_of_a_draft_as_a_preview(open_as, admin, client, invoice) -> None:
    page = open_as("BILLING", f"/invoices/{invoice['id']}")
    page.get_by_role("button", name="Choose a PDF").click()
    link = page.get_by_role("menuitem", name="As of today, with payments and balance")
    answer = page.request.get(link.get_attribute("href"))
    assert "as-of-" in answer.headers["content-disposition"]

    line = {"description": "Advice", "quantity": "1", "unit_rate": "10.00"}
    draft = admin.post("/invoices", {"client_id": client["id"], "lines": [line]})
    page.goto(f"/invoices/{draft['id']}")
    preview = page.request.get(page.get_by_role("link", name="Preview PDF").get_attribute("href"))
    assert preview.ok
    assert preview.body().startswith(b"%PDF-")


def pay(page: Page, amount: str | None = None) -> None:
    page.get_by_role("button", name="Record payment").click()
    dialog = page.get_by_role("dialog")
    if amount is not None:
        dialog.get_by_label("Amount").fill(amount)
    dialog.get_by_label("Reference").fill("Check 4711")
    dialog.get_by_role("button", name="Record payment").dblclick()
    expect(dialog).to_be_hidden()


def payments_of(admin: Api, invoice: dict[str, Any]) -> list[str]:
    return [payment["amount"] for payment in admin.get(f"/invoices/{invoice['id']}")["payments"]]


def test_a_double_click_pays_once_and_the_rest_can_be_paid_later(open_as, admin: Api, invoice) -> None:
    page = open_as("BILLING", f"/invoices/{invoice['id']}")
    total = invoice["total"]
    pay(page, "100")
    expect(page.get_by_text("Partially paid")).to_be_visible()
    expect(page.get_by_role("cell", name="Check 4711")).to_be_visible()
    assert payments_of(admin, invoice) == ["100.00"]

    pay(page)
    expect(page.get_by_text("Paid", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Record payment")).to_be_hidden()
    after = admin.get(f"/invoices/{invoice['id']}")
    assert (after["status"], after["balance"], after["amount_paid"]) == ("paid", "0.00", total)


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key(open_as, admin: Api, invoice) -> None:
    page = open_as("BILLING", f"/invoices/{invoice['id']}")
    keys: list[str | None] = []

    def lose_the_first(route: Any) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        answer = route.fetch()
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/api/v1/payments", lose_the_first)
    page.get_by_role("button", name="Record payment").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Amount").fill("50")
    dialog.get_by_role("button", name="Record payment").click()
    expect(dialog.get_by_role("alert")).to_contain_text("couldn’t confirm this was saved")
    dialog.get_by_role("button", name="Record payment").click()
    expect(dialog).to_be_hidden()
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert payments_of(admin, invoice) == ["50.00"]


def test_sending_says_to_whom_and_asks_first(open_as, invoice) -> None:
    page = open_as("BILLING", f"/invoices/{invoice['id']}")
    page.get_by_role("button", name="Send", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("billing@journey.example")
    dialog.get_by_role("button", name="Send").click()
    expect(page.get_by_text(f"{invoice['number']} is on its way")).to_be_visible()


def test_voiding_keeps_the_number(open_as, invoice) -> None:
    page = open_as("BILLING", f"/invoices/{invoice['id']}")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Void").click()
    page.get_by_role("dialog").get_by_role("button", name="Void").click()
    expect(page.locator("main").get_by_text("Void", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(invoice["number"])


def test_a_draft_is_issued_from_its_page(open_as, admin: Api, client) -> None:
    line = {"description": "Consulting", "quantity": "1", "unit_rate": "200.00"}
    draft = admin.post("/invoices", {"client_id": client["id"], "lines": [line]})
    page = open_as("BILLING", f"/invoices/{draft['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Draft")
    page.get_by_role("button", name="Issue").click()
    page.get_by_role("dialog").get_by_role("button", name="Issue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("INV-")
