"""The fields of a client beyond its billing, and what lists are narrowed down by."""

from uuid import UUID

import pytest

from common.ids import new_id

DETAILS = {
    "abbreviation": "ACME",
    "website": "acme.example",
    "phone": "(345) 949-1234",
    "industry": "Insurance",
    "referral_source": "A friend",
    "country": "Cayman Islands",
}


def test_details_are_kept_and_announced(callers, make_client, emitted):
    client = make_client(**DETAILS)

    kept = DETAILS | {
        "website": "https://acme.example",
        "phone": "+13459491234",
        "phone_display": "+1 345-949-1234",
        "country": "KY",
        "country_name": "Cayman Islands",
        "status": "active",
        "tags": [],
        "custom_fields": {},
        "primary_support_contact": None,
        "primary_location": None,
    }
    assert {name: client[name] for name in kept} == kept
    (event,) = emitted("clients.client.created.v1")
    assert (event.data["phone"], event.data["industry"]) == ("+13459491234", "Insurance")
    cleared = callers("manager").patch(f"/clients/{client['id']}", {"phone": "", "website": None}).json
    assert (cleared["phone"], cleared["phone_display"], cleared["website"]) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"website": "not a page"}, "website"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"phone": "call me"}, "phone"),
        ({"abbreviation": "x" * 21}, "abbreviation"),
        ({"tags": "VIP"}, "tags"),
        ({"tags": ["a;b"]}, "tags"),
        ({"tags": [""]}, "tags"),
        ({"tags": [f"tag {number}" for number in range(51)]}, "tags"),
        ({"custom_fields": {"unknown": 1}}, "custom_fields"),
        ({"custom_fields": []}, "custom_fields"),
        ({"status": "archived"}, "status"),
        ({"primary_location_id": str(new_id())}, "primary_location_id"),
    ],
)
def test_bad_details_are_named_and_change_nothing(callers, make_client, change, field):
    manager, client = callers("manager"), make_client(**DETAILS)
    path = f"/clients/{client['id']}"

    for answer in (manager.post("/clients", {"name": "New", **DETAILS, **change}), manager.patch(path, change)):
        assert answer.status_code == 422, answer.json
        assert field in {name.split(".")[0] for name in answer.json["errors"]}
    assert manager.get(path).json == client
    assert manager.get("/tags").json["total"] == 0


def test_an_extension_has_its_own_place(callers, make_client):
    path = f"/clients/{make_client(country='KY')['id']}/contacts"
    ann = callers("manager").post(path, {"name": "Ann", "phone": "(345) 949-1234 ext. 12", "mobile": "3459290000"}).json

    assert (ann["phone"], ann["extension"], ann["mobile"]) == ("+13459491234", "12", "+13459290000")
    assert ann["phone_display"] == "+1 345-949-1234 ext. 12"
    one = f"{path}/{ann['id']}"
    assert callers("manager").patch(one, {"extension": "7"}).json["phone_display"] == "+1 345-949-1234 ext. 7"
    moved = callers("manager").patch(one, {"phone": "949-0000"}).json
    assert (moved["phone"], moved["extension"]) == ("+13459490000", "7")
    assert callers("manager").patch(one, {"phone": "949-0000", "extension": ""}).json["extension"] is None
    assert callers("manager").patch(one, {"mobile": "x"}).json["errors"].keys() == {"mobile"}


