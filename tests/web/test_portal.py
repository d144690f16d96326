"""The portal shows client users their own invoices and loads no staff code."""

from playwright.sync_api import expect

from common.ids import new_id
from local.api import Api
from local.system import System
from local.testing import named
from local.testing import sign_in as api_as


def test_a_client_user_reads_own_invoices(open_as, system: System, admin: Api) -> None:
    own = api_as(system, "CLIENT_ADMIN").get("/invoices", page_size=100)
    assert 0 < own["total"] < admin.get("/invoices")["total"]

    page = open_as("CLIENT_ADMIN", "/portal")
    expect(page.get_by_text(f"{own['total']:,} in total")).to_be_visible()
    page.locator("[data-row-link]").first.click()
    expect(page.get_by_role("link", name="Open PDF")).to_be_visible()
    assert "/portal/invoices/" in page.url
    expect(page.get_by_role("button", name="Record payment")).to_have_count(0)


def test_clients_are_led_to_the_portal_and_never_download_staff_code(open_as) -> None:
    page = open_as("CLIENT_USER", "/portal")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/portal")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your invoices")
    assert not [url for url in fetched if "/assets/staff-" in url or "/assets/Palette-" in url]

    page.goto("/clients")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your invoices")
    assert page.url.rstrip("/").endswith("/portal")


def test_a_client_user_sends_a_work_order_and_follows_it(open_as, admin: Api) -> None:
    subject = f"The printer is on fire {str(new_id())[-6:]}"
    page = open_as("CLIENT_USER", "/portal/work-orders")
    page.get_by_role("button", name="New work order").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send work order").click()
    expect(dialog.get_by_text("Enter a short subject.")).to_be_visible()
    dialog.get_by_label("Subject").fill(subject)
    dialog.get_by_label("What should we do?").fill("Put it out.\nThen repair it.")
    dialog.get_by_label("Priority").select_option("critical")
    dialog.get_by_role("button", name="Send work order").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)
    expect(page.get_by_text("Received")).to_be_visible()

    (order,) = admin.get("/work-orders", q=subject)["items"]
    assert (order["priority"], order["description"]) == ("critical", "Put it out.\nThen repair it.")
    admin.post(f"/work-orders/{order['id']}/transition", {"status": "in_progress"})
    page.goto("/portal/work-orders")
    expect(page.get_by_role("row").filter(has_text=subject)).to_contain_text("In progress")

    path = f"/work-orders/{order['id']}"
    admin.post(f"{path}/notes", {"text": "The client is careless."})
    admin.post(f"{path}/notes", {"text": "Is it out now?", "visible": True})
    admin.post(f"{path}/transition", {"status": "waiting_client"})
    page.get_by_role("link", name=subject).click()
    messages = page.get_by_role("region", name="Messages and progress")
    expect(messages.get_by_text("Is it out now?")).to_be_visible()
    expect(messages.get_by_text("careless")).to_have_count(0)
    messages.get_by_label("Your message").fill("It is out.")
    choose = messages.locator("input[type=file]")
    choose.set_input_files({"name": "fire.pdf", "mimeType": "application/pdf", "buffer": b"MZ a program"})
    messages.get_by_role("button", name="Send message").click()
    expect(messages.get_by_role("alert")).to_contain_text('"fire.pdf" is not a PDF file')
    messages.get_by_role("button", name="Leave out fire.pdf").click()
    choose.set_input_files({"name": "fire.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 ashes"})
    messages.get_by_role("button", name="Send message").click()
    expect(messages.get_by_role("link", name="fire.pdf")).to_be_visible()
    expect(messages.get_by_role("listitem").filter(has_text="It is out.")).to_be_visible()
    expect(messages.get_by_role("listitem").filter(has_text="to “In progress”").first).to_be_visible()
    assert admin.get(path)["status"] == "in_progress"


def test_hours_of_an_agreement_are_shown_as_number_chart_and_table(open_as, system: System) -> None:
    found = api_as(system, "CLIENT_ADMIN").get("/agreements", type="block_hours_prepaid", page_size=1)["items"]
    agreement = found[0]
    page = open_as("CLIENT_ADMIN", "/portal/agreements")
    page.get_by_role("link", name=agreement["name"]).click()
    expect(page.get_by_text("hours left").first).to_be_visible()
    chart = page.get_by_role("region", name="Hours by period")
    expect(chart.locator(".recharts-bar-rectangle").first).to_be_attached()
    chart.get_by_role("button", name="Show as a table").click()
    expect(chart.get_by_role("columnheader", name="Beyond the agreement")).to_be_visible()

    page.get_by_role("button", name="Ask for more hours").click()
    expect(page.get_by_role("dialog").get_by_label("Subject")).to_have_value(f"More hours for {agreement['number']}")


def test_another_client_s_invoice_is_not_there(open_as, invoice) -> None:
    page = open_as("CLIENT_USER", f"/portal/invoices/{invoice['id']}")
    expect(page.get_by_role("alert")).to_contain_text("Page not found")


def test_the_api_documentation_opens_under_the_content_policy(open_as) -> None:
    page = open_as("ADMIN", "/api/docs")
    expect(page.locator(".opblock-tag").first).to_be_visible(timeout=30_000)
    page.locator(".opblock-tag", has_text="invoices").first.click()
    expect(page.locator(".opblock-summary-path", has_text="/api/v1/invoices").first).to_be_visible()


def test_a_client_user_answers_a_form_that_staff_built(open_as, admin: Api) -> None:
    name = named("New employee")
    page = open_as("ADMIN", "/work-orders/forms")
    page.get_by_role("button", name="New form").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Question 1", exact=True).fill("Who is it?")
    dialog.get_by_label("Question 1 is required").check()
    dialog.get_by_role("button", name="Add question").click()
    dialog.get_by_label("Question 2", exact=True).fill("Which computer?")
    dialog.get_by_label("Type of question 2").select_option("choice")
    dialog.get_by_label("Choices of question 2").fill("Laptop\nDesktop")
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("2 questions")

    page = open_as("CLIENT_USER", "/portal/work-orders")
    page.get_by_role("button", name="New work order").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What do you need?").select_option(label=name)
    dialog.get_by_role("button", name="Send work order").click()
    expect(dialog.get_by_text("Answer this question.").first).to_be_visible()
    dialog.get_by_label("Who is it?").fill("Ann Lee")
    dialog.get_by_label("Which computer?").select_option("Laptop")
    dialog.get_by_role("button", name="Send work order").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("region", name="Form")).to_contain_text("Ann Lee")
    (order,) = admin.get("/work-orders", q=name)["items"]
    page = open_as("ADMIN", f"/work-orders/{order['id']}")
    expect(page.get_by_role("region", name="Form")).to_contain_text("Laptop")
