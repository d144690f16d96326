"""Parts of a client in the browser: contacts, locations, notes, assets, tags, custom fields and duplicates."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.api import Api
from local.testing import named


def choose(page: Page, button: str, item: str) -> None:
    page.get_by_role("button", name=button).click()
    page.get_by_role("menuitem", name=item).click()


def test_the_primary_support_contact_moves(open_as, admin: Api, client) -> None:
    path = f"/clients/{client['id']}/contacts"
    admin.post(path, {"name": "Ada First", "email": "ada@parts.example"})
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=contacts")
    page.get_by_role("button", name="Add contact").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Grace Second")
    dialog.get_by_label("Email").fill("not an address")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("is not a valid email address")
    dialog.get_by_label("Email").fill("grace@parts.example")
    dialog.get_by_label("Mobile").fill("+1 345 916 0000")
    dialog.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text="Grace Second")
    expect(row).to_contain_text("grace@parts.example")

    choose(page, "Actions for Grace Second", "Make primary support contact")
    expect(row).to_contain_text("Primary Support Contact")
    expect(page.get_by_role("listitem").filter(has_text="Ada First")).not_to_contain_text("Primary Support Contact")
    contacts = {one["name"]: one["is_primary_support"] for one in admin.get(path)["items"]}
    assert contacts == {"Ada First": False, "Grace Second": True}


def test_an_address_is_asked_for_and_shown_as_its_country_writes_it(open_as, admin: Api, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=locations")
    page.get_by_role("button", name="Add location").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Harbour office")
    dialog.get_by_label("Country").select_option(label="Cayman Islands")
    expect(dialog.get_by_label("Island")).to_be_visible()
    dialog.get_by_label("Address", exact=True).fill("12 Harbour Drive")
    dialog.get_by_label("Postal code").fill("KY1-1102")
    dialog.get_by_role("button", name="Save").click()
    row = page.get_by_role("listitem").filter(has_text="Harbour office")
    expect(row).to_contain_text("KY1-1102")
    expect(row).to_contain_text("Primary location")
    page.get_by_role("tab", name="Overview").click()
    expect(page.get_by_role("region", name="About")).to_contain_text("12 Harbour Drive")


def test_a_note_keeps_what_it_said_before(open_as, client) -> None:
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=notes")
    page.get_by_role("button", name="Add note").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("Alarm")
    dialog.get_by_role("textbox", name="Note").fill("The code is 1234.")
    dialog.get_by_role("button", name="Save").click()
    note = page.get_by_role("article", name="Alarm")
    expect(note).to_contain_text("The code is 1234.")

    choose(page, "Actions for Alarm", "Edit")
    page.get_by_role("dialog").get_by_role("textbox", name="Note").fill("The code has changed.")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(note).to_contain_text("The code has changed.")
    expect(note).to_contain_text("edited")
    page.get_by_role("button", name="History of Alarm").click()
    expect(page.get_by_role("dialog")).to_contain_text("The code is 1234.")


def test_tags_and_custom_fields_are_defined_filled_in_and_filtered_by(open_as, admin: Api, client) -> None:
    label, tag = named("Contract"), named("Gold")
    page = open_as("ADMIN", "/clients/custom-fields")
    page.get_by_role("button", name="New custom field").first.click()
    page.get_by_role("dialog").get_by_label("Label").fill(label)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("table", name="Custom fields")).to_contain_text(label)

    page.goto(f"/clients/{client['id']}")
    page.get_by_role("button", name="Edit", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(label).fill("A-17")
    dialog.get_by_role("combobox", name="Tags").fill(tag)
    dialog.get_by_role("combobox", name="Tags").press("Enter")
    dialog.get_by_role("button", name="Save").click()
    about = page.get_by_role("region", name="About")
    expect(about).to_contain_text("A-17")
    expect(about).to_contain_text(tag)

    page.goto("/clients")
    page.get_by_role("combobox", name="Tags").select_option(label=tag)
    rows = page.get_by_role("table", name="Clients").locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(client["name"])
    field = next(one for one in admin.items("/custom-fields") if one["label"] == label)
    admin.patch(f"/custom-fields/{field['id']}", {"status": "archived"})


def test_clients_as_cards(open_as, client) -> None:
    page = open_as("ADMIN", f"/clients?q={client['name'].replace(' ', '+')}")
    expect(page.get_by_role("table", name="Clients")).to_be_visible()
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_text("Cards", exact=True).click()
    cards = page.get_by_role("list", name="Clients").get_by_role("listitem")
    expect(cards.filter(has_text=client["name"])).to_be_visible()
    assert "layout=cards" in page.url


def test_a_duplicate_is_found_looked_at_and_merged(open_as, admin: Api, client) -> None:
    twin = admin.post("/clients", {"name": f"{client['name']} Ltd."})
    admin.post(f"/clients/{twin['id']}/contacts", {"name": "Ida Twin", "email": "ida@twin.example"})
    page = open_as("ADMIN", "/clients/duplicates")
    page.get_by_role("button", name=f"Keep {client['name']}", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog).to_contain_text("A merge cannot be undone.")
    expect(dialog).to_contain_text("1 contact")
    assert admin.get(f"/clients/{twin['id']}")["status"] == "active"

    dialog.get_by_role("button", name=f"Merge {twin['name']} into this client").click()
    expect(page.get_by_text(f"Merged into {client['name']}")).to_be_visible()
    gone = admin.get(f"/clients/{twin['id']}")
    assert (gone["status"], gone["merged_into_id"]) == ("archived", client["id"])
    page.goto(f"/clients/{twin['id']}")
    page.get_by_role("link", name="Open that client").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(client["name"])
    page.get_by_role("tab", name="Contacts").click()
    expect(page.get_by_text("Ida Twin")).to_be_visible()


def test_a_clients_activity_is_shown(open_as, admin: Api, client) -> None:
    admin.patch(f"/clients/{client['id']}", {"net_terms": 15})
    page = open_as("ADMIN", f"/clients/{client['id']}?tab=activity")
    expect(page.get_by_text("payment terms").or_(page.get_by_text("net terms")).first).to_be_visible()


def test_clients_come_in_from_a_table_after_a_look_at_every_row(open_as, admin: Api, tmp_path) -> None:
    good, bad = named("Imported"), named("Broken")
    file = tmp_path / "clients.csv"
    file.write_text(f"name,country,currency\n{good},Cayman Islands,KYD\n{bad},Atlantis,USD\n")
    page = open_as("ADMIN", "/clients/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("1 row has an error")).to_be_visible()
    expect(page.get_by_text("is not a country")).to_be_visible()
    assert admin.get("/clients", q=good)["total"] == 0

    page.get_by_role("button", name="Choose another file").click()
    file.write_text(f"name,country,currency\n{good},Cayman Islands,KYD\n")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name="Import: add 1").click()
    expect(page.get_by_text("Imported: 1 added, 0 changed")).to_be_visible()
    (made,) = admin.get("/clients", q=good)["items"]
    assert (made["country"], made["currency"]) == ("KY", "KYD")


def test_the_good_rows_come_in_and_the_bad_ones_come_back(open_as, admin: Api, tmp_path) -> None:
    good, bad = named("Imported"), named("Broken")
    file = tmp_path / "clients.csv"
    file.write_text(f"Company;Country;Hourly Rate\n{good};Poland;1,250.00\n{bad};Korea;12,5\n")
    page = open_as("ADMIN", "/clients/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check the rows").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the bad row").click()
    header, row = started.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert header == "Company,Country,Hourly Rate,Reason"
    assert row.startswith(f'{bad},Korea,"12,5",')
    assert "several countries" in row

    page.get_by_role("button", name="Import the good row").click()

    expect(page.get_by_text("Of 2 rows: 1 added, 0 changed, 0 unchanged, 1 not imported.")).to_be_visible()
    (made,) = admin.get("/clients", q=good)["items"]
    assert (made["country"], made["hourly_rate"]) == ("PL", "1250.00")
    assert admin.get("/clients", q=bad)["total"] == 0
    page.get_by_text("All rows 2", exact=True).click()
    page.get_by_role("link", name=good).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(good)


@pytest.mark.parametrize("tab", ["billing", "activity"])
def test_a_technician_sees_no_amounts(open_as, admin: Api, client, tab) -> None:
    technicians: list[dict[str, Any]] = admin.get("/users", role="technician")["items"]
    for one in technicians:
        admin.post(f"/clients/{client['id']}/technicians", {"user_id": one["id"]})
    page = open_as("TECHNICIAN", f"/clients/{client['id']}?tab={tab}")
    expect(page.get_by_role("tab", name="Overview")).to_be_visible()
    expect(page.get_by_role("tab", name=tab.capitalize())).to_have_count(0)
    page.get_by_role("tab", name="Services").click()
    expect(page.get_by_role("button", name="Remote Support")).to_be_visible()
    expect(page.get_by_text("$")).to_have_count(0)
