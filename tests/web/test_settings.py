"""The organisation's settings in the browser. Only settings that no other test reads are changed."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from common.ids import new_id
from tests.web.conftest import PHONE


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved the settings").first).to_be_visible()


def test_a_super_admin_saves_a_section_and_finds_it_in_the_history(open_as) -> None:
    number = f"EIN {str(new_id())[-7:]}"
    page = open_as("SUPER_ADMIN", "/settings")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    page.get_by_label("Tax ID").fill(number)
    save(page)
    expect(page.get_by_role("button", name="Save")).to_be_disabled()

    page.get_by_role("tab", name="History").click()
    entry = page.get_by_role("listitem").filter(has_text="changed").first
    expect(entry).to_contain_text("Sam Okafor")
    page.reload()
    expect(page.get_by_text(number).first).to_be_attached()


def test_unsaved_edits_are_asked_about_and_a_wrong_value_is_named_at_its_field(open_as) -> None:
    page = open_as("SUPER_ADMIN", "/settings?tab=invoices")
    expect(page.get_by_text("For example INV-")).to_be_visible()
    field = page.get_by_label("Format")
    field.fill("{year}.{series}.{number}")
    expect(page.get_by_text(".INV.001")).to_be_visible()
    page.get_by_role("tab", name="Email").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep editing").click()

    field.fill("{series}-{number}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is not a number format.")).to_be_visible()
    expect(field).to_have_value("{series}-{number}")

    page.get_by_role("button", name="Cancel").click()
    expect(field).to_have_value("{series}-{year}-{number}")


def test_holidays_are_added_shown_and_removed(open_as) -> None:
    name = f"Founders {str(new_id())[-6:]}"
    page = open_as("SUPER_ADMIN", "/settings?tab=hours", viewport=PHONE)
    upcoming = page.get_by_role("region", name="Next holidays")
    expect(upcoming.get_by_text("Christmas Day")).to_be_visible()
    page.get_by_role("button", name="Add a holiday").click()
    rows = page.get_by_role("list", name="Own holidays").get_by_role("listitem")
    rows.last.get_by_role("textbox").first.fill(name)
    rows.last.get_by_label("Day, row").fill("2020-03-03")
    rows.last.get_by_role("checkbox").check()
    save(page)
    expect(upcoming.get_by_text(name)).to_be_visible()

    row = rows.filter(has=page.locator(f"input[value='{name}']"))
    row.get_by_role("button").click()
    save(page)
    expect(upcoming.get_by_text(name)).to_have_count(0)


def test_a_logo_is_uploaded_and_removed(open_as) -> None:
    made = BytesIO()
    Image.new("RGB", (200, 60), "#0b4f6c").save(made, "PNG")
    page = open_as("SUPER_ADMIN", "/settings")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload logo").click()
    chooser.value.set_files({"name": "logo.png", "mimeType": "image/png", "buffer": made.getvalue()})
    logo = page.get_by_role("img", name="Logo")
    expect(logo).to_be_visible()
    assert logo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 200

    page.get_by_role("button", name="Remove logo").click()
    expect(logo).to_have_count(0)


def test_an_administrator_reads_the_settings_and_changes_nothing(open_as) -> None:
    page = open_as("ADMIN", "/settings")
    expect(page.get_by_text("Only a super admin can change these settings.")).to_be_visible()
    expect(page.get_by_label("Tax ID")).to_be_disabled()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


def test_a_technician_is_not_offered_the_settings(open_as) -> None:
    page = open_as("TECHNICIAN", "/")
    expect(page.get_by_role("navigation").get_by_role("link", name="Clients")).to_be_visible()
    expect(page.get_by_role("link", name="Settings")).to_have_count(0)
