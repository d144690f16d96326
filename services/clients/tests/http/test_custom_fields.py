"""What an MSP asks beyond what everybody does, and the answers."""

from typing import Any
from uuid import UUID

import pytest

TYPED = [
    ("text", " A-17 ", "A-17"),
    ("number", "12.50", "12.5"),
    ("number", 1200, "1200"),
    ("number", "-0.00", "0"),
    ("date", "2026-02-28", "2026-02-28"),
    ("boolean", "yes", True),
    ("boolean", False, False),
    ("select", "gold", "Gold"),
    ("email", "Ann@ACME.example", "Ann@acme.example"),
    ("url", "acme.example/a", "https://acme.example/a"),
]
WRONG = [
    ("text", 7),
    ("text", "x\x00"),
    ("number", "1e3"),
    ("number", "twelve"),
    ("date", "30.11.2025"),
    ("date", 20251130),
    ("boolean", "maybe"),
    ("select", "Bronze"),
    ("email", "ann"),
    ("url", "ftp://acme.example"),
    ("url", "javascript:alert(1)"),
    ("text", ["a"]),
]


@pytest.fixture
def define(callers):
    def make(type: str = "text", entity: str = "client", key: str = "extra", **more: Any) -> dict[str, Any]:
        body = {"entity": entity, "key": key, "label": key.title(), "type": type, **more}
        if type == "select":
            body.setdefault("options", ["Gold", "Silver"])
        answer = callers("admin").post("/custom-fields", body)
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    return make


@pytest.mark.parametrize(("type", "given", "kept"), TYPED)
def test_answers_are_kept_in_one_form_and_found_by_any(callers, define, make_client, type, given, kept):
    define(type)
    client = make_client(custom_fields={"extra": given})
    manager = callers("manager")

    assert client["custom_fields"] == {"extra": kept}
    assert manager.get("/clients", query_string={"cf_extra": str(given)}).json["total"] == 1
    assert manager.patch(f"/clients/{client['id']}", {"custom_fields": {"extra": kept}}).json["version"] == 1


@pytest.mark.parametrize(("type", "given"), WRONG)
def test_an_answer_of_another_type_is_refused(callers, define, make_client, type, given):
    define(type)
    client = make_client()

    for answer in (
        callers("manager").post("/clients", {"name": "X", "custom_fields": {"extra": given}}),
        callers("manager").patch(f"/clients/{client['id']}", {"custom_fields": {"extra": given}}),
    ):
        assert answer.status_code == 422, answer.json
        assert answer.json["errors"]["custom_fields"][0].startswith("extra: ")


@pytest.mark.parametrize("entity", ["client", "contact", "location", "asset"])
def test_every_entity_has_its_own_questions(callers, define, make_client, emitted, entity):
    define(entity=entity)
    manager, client = callers("manager"), make_client()
    nested = {"contact": "contacts", "location": "locations", "asset": "assets"}
    path = f"/clients/{client['id']}/{nested[entity]}" if entity in nested else "/clients"

    made = manager.post(path, {"name": "X", "custom_fields": {"extra": "1"}})
    one = f"{path}/{made.json['id']}"

    assert made.json["custom_fields"] == {"extra": "1"}
    assert manager.patch(one, {"custom_fields": {"extra": "2"}}).json["custom_fields"] == {"extra": "2"}
    assert emitted(f"clients.{entity}.changed.v1")[-1].data["custom_fields"] == {"extra": "2"}
    assert manager.patch(one, {"custom_fields": {"extra": None}}).json["custom_fields"] == {}
    assert (
        "extra" in manager.post(path, {"name": "Y", "custom_fields": {"other": "1"}}).json["errors"]["custom_fields"][0]
    )


def test_a_change_of_one_answer_leaves_the_others(callers, define, make_client):
    define(key="one")
    define(key="two")
    client = make_client(custom_fields={"one": "1", "two": "2"})

    changed = callers("manager").patch(f"/clients/{client['id']}", {"custom_fields": {"two": ""}}).json
    assert (changed["custom_fields"], changed["version"]) == ({"one": "1"}, 2)