def test_lists_are_narrowed_down(callers, make_client, make_user, catalog_says, tax_code):
    manager, dana = callers("manager"), make_user("Dana")
    acme = make_client("Acme", country="KY", currency="KYD", industry="Insurance", tags=["VIP"])
    bravo = make_client("Bravo", country="CA", status="lead", tax_code_id=tax_code["id"])
    manager.post(f"/clients/{bravo['id']}/technicians", {"user_id": dana["id"]})
    gone = make_user("Gone")
    manager.post(f"/clients/{acme['id']}/technicians", {"user_id": gone["id"]})
    manager.delete(f"/clients/{acme['id']}/technicians/{gone['id']}")

    def names(**query: str) -> list[str]:
        answer = manager.get("/clients", query_string=query)
        assert answer.status_code == 200, answer.json
        return [client["name"] for client in answer.json["items"]]

    assert names(country="Cayman Islands") == names(currency="KYD") == names(industry="INSURANCE") == ["Acme"]
    assert names(status="lead") == names(tax_code_id=tax_code["id"]) == names(technician_id=dana["id"]) == ["Bravo"]
    assert names(technician_id=gone["id"]) == []
    assert names(created_at_gte=bravo["created_at"]) == ["Bravo"]
    assert names(created_at_lte=acme["created_at"]) == ["Acme"]
    manager.patch(f"/clients/{acme['id']}", {"net_terms": 7})
    assert names(updated_at_gte=manager.get(f"/clients/{acme['id']}").json["updated_at"]) == ["Acme"]
    assert names(sort="-country,name") == names(sort="currency,-name") == ["Acme", "Bravo"]
    assert names(tag="VIP", status="active", q="acme") == ["Acme"]


def test_open_rate_reviews(callers, run_tasks, make_client, catalog_says):
    made = catalog_says("Remote Support", "100.00")
    make_client("Acme")
    catalog_says(of=made, event="rate_changed", default_rate="120.00")
    run_tasks()
    make_client("Bravo")

    def names(wanted: str) -> list[str]:
        found = callers("manager").get(f"/clients?has_open_rate_reviews={wanted}").json["items"]
        return [client["name"] for client in found]

    assert (names("true"), names("false")) == (["Acme"], ["Bravo"])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=gone", "status"),
        ("country=Atlantis", "country"),
        ("currency=XXY", "currency"),
        ("technician_id=dana", "technician_id"),
        ("updated_at_gte=yesterday", "updated_at_gte"),
        ("has_open_rate_reviews=perhaps", "has_open_rate_reviews"),
        ("colour=blue", "colour"),
        ("cf_colour=blue", "cf_colour"),
        ("sort=search_text", "sort"),
    ],
)
def test_what_no_list_knows_is_named(callers, query, field):
    answer = callers("manager").get(f"/clients?{query}")
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field]


def test_a_page_of_cards_shows_people_and_places(callers, make_client):
    manager = callers("manager")
    path = f"/clients/{make_client(country='KY')['id']}"
    manager.post(f"{path}/contacts", {"name": "Ann", "phone": "949-1234", "email": "ann@acme.example"})
    manager.post(f"{path}/locations", {"name": "HQ", "city": "George Town"})

    (card,) = manager.get("/clients").json["items"]
    assert card["primary_support_contact"]["phone_display"] == "+1 345-949-1234"
    assert (card["primary_location"]["name"], card["primary_location"]["country"]) == ("HQ", "KY")
    assert card["primary_location_id"] == card["primary_location"]["id"]


def test_what_the_msp_keeps_to_itself(callers, make_client):
    client = make_client(**DETAILS, tags=["VIP"], notes="Internal")
    user = callers("client_admin", client_id=UUID(client["id"]))

    for seen in (user.get(f"/clients/{client['id']}").json, user.get("/clients").json["items"][0]):
        assert (seen["industry"], seen["referral_source"], seen["tags"], seen["notes"]) == ("Insurance", None, [], None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"role": "client_admin"}, "is a client user"), ({"status": "disabled"}, "is disabled")],
)
def test_only_the_msps_own_people_are_assigned(callers, make_client, make_user, changes, message):
    manager, path = callers("manager"), f"/clients/{make_client()['id']}/technicians"
    eve = make_user("Eve", **changes)

    assert message in manager.post(path, {"user_id": eve["id"]}).json["errors"]["user_id"][0]
    assert manager.get(path).json["total"] == 0
    make_user(of=eve, role="technician", status="active")
    assert manager.post(path, {"user_id": eve["id"]}).status_code == 201


def test_an_unknown_user_is_not_assigned(callers, make_client):
    path = f"/clients/{make_client()['id']}/technicians"
    stranger = "01890000-0000-7000-8000-000000000000"
    assert "User not found" in callers("manager").post(path, {"user_id": stranger}).json["errors"]["user_id"][0]
