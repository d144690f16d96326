"""Notes about a client, with what they said before."""

import pytest

from common.ids import new_id


@pytest.fixture
def path(make_client) -> str:
    return f"/clients/{make_client()['id']}/notes"


def test_a_note_keeps_all_it_ever_said(callers, path, emitted):
    author = callers("manager")
    note = author.post(path, {"title": "Parking", "body": "Use the front gate."}).json
    one = f"{path}/{note['id']}"

    author.patch(one, {"body": "Use the back gate."})
    author.patch(one, {"pinned": True})
    again = author.patch(one, {"title": "Parking"}).json

    assert (again["body"], again["author_name"], again["version"]) == ("Use the back gate.", "Test manager", 3)
    versions = author.get(f"{one}/versions").json["items"]
    assert [(entry["number"], entry["body"]) for entry in versions] == [
        (2, "Use the back gate."),
        (1, "Use the front gate."),
    ]
    assert {entry["edited_by_name"] for entry in versions} == {"Test manager"}
    events = emitted("clients.note.changed.v1")
    assert [event.sequence for event in events] == [1, 2, 3]
    assert "body" not in events[0].data


def test_pinned_ones_first_then_the_newest(callers, path):
    manager = callers("manager")
    for body in ("one", "two", "three"):
        manager.post(path, {"body": body, "pinned": body == "two"})

    listed = [item["body"] for item in manager.get(path).json["items"]]
    paged, cursor = [], ""
    while cursor is not None:
        page = manager.get(f"{path}?page_size=1" + (f"&cursor={cursor}" if cursor else "")).json
        paged += [item["body"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert listed == paged == ["two", "three", "one"]
    assert [item["body"] for item in manager.get(f"{path}?q=THRE").json["items"]] == ["three"]
    assert manager.get(f"{path}?pinned=true").json["total"] == 1


def test_who_may_reword_and_remove(callers, path, make_user):
    dana = make_user("Dana")
    callers("manager").post(path.replace("notes", "technicians"), {"user_id": dana["id"]})
    technician, billing = callers("technician", user_id=dana["id"]), callers("billing", user_id=str(new_id()))
    note = technician.post(path, {"body": "The server room is behind the kitchen."}).json
    one = f"{path}/{note['id']}"

    assert billing.patch(one, {"body": "Nonsense"}).status_code == 403
    assert billing.delete(one).status_code == 403
    assert billing.patch(one, {"pinned": True}).json["pinned"]
    assert technician.patch(one, {"body": "Behind the bathroom."}).json["version"] == 3
    assert technician.patch(one, {"body": "X"}, headers={"If-Match": '"1"'}).status_code == 412
    assert callers("manager").delete(one).status_code == 204
    assert {technician.get(one).status_code, technician.get(f"{one}/versions").status_code} == {404}
    assert technician.get(path).json["total"] == 0


@pytest.mark.parametrize("role", ["client_admin", "client_user"])
def test_client_users_never_see_notes(callers, path, role):
    from uuid import UUID

    note = callers("manager").post(path, {"body": "They pay late."}).json
    user = callers(role, client_id=UUID(path.split("/")[2]))

    answers = (user.get(path), user.get(f"{path}/{note['id']}"), user.get(f"{path}/{note['id']}/versions"))
    assert {answer.status_code for answer in answers} == {403}
    assert user.post(path, {"body": "We do not."}).status_code == 403


@pytest.mark.parametrize(
    ("body", "field"), [({}, "body"), ({"body": " "}, "body"), ({"body": "x", "title": "x" * 201}, "title")]
)
def test_bad_fields_are_named(callers, path, body, field):
    answer = callers("manager").post(path, body)

    assert answer.status_code == 422
    assert field in answer.json["errors"]
    assert callers("manager").get(path).json["total"] == 0


def test_notes_of_one_client_are_not_found_under_another(callers, path, make_client):
    manager = callers("manager")
    note = manager.post(path, {"body": "Ours"}).json
    other = f"/clients/{make_client('Other')['id']}/notes/{note['id']}"

    answers = (manager.get(other), manager.patch(other, {"body": "X"}), manager.delete(other))
    assert {answer.status_code for answer in answers} == {404}
