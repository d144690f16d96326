"""Locations, assets, notes and people of clients somebody may not see do not exist for them, however asked for."""

from typing import Any
from uuid import UUID

import pytest

KINDS = {"contacts": {"name": "X"}, "locations": {"name": "X"}, "assets": {"name": "X"}, "notes": {"body": "X"}}


@pytest.fixture
def world(callers, make_client, make_user) -> dict[str, Any]:
    """Two clients with one of everything; a technician who is assigned to the first."""
    manager, dana = callers("manager"), make_user("Dana")
    clients = {}
    for name in ("mine", "theirs"):
        client = make_client(name)
        path = f"/clients/{client['id']}"
        made = {
            kind: manager.post(f"{path}/{kind}", body | ({"notes": "Internal"} if kind != "notes" else {})).json["id"]
            for kind, body in KINDS.items()
        }
        clients[name] = {"id": client["id"], "path": path, "made": made}
    manager.post(f"{clients['mine']['path']}/technicians", {"user_id": dana["id"]})
    return {**clients, "dana": dana["id"]}


def reads(client: dict[str, Any], kinds: set[str]) -> list[str]:
    path = client["path"]
    return [f"{path}/{kind}{one}" for kind in sorted(kinds) for one in ("", f"/{client['made'][kind]}")]


def test_a_technician_reads_those_of_assigned_clients_only(callers, world):
    dana = callers("technician", user_id=world["dana"])

    assert {dana.get(path).status_code for path in reads(world["mine"], set(KINDS))} == {200}
    assert {dana.get(path).status_code for path in reads(world["theirs"], set(KINDS))} == {404}
    note = f"{world['theirs']['path']}/notes/{world['theirs']['made']['notes']}/versions"
    assert dana.get(note).status_code == 404
    for everywhere in ("/assets", "/contacts"):
        found = dana.get(everywhere).json
        assert [item["client_id"] for item in found["items"]] == [world["mine"]["id"]]
        assert dana.get(f"{everywhere}?client_id={world['theirs']['id']}").json["total"] == 0
        assert dana.get(f"{everywhere}?q=x").json["total"] == 1


def test_a_technician_writes_assets_and_notes_of_assigned_clients_only(callers, world):
    dana = callers("technician", user_id=world["dana"])

    for kind in ("assets", "notes"):
        body, mine, theirs = KINDS[kind], world["mine"], world["theirs"]
        assert dana.post(f"{mine['path']}/{kind}", body).status_code == 201
        one = f"{theirs['path']}/{kind}/{theirs['made'][kind]}"
        answers = (dana.post(f"{theirs['path']}/{kind}", body), dana.patch(one, body), dana.delete(one))
        assert {answer.status_code for answer in answers} == {404}
    for kind in ("contacts", "locations"):
        path, one = f"{world['mine']['path']}/{kind}", world["mine"]["made"][kind]
        refused = (dana.post(path, KINDS[kind]), dana.patch(f"{path}/{one}", KINDS[kind]), dana.delete(f"{path}/{one}"))
        assert {answer.status_code for answer in refused} == {403}
    manager = callers("manager")
    for kind in ("assets", "notes"):
        assert manager.get(f"{world['theirs']['path']}/{kind}").json["total"] == 1


@pytest.mark.parametrize("role", ["client_admin", "client_user"])
def test_a_client_user_reads_the_own_clients_without_what_is_internal(callers, world, role):
    user, kinds = callers(role, client_id=UUID(world["mine"]["id"])), set(KINDS) - {"notes"}

    for path in reads(world["mine"], kinds):
        seen = user.get(path)
        assert seen.status_code == 200
        for item in seen.json.get("items", [seen.json]):
            assert (item["notes"], item["custom_fields"]) == (None, {})
    assert {user.get(path).status_code for path in reads(world["theirs"], kinds)} == {404}
    assert {user.get(path).status_code for path in reads(world["mine"], {"notes"})} == {403}
    for everywhere in ("/assets", "/contacts"):
        found = user.get(everywhere).json
        assert [(item["client_id"], item["notes"]) for item in found["items"]] == [(world["mine"]["id"], None)]
        assert user.get(f"{everywhere}?client_id={world['theirs']['id']}").json["total"] == 0
    assert user.get(f"{world['mine']['path']}/technicians").status_code == 403


@pytest.mark.parametrize("role", ["client_admin", "client_user"])
def test_a_client_user_changes_nothing(callers, world, role):
    user, mine = callers(role, client_id=UUID(world["mine"]["id"])), world["mine"]

    for kind, body in KINDS.items():
        one = f"{mine['path']}/{kind}/{mine['made'][kind]}"
        answers = (user.post(f"{mine['path']}/{kind}", body), user.patch(one, body), user.delete(one))
        assert {answer.status_code for answer in answers} == {403}
    for path in ("/tags", "/custom-fields"):
        assert {user.get(path).status_code, user.post(path, {}).status_code} == {403}


def test_nobody_assigned_sees_nothing(callers, world):
    callers("manager").delete(f"{world['mine']['path']}/technicians/{world['dana']}")
    dana = callers("technician", user_id=world["dana"])

    assert {dana.get(path).status_code for path in reads(world["mine"], set(KINDS))} == {404}
    assert [dana.get(path).json["items"] for path in ("/assets", "/contacts", "/clients")] == [[], [], []]
