"""Tags: the words clients are sorted by."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest


def tagged(callers, query: str) -> list[str]:
    return [client["name"] for client in callers("manager").get(f"/clients?{query}").json["items"]]


def test_a_word_written_at_a_client_becomes_a_tag(callers, make_client):
    make_client("Acme", tags=["VIP", " vip ", "24/7"])
    make_client("Bravo", tags=["ViP"])

    found = {tag["name"]: tag["client_count"] for tag in callers("manager").get("/tags").json["items"]}
    assert found == {"VIP": 2, "24/7": 1}
    assert tagged(callers, "tag=vip") == ["Acme", "Bravo"]
    assert tagged(callers, "tag=vip,24/7") == ["Acme"]
    assert tagged(callers, "tag=unheard") == []


def test_tags_of_a_client_change_with_its_version(callers, make_client, emitted):
    client = make_client("Acme", tags=["VIP"])
    path = f"/clients/{client['id']}"
    manager = callers("manager")

    assert manager.patch(path, {"tags": ["vip"]}).json["version"] == 1
    changed = manager.patch(path, {"tags": ["gold", "Berth"]}).json
    assert (changed["tags"], changed["version"]) == (["Berth", "gold"], 2)
    assert emitted("clients.client.changed.v1")[-1].data["tags"] == ["Berth", "gold"]
    assert manager.patch(path, {"tags": []}).json["tags"] == []
    assert tagged(callers, "tag=VIP") == []


def test_rename_colour_and_remove(callers, make_client):
    manager = callers("manager")
    client = make_client("Acme", tags=["VIP", "Gold"])
    vip = next(tag for tag in manager.get("/tags").json["items"] if tag["name"] == "VIP")
    one = f"/tags/{vip['id']}"

    renamed = manager.patch(one, {"name": "Key account", "color": "purple"}).json
    assert (renamed["name"], renamed["color"], renamed["client_count"], renamed["version"]) == (
        "Key account", "purple", 1, 2,
    )  # fmt: skip
    assert manager.get(f"/clients/{client['id']}").json["tags"] == ["Gold", "Key account"]
    assert manager.patch(one, {"name": "GOLD"}).status_code == 409
    assert manager.patch(one, {"name": "X"}, headers={"If-Match": '"1"'}).status_code == 412
    assert manager.delete(one).status_code == 204
    assert manager.get(f"/clients/{client['id']}").json["tags"] == ["Gold"]
    assert manager.get(one).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "name"), ({"name": ""}, "name"), ({"name": "a,b"}, "name"), ({"name": "x", "color": "beige"}, "color")],
)
def test_bad_fields_are_named(callers, body, field):
    answer = callers("manager").post("/tags", body)
    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_a_name_that_differs_in_case_or_spaces_only_is_taken(callers):
    manager = callers("manager")
    assert manager.post("/tags", {"name": "Key account"}).status_code == 201
    refused = manager.post("/tags", {"name": "KEY   account"})
    assert (refused.status_code, list(refused.json["errors"])) == (409, ["name"])


def test_clients_tagged_at_the_same_moment_share_the_new_tag(callers):
    def make(number: int) -> int:
        body = {"name": f"Client {number}", "tags": ["new one", "another"]}
        return int(callers("manager").post("/clients", body).status_code)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(make, range(16))) == {201}
    counts = {tag["name"]: tag["client_count"] for tag in callers("manager").get("/tags").json["items"]}
    assert counts == {"new one": 16, "another": 16}


def test_everybody_counts_what_they_see(callers, make_client, make_user):
    clients = [make_client(name, tags=["VIP"]) for name in ("Acme", "Bravo")]
    dana = make_user("Dana")
    callers("manager").post(f"/clients/{clients[0]['id']}/technicians", {"user_id": dana["id"]})

    assert callers("technician", user_id=dana["id"]).get("/tags").json["items"][0]["client_count"] == 1
    assert callers("technician").get("/tags?sort=-client_count").json["items"][0]["client_count"] == 0
    user = callers("client_admin", client_id=UUID(clients[0]["id"]))
    assert user.get("/tags").status_code == 403
    assert user.get(f"/clients/{clients[0]['id']}").json["tags"] == []
    assert user.get("/clients?tag=VIP").json["total"] == 0
