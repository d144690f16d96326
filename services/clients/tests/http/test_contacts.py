"""Contacts and technicians over HTTP."""

from typing import Any

import pytest

ANN = {"name": "Ann", "title": "CFO", "email": "ann@acme.example", "phone": "(345) 949-1234", "is_billing": True}


@pytest.fixture
def path(make_client) -> str:
    return f"/clients/{make_client(country='KY')['id']}/contacts"


def test_a_contact_is_kept_and_announced(callers, path, emitted):
    answer = callers("manager").post(path, ANN)

    assert answer.status_code == 201
    kept = {**ANN, "phone": "+13459491234", "phone_display": "+1 345-949-1234", "is_primary_support": True}
    assert {name: answer.json[name] for name in kept} == kept
    (event,) = emitted("clients.contact.changed.v1")
    assert event.subject == answer.json["id"]
    assert (event.data["phone"], event.data["is_billing"], event.sequence) == ("+13459491234", True, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "ann"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"is_billing": "maybe"}, "is_billing"),
        ({"client_id": "00000000-0000-7000-8000-000000000000"}, "client_id"),
    ],
)
def test_bad_fields_are_named_and_change_nothing(callers, path, change, field):
    manager = callers("manager")
    ann = manager.post(path, ANN).json

    for answer in (manager.post(path, {**ANN, **change}), manager.patch(f"{path}/{ann['id']}", change)):
        assert answer.status_code == 422
        assert field in answer.json["errors"]
    assert manager.get(path).json["items"] == [ann]


def test_a_phone_number_without_a_country_needs_its_code(callers, make_client):
    path = f"/clients/{make_client()['id']}/contacts"
    assert "country code" in callers("manager").post(path, ANN).json["errors"]["phone"][0]


def test_edit_archive_restore(callers, path, emitted):
    manager = callers("manager")
    ann, bob = manager.post(path, ANN).json, manager.post(path, {"name": "Bob"}).json

    edited = manager.patch(f"{path}/{bob['id']}", {"phone": "", "email": "bob@acme.example"})
    assert (edited.json["email"], edited.json["version"], edited.headers["ETag"]) == ("bob@acme.example", 2, '"2"')
    assert manager.patch(f"{path}/{bob['id']}", {"name": "X"}, headers={"If-Match": '"1"'}).status_code == 412
    assert manager.delete(f"{path}/{bob['id']}").status_code == 204
    assert manager.delete(f"{path}/{bob['id']}").status_code == 409
    assert [item["id"] for item in manager.get(path).json["items"]] == [ann["id"]]
    assert manager.get(f"{path}?status=archived").json["total"] == 1
    assert manager.post(f"{path}/{bob['id']}/restore").json["status"] == "active"
    assert [event.type for event in emitted() if event.subject == bob["id"]] == [
        "clients.contact.changed.v1",
        "clients.contact.changed.v1",
        "clients.contact.archived.v1",
        "clients.contact.changed.v1",
    ]


def test_the_primary_support_contact_moves_with_a_click(callers, path):
    manager = callers("manager")
    ann, bob = manager.post(path, ANN).json, manager.post(path, {"name": "Bob", "email": "bob@acme.example"}).json
    client = path.removesuffix("/contacts")

    moved = manager.patch(client, {"primary_support_contact_id": bob["id"]})

    assert moved.json["primary_support_contact_id"] == bob["id"]
    assert moved.json["invoice_email"] == "bob@acme.example"
    assert manager.get(f"{path}?is_primary_support=true").json["items"][0]["id"] == bob["id"]
    assert not manager.get(f"{path}/{ann['id']}").json["is_primary_support"]


def test_contacts_of_one_client_are_not_found_under_another(callers, path, make_client):
    manager = callers("manager")
    ann = manager.post(path, ANN).json
    other = f"/clients/{make_client('Other')['id']}/contacts/{ann['id']}"

    assert manager.get(other).status_code == 404
    assert manager.patch(other, {"name": "X"}).status_code == 404
    assert manager.delete(other).status_code == 404


def test_technicians_come_and_go(callers, make_client, make_user, emitted):
    manager, user_id = callers("manager"), make_user("Dana")["id"]
    path = f"/clients/{make_client()['id']}/technicians"

    first: Any = manager.post(path, {"user_id": user_id})
    again = manager.post(path, {"user_id": user_id})
    assert first.status_code == 201
    assert again.json == first.json
    told = [(item["user_id"], item["name"], item["email"]) for item in manager.get(path).json["items"]]
    assert told == [(user_id, "Dana", "dana@msp.example")]
    assert manager.delete(f"{path}/{first.json['id']}").status_code == 204
    assert manager.delete(f"{path}/{first.json['id']}").status_code == 404
    assert manager.get(path).json["total"] == 0
    back = manager.post(path, {"user_id": user_id}).json
    assert (back["id"], back["active"]) == (first.json["id"], True)
    assert manager.delete(f"{path}/{user_id}").status_code == 204

    said = [(event.type.split(".")[2], event.sequence) for event in emitted() if event.subject == first.json["id"]]
    assert said == [("assigned", 1), ("unassigned", 2), ("assigned", 3), ("unassigned", 4)]


@pytest.mark.parametrize("body", [{}, {"user_id": "dana"}, {"user_id": None}])
def test_a_technician_is_a_user(callers, make_client, body):
    answer = callers("manager").post(f"/clients/{make_client()['id']}/technicians", body)
    assert answer.status_code == 422
    assert "user_id" in answer.json["errors"]
