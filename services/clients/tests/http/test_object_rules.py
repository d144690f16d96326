"""What somebody may not see does not exist for them: not in lists, not by id, not nested."""

from typing import Any

import pytest

from common.ids import new_id

NESTED = ("", "/contacts", "/contacts/{contact}", "/services", "/services/{row}", "/services/{row}/rate-history")


@pytest.fixture
def world(callers, make_client, make_user, catalog_says, card_of) -> dict[str, Any]:
    """Two clients with a contact and a card each; one technician, assigned to the first."""
    catalog_says()
    manager, user_id = callers("manager"), make_user()["id"]
    clients = []
    for name in ("Mine", "Theirs"):
        client = make_client(name, notes="Internal")
        contact = {"name": f"{name} Ann", "notes": "Internal", "email": f"ann@{name}.example"}
        client["contact"] = manager.post(f"/clients/{client['id']}/contacts", contact).json["id"]
        client["row"] = card_of(client)["Remote Support"]["id"]
        manager.patch(f"/clients/{client['id']}/services/{client['row']}", {"notes": "Internal"})
        clients.append(client)
    manager.post(f"/clients/{clients[0]['id']}/technicians", {"user_id": user_id})
    return {"mine": clients[0], "theirs": clients[1], "user_id": user_id}


def paths(client: dict[str, Any]) -> list[str]:
    return [f"/clients/{client['id']}{path.format(**client)}" for path in NESTED]


def test_a_technician_sees_assigned_clients_only(callers, world):
    technician = callers("technician", user_id=world["user_id"])

    assert [item["name"] for item in technician.get("/clients").json["items"]] == ["Mine"]
    assert technician.get("/clients?q=theirs").json["total"] == 0
    assert technician.get("/clients?q=ann").json["total"] == 1
    *seen, history = paths(world["mine"])
    *unseen, _ = paths(world["theirs"])
    assert {technician.get(path).status_code for path in seen} == {200}
    assert {technician.get(path).status_code for path in unseen} == {404}
    assert technician.get(history).status_code == 403
    assert technician.get(f"/clients/{world['theirs']['id']}/technicians").status_code == 404
    assert technician.get("/clients/dashboard").json["counts"]["clients_active"] == 1


def test_an_ended_assignment_ends_the_sight(callers, world):
    callers("manager").delete(f"/clients/{world['mine']['id']}/technicians/{world['user_id']}")
    technician = callers("technician", user_id=world["user_id"])

    assert technician.get("/clients").json["total"] == 0
    assert {technician.get(path).status_code for path in paths(world["mine"])[:-1]} == {404}


def test_a_technician_nobody_knows_sees_nothing(callers, world):
    for user_id in (str(new_id()), "dana"):
        technician = callers("technician", user_id=user_id)
        assert technician.get("/clients").json["items"] == []
        assert technician.get(paths(world["mine"])[0]).status_code == 404


def test_a_technician_sees_no_money(callers, world):
    manager, technician = callers("manager"), callers("technician", user_id=world["user_id"])
    client, _, _, card, row, _ = paths(world["mine"])
    manager.patch(client, {"hourly_rate": "95.00"})
    manager.patch(row, {"custom_rate": "110.00"})

    for seen in (technician.get(client).json, technician.get("/clients").json["items"][0]):
        assert (seen["name"], seen["hourly_rate"]) == ("Mine", None)
    for seen in (technician.get(row).json, technician.get(card).json["items"][0]):
        assert {seen[f"{kind}_rate"] for kind in ("default", "custom", "effective", "review")} == {None}
        assert (seen["name"], seen["badge"], seen["version"]) == ("Remote Support", "Custom Rate", 3)
    assert technician.get(row).headers["ETag"] == '"3"'
    assert technician.get(f"{card}?sort=effective_rate").status_code == 422
    assert manager.get(client).json["hourly_rate"] == "95.00"
    assert callers("billing").get(row).json["effective_rate"] == "110.00"


@pytest.mark.parametrize("role", ["client_admin", "client_user"])
def test_a_client_user_sees_the_own_client_without_internal_notes(callers, world, role):
    from uuid import UUID

    user = callers(role, client_id=UUID(world["mine"]["id"]))

    assert [item["name"] for item in user.get("/clients").json["items"]] == ["Mine"]
    assert {user.get(path).status_code for path in paths(world["mine"])} == {200}
    assert {user.get(path).status_code for path in paths(world["theirs"])} == {404}
    for path in paths(world["mine"])[:5]:
        seen = user.get(path).json
        assert [item["notes"] for item in seen.get("items", [seen])] == [None]
    assert callers("manager").get(paths(world["mine"])[0]).json["notes"] == "Internal"


def test_a_client_user_without_a_client_sees_nothing(callers, world):
    assert callers("client_user").get("/clients").json["total"] == 0


@pytest.mark.parametrize("role", ["technician", "billing", "client_admin"])
def test_only_managers_change_clients(callers, world, role):
    someone = callers(role, user_id=world["user_id"])
    client = f"/clients/{world['mine']['id']}"

    refused = [
        someone.post("/clients", {"name": "X"}),
        someone.patch(client, {"net_terms": 1}),
        someone.delete(client),
        someone.post(f"{client}/archive"),
        someone.post(f"{client}/contacts", {"name": "X"}),
        someone.post(f"{client}/services", {"is_custom": True, "name": "X", "rate": "1"}),
        someone.put(f"{client}/services/bulk", {"services": []}),
        someone.post(f"{client}/technicians", {"user_id": str(new_id())}),
        someone.post("/rate-reviews/accept", {"ids": [str(new_id())]}),
    ]
    assert {answer.status_code for answer in refused} == {403}


def test_nobody_without_a_sign_in(callers):
    stranger = callers("admin")
    stranger.token = "nonsense"
    assert stranger.get("/clients").status_code == 401


def test_answers_tell_the_gateway_who_is_assigned(callers, world):
    """Also a repeated one: the gateway may not have heard the first."""
    client, user_id = world["mine"]["id"], world["user_id"]
    manager, path = callers("manager"), f"/clients/{world['mine']['id']}/technicians"

    def told(answer, status):
        assert answer.status_code == status
        return answer.headers["Evergreen-Assignment"].split()

    assert told(manager.post(path, {"user_id": user_id}), 201) == [user_id, client, "1", "1"]
    assert told(manager.delete(f"{path}/{user_id}"), 204) == [user_id, client, "2", "0"]
    assert told(manager.delete(f"{path}/{user_id}"), 404) == [user_id, client, "2", "0"]
    assert told(manager.post(path, {"user_id": user_id}), 201) == [user_id, client, "3", "1"]
    assert "Evergreen-Assignment" not in manager.delete(f"{path}/{new_id()}").headers
