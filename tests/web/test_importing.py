"""Importing files of other programs: column mapping is saved."""

from playwright.sync_api import expect


def test_a_foreign_header_is_mapped_once(open_as, tmp_path) -> None:
    file = tmp_path / "header.csv"
    file.write_text("sep=;\nDescription;Colour\nA;red\n")
    page = open_as("ADMIN", "/catalog/import")
    page.get_by_label("CSV file").set_input_files(file)
    expect(page.get_by_text("Choose the column for name.")).to_be_visible()
    expect(page.get_by_role("button", name="Check the rows")).to_be_disabled()
    page.get_by_role("combobox", name="Import Colour as").click()
    page.get_by_role("option", name="name (required)").click()
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_role("row").filter(has_text="red")).to_be_visible()

    page.get_by_role("button", name="Choose another file").click()
    page.get_by_label("CSV file").set_input_files(file)
    expect(page.get_by_role("combobox", name="Import Colour as")).to_have_value("name (required)")
