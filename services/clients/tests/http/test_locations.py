"""A client's locations over HTTP."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

OFFICE = {
    "name": "Head office",
    "line1": "Unit 2",
    "line2": "1 Bay Street",
    "city": "George Town",
    "subdivision": "grand cayman",
    "postal_code": "ky1-1001",
    "phone": "(345) 949-1234",
    "time_zone": "America/Cayman",
    "hours": "Mon-Fri 9-17",
}


@pytest.fixture
def path(make_client) -> str:
    return f"/clients/{make_client(country='KY')['id']}/locations"


def test_a_location_is_kept_written_as_its_country_writes_it_and_announced(callers, path, emitted):
    answer = callers("manager").post(path, OFFICE)

    assert answer.status_code == 201
    kept = OFFICE | {
        "country": "KY",
        "country_name": "Cayman Islands",
        "subdivision": "Grand Cayman",
        "postal_code": "KY1-1001",
        "phone": "+13459491234",
        "phone_display": "+1 345-949-1234",
        "formatted": "Unit 2\n1 Bay Street\nGeorge Town\nGrand Cayman KY1-1001\nCayman Islands",
        "is_primary": True,
        "status": "active",
    }
    assert {name: answer.json[name] for name in kept} == kept
    (event,) = emitted("clients.location.changed.v1")
    assert (event.subject, event.sequence) == (answer.json["id"], 1)
    assert (event.data["formatted"], event.data["is_primary"]) == (kept["formatted"], True)


@pytest.mark.parametrize(
    ("address", "kept", "line"),
    [
        ({"country": "Canada", "subdivision": "British Columbia", "city": "Vancouver"}, "CA-BC", "Vancouver BC"),
        ({"country": "US", "subdivision": "ny", "city": "Albany", "postal_code": "12207"}, "US-NY", "Albany, NY 12207"),
        ({"country": "CH", "subdivision": "CH-ZH", "city": "Zürich", "postal_code": "8001"}, "CH-ZH", "CH-8001 Zürich"),
        ({"country": "CA", "subdivision": "Quebec"}, "CA-QC", "QC"),
    ],
)
def test_subdivisions_by_code_or_name_in_the_order_of_the_country(callers, path, address, kept, line):
    answer = callers("manager").post(path, {"name": "Branch", **address}).json

    assert answer["subdivision"] == kept
    assert answer["formatted"].split("\n")[0] == line


@pytest.mark.parametrize(
    ("change", "field", "hint"),
    [
        ({"name": " "}, "name", ""),
        ({"country": "Atlantis"}, "country", "Atlantis"),
        ({"subdivision": "Ontario"}, "subdivision", "Little Cayman"),
        ({"postal_code": "12345"}, "postal_code", "KY1-"),
        ({"country": "CA", "subdivision": "BC", "postal_code": "KY1-1001"}, "postal_code", "H3Z 2Y7"),
        ({"phone": "call me"}, "phone", "KY"),
        ({"time_zone": "Cayman"}, "time_zone", "America/Cayman"),
        ({"contact_id": "00000000-0000-7000-8000-000000000000"}, "contact_id", "Contact not found"),
        ({"client_id": "00000000-0000-7000-8000-000000000000"}, "client_id", ""),
        ({"custom_fields": {"floor": 2}}, "custom_fields", "Unknown custom field"),
    ],
)
def test_bad_fields_are_named_and_change_nothing(callers, path, change, field, hint):
    manager = callers("manager")
    office = manager.post(path, OFFICE).json

    for answer in (manager.post(path, OFFICE | change), manager.patch(f"{path}/{office['id']}", change)):
        assert answer.status_code == 422, answer.json
        assert hint in answer.json["errors"][field][0]
    assert manager.get(path).json["items"] == [office]


def test_a_new_country_does_not_leave_the_old_ones_parts_behind(callers, path):
    manager = callers("manager")
    office = manager.post(path, OFFICE).json

    refused = manager.patch(f"{path}/{office['id']}", {"country": "CA"})
    assert set(refused.json["errors"]) <= {"subdivision", "postal_code"}
    moved = manager.patch(f"{path}/{office['id']}", {"country": "CA", "subdivision": "ON", "postal_code": "k1a 0b1"})
    assert (moved.json["subdivision_name"], moved.json["postal_code"]) == ("Ontario", "K1A 0B1")


def test_edit_archive_restore(callers, path, emitted):
    manager = callers("manager")
    office, branch = manager.post(path, OFFICE).json, manager.post(path, {"name": "Branch"}).json
    one = f"{path}/{branch['id']}"

    edited = manager.patch(one, {"city": "Bodden Town", "hours": ""})
    assert (edited.json["city"], edited.json["version"], edited.headers["ETag"]) == ("Bodden Town", 2, '"2"')
    assert manager.patch(one, {"name": "X"}, headers={"If-Match": '"1"'}).status_code == 412
    assert manager.delete(one).status_code == 204
    assert manager.delete(one).status_code == 409
    assert [item["id"] for item in manager.get(path).json["items"]] == [office["id"]]
    assert manager.get(f"{path}?status=archived").json["total"] == 1
    assert manager.patch(one, {"is_primary": True}).status_code == 409
    assert manager.post(f"{one}/restore").json["status"] == "active"
    assert manager.post(f"{one}/restore").status_code == 409
    said = [event.type.split(".")[2] for event in emitted() if event.subject == branch["id"]]
    assert said == ["changed", "changed", "archived", "changed"]


def test_the_primary_location_moves_and_passes_on(callers, path):
    manager = callers("manager")
    office, branch = manager.post(path, OFFICE).json, manager.post(path, {"name": "Branch"}).json
    client = path.removesuffix("/locations")

    assert manager.get(client).json["primary_location"]["formatted"].startswith("Unit 2")
    assert "primary" in manager.patch(f"{path}/{office['id']}", {"is_primary": False}).json["errors"]["is_primary"][0]
    assert manager.patch(f"{path}/{branch['id']}", {"is_primary": True}).json["is_primary"]
    assert [item["name"] for item in manager.get(path).json["items"]] == ["Branch", "Head office"]
    assert manager.get(client).json["primary_location_id"] == branch["id"]
    manager.delete(f"{path}/{branch['id']}")
    assert manager.get(client).json["primary_location_id"] == office["id"]
    manager.delete(f"{path}/{office['id']}")
    assert manager.get(client).json["primary_location"] is None


def test_of_many_who_want_to_be_primary_at_once_one_is(callers, path, app):
    manager = callers("manager")
    places = [manager.post(path, {"name": f"Place {number}"}).json["id"] for number in range(6)]

    def want(place: str) -> int:
        return int(callers("manager").patch(f"{path}/{place}", {"is_primary": True}).status_code)

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(want, places * 3)) == {200}
    with app.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM location WHERE is_primary")).scalar() == 1


def test_people_and_places_belong_to_one_client(callers, path, make_client):
    manager = callers("manager")
    other = f"/clients/{make_client('Other')['id']}"
    office = manager.post(path, OFFICE).json
    theirs = manager.post(f"{other}/contacts", {"name": "Theirs"}).json
    contacts = path.replace("locations", "contacts")
    ann = manager.post(contacts, {"name": "Ann", "location_id": office["id"]}).json

    assert ann["location_id"] == office["id"]
    assert manager.get(f"{contacts}?location_id={office['id']}").json["total"] == 1
    assert "contact_id" in manager.patch(f"{path}/{office['id']}", {"contact_id": theirs["id"]}).json["errors"]
    refused = manager.patch(f"{other}/contacts/{theirs['id']}", {"location_id": office["id"]})
    assert "Location not found" in refused.json["errors"]["location_id"][0]
    assert manager.get(f"{other}/locations/{office['id']}").status_code == 404
    assert manager.delete(f"{other}/locations/{office['id']}").status_code == 404
    assert manager.patch(f"{path}/{office['id']}", {"contact_id": ann["id"]}).json["contact_id"] == ann["id"]
    manager.delete(f"{contacts}/{ann['id']}")
    again = manager.patch(f"{path}/{office['id']}", {"contact_id": ann["id"], "hours": "24/7"})
    assert again.json["hours"] == "24/7"  # who was there already may stay, though archived


def test_a_client_chooses_where_it_is_billed(callers, make_client, emitted):
    manager = callers("manager")
    client, other = make_client(), make_client(name="Other Ltd")
    path = f"/clients/{client['id']}"
    place = {"name": "Accounts", "line1": "5 Bay Street", "city": "George Town", "country": "KY"}
    manager.post(f"{path}/locations", place | {"name": "Head office"})
    billed = manager.post(f"{path}/locations", place).json
    foreign = manager.post(f"/clients/{other['id']}/locations", place).json

    refused = manager.patch(path, {"billing_location_id": foreign["id"]})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["billing_location_id"])
    assert manager.patch(path, {"billing_location_id": billed["id"]}).json["billing_location_id"] == billed["id"]
    assert emitted("clients.client.changed.v1")[-1].data["billing_location_id"] == billed["id"]

    manager.delete(f"{path}/locations/{billed['id']}")
    assert manager.get(path).json["billing_location_id"] is None
    assert emitted("clients.client.changed.v1")[-1].data["billing_location_id"] is None