def test_a_required_answer(callers, define, make_client):
    old = make_client("Old")
    define(required=True)
    manager = callers("manager")

    assert "required" in manager.post("/clients", {"name": "New"}).json["errors"]["custom_fields"][0]
    assert manager.patch(f"/clients/{old['id']}", {"net_terms": 7}).status_code == 200
    client = make_client("New", custom_fields={"extra": "x"})
    assert manager.patch(f"/clients/{client['id']}", {"custom_fields": {"extra": None}}).status_code == 422


def test_what_has_answers_is_archived_not_removed(callers, define, make_client):
    admin, field = callers("admin"), define()
    one = f"/custom-fields/{field['id']}"
    client = make_client(custom_fields={"extra": "x"})
    path = f"/clients/{client['id']}"

    assert "1 values" in admin.delete(one).json["detail"]
    assert admin.patch(one, {"type": "number"}).status_code == 409
    assert admin.patch(one, {"status": "archived"}).json["status"] == "archived"
    assert admin.get(path).json["custom_fields"] == {"extra": "x"}
    assert admin.patch(path, {"custom_fields": {"extra": "x"}}).status_code == 200
    assert "archived" in admin.patch(path, {"custom_fields": {"extra": "y"}}).json["errors"]["custom_fields"][0]
    admin.patch(path, {"custom_fields": {"extra": None}})
    assert admin.delete(one).status_code == 204
    assert admin.get(one).status_code == 404


def test_options_in_use_stay(callers, define, make_client):
    admin, field = callers("admin"), define("select")
    make_client(custom_fields={"extra": "Gold"})

    assert "Gold" in admin.patch(f"/custom-fields/{field['id']}", {"options": ["Silver"]}).json["errors"]["options"][0]
    assert admin.patch(f"/custom-fields/{field['id']}", {"options": ["Gold", "Tin"]}).json["options"] == ["Gold", "Tin"]


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"key": "Bad Key"}, 422, "key"),
        ({"key": "x" * 51}, 422, "key"),
        ({"key": "extra\n"}, 422, "key"),
        ({"entity": "agreement"}, 422, "entity"),
        ({"type": "colour"}, 422, "type"),
        ({"type": "select", "options": []}, 422, "options"),
        ({"type": "select", "options": ["A", "a"]}, 422, "options"),
        ({"options": ["A"]}, 422, "options"),
        ({"label": ""}, 422, "label"),
        ({}, 409, "key"),
    ],
)
def test_bad_definitions_are_refused(callers, define, change, status, field):
    define()
    body = {"entity": "client", "key": "extra", "label": "Extra", "type": "text", **change}
    refused = callers("admin").post("/custom-fields", body)

    assert (refused.status_code, list(refused.json["errors"])) == (status, [field])
    assert callers("admin").get("/custom-fields").json["total"] == 1


def test_where_the_answers_stand_cannot_change(callers, define):
    one = f"/custom-fields/{define()['id']}"

    for change in ({"key": "other"}, {"entity": "asset"}):
        assert callers("admin").patch(one, change).status_code == 422
    assert callers("admin").patch(one, {"type": "number", "label": "Amount"}).json["type"] == "number"


def test_answers_are_the_msps_own(callers, define, make_client):
    define()
    client = make_client(custom_fields={"extra": "late payer"})
    user = callers("client_admin", client_id=UUID(client["id"]))

    assert user.get(f"/clients/{client['id']}").json["custom_fields"] == {}
    assert user.get("/clients?cf_extra=late payer").json["total"] == 0
    assert user.get("/custom-fields").status_code == 403
    assert callers("manager").post("/custom-fields", {}).status_code == 403
    assert callers("manager").get("/clients?cf_other=1").json["errors"] == {
        "cf_other": ["Custom field not found for clients."]
    }
