"""Saved views over HTTP: one's own, shared ones, and who may do what."""

from concurrent.futures import ThreadPoolExecutor

import pytest

VIEW = {"list": "/agreements", "name": "Ending soon", "search": {"status": "active", "sort": "end_date"}}


def test_a_view_is_its_owners_until_it_is_shared(sign_in):
    owner, other = sign_in("manager"), sign_in("technician")
    made = owner.post("/saved-views", VIEW)
    assert made.status_code == 201
    assert made.json["search"] == VIEW["search"]
    assert other.get("/saved-views").json["items"] == []

    etag = {"If-Match": made.headers["ETag"]}
    assert owner.patch(f"/saved-views/{made.json['id']}", {"shared": True}, headers=etag).status_code == 200

    (seen,) = other.get("/saved-views?list=/agreements").json["items"]
    assert (seen["name"], seen["user_name"]) == ("Ending soon", made.json["user_name"])
    assert other.get("/saved-views?list=/clients").json["items"] == []


def test_only_managers_share_and_only_owners_or_administrators_delete(sign_in):
    manager, technician, admin = sign_in("manager"), sign_in("technician"), sign_in("admin")
    view = manager.post("/saved-views", {**VIEW, "shared": True}).json
    etag = {"If-Match": f'"{view["version"]}"'}

    assert technician.post("/saved-views", {**VIEW, "shared": True}).status_code == 403
    assert technician.delete(f"/saved-views/{view['id']}", headers=etag).status_code == 403
    assert admin.delete(f"/saved-views/{view['id']}", headers=etag).status_code == 204
    assert manager.get("/saved-views").json["items"] == []


def test_a_view_of_somebody_else_does_not_exist(sign_in):
    view = sign_in("manager").post("/saved-views", VIEW).json
    etag = {"If-Match": f'"{view["version"]}"'}

    assert sign_in("admin").delete(f"/saved-views/{view['id']}", headers=etag).status_code == 404


def test_of_two_requests_with_one_name_one_wins(sign_in):
    who = sign_in("billing")
    with ThreadPoolExecutor(4) as pool:
        names = ["Late", "late", "LATE", "Late"]
        codes = list(pool.map(lambda name: who.post("/saved-views", {**VIEW, "name": name}).status_code, names))

    assert sorted(codes) == [201, 409, 409, 409]
    assert who.post("/saved-views", {**VIEW, "list": "/invoices", "name": "Late"}).status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"list": "https://elsewhere.example"}, "list"),
        ({"search": {"q": "x" * 501}}, "search.q.value"),
        ({"search": {str(n): "x" for n in range(31)}}, "search"),
        ({"search": "status=active"}, "search"),
    ],
)
def test_bad_views_are_refused_with_their_field(sign_in, change, field):
    who = sign_in("manager")
    answer = who.post("/saved-views", {**VIEW, **change})

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert who.get("/saved-views").json["items"] == []


def test_clients_have_none(sign_in):
    assert sign_in("client_admin").get("/saved-views").status_code == 403
