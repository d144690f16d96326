"""A client's assets over HTTP."""

import pytest

SERVER = {
    "name": "SRV-01",
    "kind": "server",
    "make": "Dell",
    "model": "PowerEdge R650",
    "serial_number": "ABC1234",
    "warranty_until": "2028-01-14",
    "ip_address": "2001:0db8::0010",
    "mac_address": "001a.2b3c.4d5e",
    "attributes": {"memory_gb": 128, "raid": "RAID 10", "disks": ["sda", "sdb"], "virtual": False},
}


@pytest.fixture
def path(make_client) -> str:
    return f"/clients/{make_client()['id']}/assets"


def test_an_asset_is_kept_and_announced(callers, path, emitted):
    answer = callers("manager").post(path, SERVER)

    assert answer.status_code == 201
    kept = SERVER | {
        "ip_address": "2001:db8::10",
        "mac_address": "00:1A:2B:3C:4D:5E",
        "status": "active",
        "client_name": "Acme Corp",
    }
    assert {name: answer.json[name] for name in kept} == kept
    (event,) = emitted("clients.asset.changed.v1")
    assert (event.subject, event.data["attributes"]) == (answer.json["id"], SERVER["attributes"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "toaster"}, "kind"),
        ({"ip_address": "1.2.3"}, "ip_address"),
        ({"mac_address": "00:1A"}, "mac_address"),
        ({"warranty_until": "soon"}, "warranty_until"),
        ({"purchased_on": "0205-11-30"}, "purchased_on"),
        ({"status": "archived"}, "status"),
        ({"attributes": {"nested": {"a": 1}}}, "attributes"),
        ({"attributes": {"": 1}}, "attributes"),
        ({"attributes": [1]}, "attributes"),
        ({"location_id": "00000000-0000-7000-8000-000000000000"}, "location_id"),
        ({"contact_id": "00000000-0000-7000-8000-000000000000"}, "contact_id"),
    ],
)
def test_bad_fields_are_named_and_change_nothing(callers, path, change, field):
    manager = callers("manager")
    asset = manager.post(path, SERVER).json

    for answer in (manager.post(path, SERVER | change), manager.patch(f"{path}/{asset['id']}", change)):
        assert answer.status_code == 422, answer.json
        assert field in answer.json["errors"]
    assert manager.get(path).json["items"] == [asset]


def test_edit_archive_restore(callers, path, emitted):
    manager = callers("manager")
    asset = manager.post(path, SERVER).json
    one = f"{path}/{asset['id']}"

    assert manager.patch(one, {"name": "SRV-01"}).json["version"] == 1
    edited = manager.patch(one, {"status": "spare", "os": "Debian 13"})
    assert (edited.json["status"], edited.json["version"]) == ("spare", 2)
    assert manager.patch(one, {"name": "X"}, headers={"If-Match": '"1"'}).status_code == 412
    assert manager.delete(one).status_code == 204
    assert manager.delete(one).status_code == 409
    assert manager.get(path).json["items"] == []
    assert manager.get(f"{path}?status=archived").json["items"][0]["id"] == asset["id"]
    assert manager.patch(one, {"status": "active"}).status_code == 409
    assert manager.post(f"{one}/restore").json["status"] == "active"
    said = [event.type.split(".")[2] for event in emitted() if event.subject == asset["id"]]
    assert said == ["changed", "changed", "archived", "changed"]


def test_found_across_clients(callers, path, make_client):
    manager = callers("manager")
    manager.post(path, SERVER)
    other = make_client("Bravo")
    domain = {"name": "bravo.example", "kind": "domain", "expires_on": "2026-12-24"}
    manager.post(f"/clients/{other['id']}/assets", domain)

    def names(query: str) -> list[str]:
        return [item["name"] for item in manager.get(f"/assets?{query}").json["items"]]

    assert names("sort=-client_name") == ["bravo.example", "SRV-01"]
    assert names("q=poweredge+abc") == ["SRV-01"]
    assert names("q=00:1a:2b") == ["SRV-01"]
    assert names("kind=domain") == ["bravo.example"]
    assert names("expires_on_lte=2026-12-31&expires_on_gte=2026-12-01") == ["bravo.example"]
    assert names(f"client_id={other['id']}") == ["bravo.example"]
    assert names("sort=expires_on") == ["bravo.example", "SRV-01"]
    assert names("q=nothing+like+it") == []
    manager.patch(f"{path}/{manager.get(path).json['items'][0]['id']}", {"serial_number": "XYZ"})
    assert (names("q=abc1234"), names("q=xyz")) == ([], ["SRV-01"])


def test_assets_of_one_client_are_not_found_under_another(callers, path, make_client):
    manager = callers("manager")
    asset = manager.post(path, SERVER).json
    other = f"/clients/{make_client('Other')['id']}/assets/{asset['id']}"

    assert {manager.get(other).status_code, manager.delete(other).status_code} == {404}
    assert manager.patch(other, {"name": "X"}).status_code == 404
