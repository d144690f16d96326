"""Notes on work orders: who sees which, what a client's answer does, and the timeline."""

import pytest

from common.ids import new_id


@pytest.fixture
def client_id(world):
    return world.client()


@pytest.fixture
def portal(callers, client_id):
    return callers("client_user", client_id=client_id)


@pytest.fixture
def path(desk, client_id):
    return f"/work-orders/{desk.order(client_id)}"


def timeline(caller, path):
    answer = caller.get(f"{path}/timeline")
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def move(desk, path, *statuses):
    for status in statuses:
        assert desk.caller.post(f"{path}/transition", {"status": status}).status_code == 200


def test_a_client_sees_visible_notes_only(desk, portal, path):
    manager = desk.caller
    internal = manager.post(f"{path}/notes", {"text": "The client shouted."})
    shown = manager.post(f"{path}/notes", {"text": "We are on it.", "visible": True})
    answer = portal.post(f"{path}/notes", {"text": "Thank you."})

    assert [note.json["visible"] for note in (internal, shown, answer)] == [False, True, True]
    assert [entry["note"]["text"] for entry in timeline(portal, path)] == ["Thank you.", "We are on it."]
    assert [(entry["note"]["text"], entry["by_client"]) for entry in timeline(manager, path)] == [
        ("Thank you.", True),
        ("We are on it.", False),
        ("The client shouted.", False),
    ]


def test_another_client_neither_reads_nor_writes(callers, world, desk, path):
    stranger = callers("client_user", client_id=world.client("Other"))
    desk.caller.post(f"{path}/notes", {"text": "We are on it.", "visible": True})

    assert stranger.get(f"{path}/timeline").status_code == 404
    assert stranger.post(f"{path}/notes", {"text": "Let me in"}).status_code == 404
    assert len(timeline(desk.caller, path)) == 1


def test_the_timeline_has_notes_changes_of_status_and_time(desk, world, portal, client_id, path):
    (service,) = world.card(client_id, "Remote Support")
    move(desk, path, "in_progress")
    desk.caller.post(f"{path}/notes", {"text": "Looking at it"})
    desk.log(path.rsplit("/", 1)[1], service, "1.5", note="Restarted it", technician_name="Dana")
    deleted = desk.log(path.rsplit("/", 1)[1], service, "2").json["id"]
    desk.caller.delete(f"{path}/time-entries/{deleted}")
    move(desk, path, "resolved")

    entries = timeline(desk.caller, path)

    assert [entry["kind"] for entry in entries] == ["status_change", "time", "note", "status_change"]
    assert entries[0]["status_change"] == {"from_status": "in_progress", "to_status": "resolved"}
    assert (entries[1]["time"]["note"], entries[1]["by_name"]) == ("Restarted it", "Dana")
    assert [entry["kind"] for entry in timeline(portal, path)] == ["status_change", "status_change"]


def test_pages_of_the_timeline_join_without_gaps(desk, path):
    texts = [str(number) for number in range(5)]
    for text in texts:
        desk.caller.post(f"{path}/notes", {"text": text})

    found, cursor = [], None
    while True:
        page = desk.caller.get(f"{path}/timeline?page_size=2" + (f"&cursor={cursor}" if cursor else "")).json
        found += [entry["note"]["text"] for entry in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert found == texts[::-1]


@pytest.mark.parametrize(
    ("technician", "before", "after"),
    [
        (False, ["waiting_client"], "in_progress"),
        (True, ["waiting_client"], "assigned"),
        (True, ["in_progress", "waiting_client"], "in_progress"),
        (True, ["resolved"], "in_progress"),
        (True, ["in_progress"], "in_progress"),
        (True, [], "assigned"),
    ],
)
def test_a_clients_answer_continues_the_work(desk, portal, client_id, emitted, technician, before, after):
    who = {"technician_id": str(new_id()), "technician_name": "Dana"} if technician else {}
    path = f"/work-orders/{desk.order(client_id, **who)}"
    move(desk, path, *before)
    announced = len([event for event in emitted() if event.type == "agreements.work_order.transitioned.v1"])

    assert portal.post(f"{path}/notes", {"text": "It works."}).status_code == 201

    assert desk.caller.get(path).json["status"] == after
    moved = [event for event in emitted() if event.type == "agreements.work_order.transitioned.v1"][announced:]
    changes = before[-1:] != [after] and before != []
    assert [event.data["status"] for event in moved] == ([after] if changes else [])


def test_a_note_of_staff_moves_nothing(desk, path):
    move(desk, path, "waiting_client")
    desk.caller.post(f"{path}/notes", {"text": "Please answer.", "visible": True})

    assert desk.caller.get(path).json["status"] == "waiting_client"


def test_a_closed_order_takes_notes_of_staff_only(desk, portal, path):
    move(desk, path, "closed")

    refused = portal.post(f"{path}/notes", {"text": "It broke again."})

    assert refused.status_code == 409
    assert refused.json["detail"] == "WO-000001 is closed. Send a new work order instead."
    assert desk.caller.post(f"{path}/notes", {"text": "For the file."}).status_code == 201
    assert [entry["kind"] for entry in timeline(desk.caller, path)] == ["note", "status_change"]


@pytest.mark.parametrize(
    ("role", "body", "field"),
    [
        ("manager", {"text": "  "}, "text"),
        ("manager", {}, "text"),
        ("manager", {"text": "a" * 20_001}, "text"),
        ("manager", {"text": "Hi", "author_name": "Somebody"}, "author_name"),
        ("client_user", {"text": "Hi", "visible": False}, "visible"),
    ],
)
def test_a_bad_note_names_the_field_and_writes_nothing(callers, client_id, desk, path, role, body, field):
    caller = callers(role, client_id=client_id) if role == "client_user" else desk.caller
    answer = caller.post(f"{path}/notes", body)

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert timeline(desk.caller, path) == []


def test_only_the_text_of_visible_notes_is_announced(desk, path, emitted):
    desk.caller.post(f"{path}/notes", {"text": "The code is 4711"})
    desk.caller.post(f"{path}/notes", {"text": "We are on it.", "visible": True})

    added = [event for event in emitted() if event.type == "agreements.work_note.added.v1"]

    assert [(event.data["visible"], event.data["text"]) for event in added] == [(False, None), (True, "We are on it.")]
    assert "4711" not in str(added)


def test_an_order_with_notes_cannot_be_deleted(desk, path):
    desk.caller.post(f"{path}/notes", {"text": "Keep me"})

    assert desk.caller.delete(path).json["detail"] == "WO-000001 has notes or attachments. Close it instead."


def test_an_order_with_changes_of_status_can_be_deleted(desk, path):
    move(desk, path, "in_progress")

    assert desk.caller.delete(path).status_code == 204


def test_assigning_a_technician_is_on_the_timeline(desk, path):
    desk.caller.patch(path, {"technician_id": str(new_id()), "technician_name": "Dana"})

    (entry,) = timeline(desk.caller, path)
    assert entry["status_change"] == {"from_status": "new", "to_status": "assigned"}
