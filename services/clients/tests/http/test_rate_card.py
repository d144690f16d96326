"""Rate cards over HTTP."""

from typing import Any

import pytest

from common.ids import new_id
from common.testing.database import statements

EXECUTIVE = {"is_custom": True, "name": "Executive Support", "description": "Named engineer", "rate": "250.00"}


@pytest.fixture
def remote(catalog_says) -> Any:
    return catalog_says("Remote Support", "125.00")


@pytest.fixture
def acme(make_client, remote) -> Any:
    return make_client("Acme Corp")


@pytest.fixture
def path(acme) -> str:
    return f"/clients/{acme['id']}/services"


@pytest.fixture
def row(callers, path) -> Any:
    return callers("manager").get(path).json["items"][0]


def test_an_inherited_row(row, remote, acme):
    expected = {
        "client_id": acme["id"],
        "service_id": remote["id"],
        "name": "Remote Support",
        "description": remote["description"],
        "category": "Support",
        "unit": "Hour",
        "currency": "USD",
        "default_rate": "125.00",
        "custom_rate": None,
        "effective_rate": "125.00",
        "rate_source": "catalog",
        "badge": "Default Rate",
        "included": True,
        "is_custom": False,
        "rate_review": False,
        "version": 1,
    }
    assert {name: row[name] for name in expected} == expected


def test_a_rate_is_negotiated_and_given_up_again(callers, path, row):
    manager, one = callers("manager"), f"{path}/{row['id']}"

    custom = manager.patch(one, {"custom_rate": "110.00", "custom_name": "Priority Line", "notes": "Since May"}).json
    free = manager.patch(one, {"custom_rate": "0.00"}).json
    default = manager.patch(one, {"custom_rate": None, "custom_name": ""}).json

    looks = [(r["name"], r["effective_rate"], r["rate_source"], r["badge"]) for r in (custom, free, default)]
    assert looks == [
        ("Priority Line", "110.00", "client", "Custom Rate"),
        ("Priority Line", "0.00", "client", "Custom Rate"),
        ("Remote Support", "125.00", "catalog", "Default Rate"),
    ]
    history = manager.get(f"{one}/rate-history").json["items"]
    assert [(h["old_rate"], h["new_rate"], h["rate_source"], h["changed_by_name"]) for h in history] == [
        ("0.00", "125.00", "catalog", "Test manager"),
        ("110.00", "0.00", "client", "Test manager"),
        ("125.00", "110.00", "client", "Test manager"),
    ]


def test_a_service_is_taken_off_and_chosen_again(callers, path, row, remote):
    manager = callers("manager")
    manager.patch(f"{path}/{row['id']}", {"custom_rate": "110.00"})

    assert manager.delete(f"{path}/{row['id']}").status_code == 204
    gone = manager.get(f"{path}/{row['id']}").json
    assert (gone["included"], gone["effective_rate"], gone["badge"]) == (False, None, "Not Included")

    back = manager.post(path, {"service_id": remote["id"], "notes": "Wanted again"})
    assert back.status_code == 201
    assert (back.json["id"], back.json["effective_rate"], back.json["notes"]) == (row["id"], "110.00", "Wanted again")
    assert len(manager.get(f"{path}/{row['id']}/rate-history").json["items"]) == 3


def test_what_is_on_the_card_so_already_is_not_made_anew(callers, path, row, remote, emitted):
    manager, chosen = callers("manager"), {"service_id": remote["id"]}
    said = len(emitted())

    for _ in range(2):
        same = manager.post(path, chosen, headers={"Idempotency-Key": "one click"})
        assert (same.status_code, same.json["id"], same.json["version"]) == (200, row["id"], 1)
    assert len(emitted()) == said

    assert manager.post(path, {**chosen, "custom_rate": "110.00"}).status_code == 201
    assert manager.post(path, {**chosen, "custom_rate": "110.00"}).status_code == 200
    assert manager.post(path, {**chosen, "notes": "Nights too"}).status_code == 201


def test_a_catalog_service_is_added_with_what_was_agreed(callers, make_client, catalog_says, emitted):
    older = make_client("Older")
    training = catalog_says("User Training", "100.00")
    path = f"/clients/{older['id']}/services"
    body = {"service_id": training["id"], "custom_rate": "90", "custom_name": "Courses", "importance": "high"}

    answer = callers("manager").post(path, body)

    assert answer.status_code == 201
    assert (answer.json["name"], answer.json["catalog_name"], answer.json["importance"]) == (
        "Courses",
        "User Training",
        "high",
    )
    (said,) = emitted("clients.client_service.changed.v1")[-1].data["services"]
    assert (said["name"], said["effective_rate"], said["rate_source"]) == ("Courses", "90.00", "client")


def test_a_custom_service_lives_and_leaves(callers, path):
    manager = callers("manager")
    made = manager.post(path, {**EXECUTIVE, "category": "VIP"})

    assert made.status_code == 201
    assert (made.json["badge"], made.json["effective_rate"], made.json["unit"]) == ("Custom Service", "250.00", "Hour")
    assert (made.json["service_id"], made.json["default_rate"], made.json["rate_source"]) == (None, None, "client")
    one = f"{path}/{made.json['id']}"
    assert manager.post(path, {**EXECUTIVE, "name": "EXECUTIVE support"}).status_code == 409
    assert manager.patch(one, {"name": "Board Support", "custom_rate": "260"}).json["name"] == "Board Support"
    assert manager.patch(one, {"custom_rate": None}).status_code == 422
    assert manager.delete(one).status_code == 204
    again = manager.post(path, {**EXECUTIVE, "name": "Board Support"})
    assert (again.json["id"], again.json["effective_rate"]) == (made.json["id"], "250.00")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "service_id"),
        ({"service_id": "00000000-0000-7000-8000-000000000000"}, "service_id"),
        ({"is_custom": True}, "name"),
        ({"is_custom": True, "name": "X"}, "rate"),
        ({**EXECUTIVE, "name": "  "}, "name"),
        ({**EXECUTIVE, "rate": "-1"}, "rate"),
        ({**EXECUTIVE, "rate": "1.005"}, "rate"),
        ({**EXECUTIVE, "service_id": "00000000-0000-7000-8000-000000000000"}, "service_id"),
        ({**EXECUTIVE, "importance": "huge"}, "importance"),
        ({"custom_rate": "-0.01"}, "custom_rate"),
        ({"custom_rate": "1.001"}, "custom_rate"),
        ({"custom_rate": "NaN"}, "custom_rate"),
        ({"rate": "5"}, "rate"),
        ({"unit": "Day"}, "unit"),
        ({"default_rate": "1.00"}, "default_rate"),
    ],
)
def test_bad_rows_are_named_and_change_nothing(callers, path, row, remote, emitted, body, field):
    before = len(emitted())
    whole = body if "service_id" in body or "is_custom" in body or not body else {"service_id": remote["id"], **body}

    answer = callers("manager").post(path, whole)

    assert answer.status_code == 422
    assert field in answer.json["errors"]
    assert callers("manager").get(path).json["items"] == [row]
    assert len(emitted()) == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"custom_rate": "-1"}, "custom_rate"),
        ({"custom_rate": "0.001"}, "custom_rate"),
        ({"name": "Other"}, "name"),
        ({"category": "Other"}, "category"),
        ({"included": "perhaps"}, "included"),
        ({"is_custom": True}, "is_custom"),
    ],
)
def test_bad_edits_are_named_and_change_nothing(callers, path, row, change, field):
    answer = callers("manager").patch(f"{path}/{row['id']}", change)

    assert answer.status_code == 422
    assert field in answer.json["errors"]
    assert callers("manager").get(path).json["items"] == [row]


def test_rates_have_the_steps_of_the_clients_currency(callers, make_client, remote):
    yen = f"/clients/{make_client('Kyoto', currency='JPY')['id']}/services"
    dinar = f"/clients/{make_client('Kuwait', currency='KWD')['id']}/services"

    refused = callers("manager").post(yen, {"service_id": remote["id"], "custom_rate": "9000.50"})
    assert (refused.status_code, refused.json["errors"]["custom_rate"]) == (422, ["JPY amounts can't be finer than 1."])
    assert callers("manager").post(dinar, {"service_id": remote["id"], "custom_rate": "40.125"}).status_code == 201


def test_an_archived_service_stays_but_is_not_chosen_anew(callers, path, row, remote, catalog_says):
    catalog_says(of=remote, event="archived", status="archived")
    manager, one = callers("manager"), f"{path}/{row['id']}"

    assert manager.get(one).json["included"]
    assert manager.patch(one, {"custom_rate": "100.00"}).status_code == 200
    assert manager.post(path, {"service_id": remote["id"], "custom_rate": "99.00"}).status_code == 201
    manager.delete(one)
    for refused in (manager.patch(one, {"included": True}), manager.post(path, {"service_id": remote["id"]})):
        assert refused.status_code == 422
        assert "archived" in refused.json["errors"]["service_id"][0]


def test_an_edit_of_an_older_version_is_refused(callers, path, row):
    manager, one, stale = callers("manager"), f"{path}/{row['id']}", {"If-Match": '"1"'}
    assert manager.patch(one, {"custom_rate": "110"}, headers=stale).headers["ETag"] == '"2"'

    assert manager.patch(one, {"custom_rate": "90"}, headers=stale).status_code == 412
    assert manager.delete(one, headers=stale).status_code == 412
    assert manager.get(one).json["custom_rate"] == "110.00"


def test_the_whole_card_is_saved_at_once(callers, path, row):
    manager = callers("manager")
    rows = [{"id": row["id"], "custom_rate": "99.00", "version": 1}, EXECUTIVE]

    saved = manager.put(f"{path}/bulk", {"services": rows})
    assert [(r["name"], r["effective_rate"]) for r in saved.json["items"]] == [
        ("Executive Support", "250.00"),
        ("Remote Support", "99.00"),
    ]
    assert manager.put(f"{path}/bulk", {"services": rows}).status_code == 412

    wrong = manager.put(f"{path}/bulk", {"services": [{"id": row["id"]}, {"is_custom": True, "name": "X"}]})
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["services.1.rate"])
    cleared = manager.put(f"{path}/bulk", {"services": []})
    assert {r["badge"] for r in cleared.json["items"]} == {"Not Included"}


def test_lists_by_badge_state_and_words(callers, path, row, catalog_says, acme):
    manager = callers("manager")
    onsite = catalog_says("Onsite Support", "175.00")
    consulting = catalog_says("Consulting", "200.00", category="Consulting")
    manager.post(path, {"service_id": onsite["id"], "custom_rate": "160"})
    manager.post(path, EXECUTIVE)
    off = manager.post(path, {"service_id": consulting["id"]}).json
    manager.delete(f"{path}/{off['id']}")

    def names(query: str) -> list[str]:
        return [item["name"] for item in manager.get(f"{path}?{query}").json["items"]]

    assert names("badge=Default%20Rate") == ["Remote Support"]
    assert names("badge=Custom%20Rate") == ["Onsite Support"]
    assert names("badge=Custom%20Service") == names("is_custom=true") == ["Executive Support"]
    assert names("badge=Not%20Included") == names("included=false") == ["Consulting"]
    assert names("q=named%20eng") == ["Executive Support"]
    assert names("sort=-effective_rate&included=true") == ["Executive Support", "Onsite Support", "Remote Support"]
    assert names("sort=category,name") == ["Executive Support", "Consulting", "Onsite Support", "Remote Support"]
    assert names(f"service_id={onsite['id']}") == ["Onsite Support"]
    assert manager.get(f"{path}?badge=Odd").status_code == 422


def test_a_list_takes_the_same_number_of_queries_however_long(callers, app, path, catalog_says):
    for number in range(6):
        callers("manager").post(path, {**EXECUTIVE, "name": f"Custom {number}"})
    counts = []
    for size in (1, 6):
        with statements(app.database.engine) as sent:
            callers("manager").get(f"{path}?page_size={size}")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 3


def test_reviews_are_listed_and_decided(callers, acme, make_client, path, row, remote, catalog_says):
    make_client("Bravo")
    catalog_says(of=remote, event="rate_changed", default_rate="130.00")
    manager = callers("manager")

    listed = manager.get("/rate-reviews").json
    assert [(item["client_name"], item["default_rate"], item["review_rate"]) for item in listed["items"]] == [
        ("Acme Corp", "125.00", "130.00"),
        ("Bravo", "125.00", "130.00"),
    ]
    assert listed["items"][0]["difference"] == "5.00"
    assert manager.get(f"/rate-reviews?client_id={acme['id']}").json["total"] == 1
    assert manager.get("/rate-reviews?q=brav").json["total"] == 1
    ids = [item["id"] for item in listed["items"]]
    accepted = manager.post("/rate-reviews/accept", {"ids": [ids[0], str(new_id())]})
    assert (accepted.status_code, accepted.json["succeeded"], accepted.json["failed"]) == (200, 1, 1)
    declined = manager.post("/rate-reviews/decline", {"ids": ids}).json
    assert [(result["id"], result["status"], result["error"]) for result in declined["results"]] == [
        (ids[0], "skipped", "No rate review is open for this service."),
        (ids[1], "succeeded", None),
    ]
    assert (declined["succeeded"], declined["failed"], declined["skipped"]) == (1, 0, 1)
    assert manager.get("/rate-reviews").json["total"] == 0
    assert manager.get(f"{path}/{row['id']}").json["effective_rate"] == "130.00"
    assert manager.post("/rate-reviews/accept", {"ids": []}).status_code == 422


def test_custom_services_of_one_name_are_one(callers, path):
    manager = callers("manager")
    night = manager.post(path, {"is_custom": True, "name": "Night  Watch", "rate": "300"}).json
    day = manager.post(path, {"is_custom": True, "name": "Day Watch", "rate": "200"}).json
    assert night["name"] == "Night Watch"
    manager.delete(f"{path}/{night['id']}")

    answers = [
        manager.post(path, {"is_custom": True, "name": "day   WATCH", "rate": "1"}),
        manager.patch(f"{path}/{day['id']}", {"name": "night watch"}),
    ]

    assert [(answer.status_code, answer.json["errors"]) for answer in answers] == [
        (409, {"name": ['This client already has a custom service named "Day Watch". Choose another name.']}),
        (422, {"name": ['This client already has a custom service named "Night Watch". Choose another name.']}),
    ]
    assert manager.patch(f"{path}/{day['id']}", {"name": "DAY Watch"}).json["name"] == "DAY Watch"


def test_why_and_what_is_under_review_is_not_the_clients_to_read(callers, acme, path, row, remote, catalog_says):
    manager, customer = callers("manager"), callers("client_admin", client_id=acme["id"])
    change = {"ids": [row["id"]], "change": {"kind": "set", "value": "99"}, "reason": "Pays late", "dry_run": False}
    manager.post("/client-services/bulk-change", change)
    manager.patch(f"{path}/{row['id']}", {"custom_rate": None})
    catalog_says(of=remote, event="rate_changed", default_rate="130.00")

    history = f"{path}/{row['id']}/rate-history"
    assert "Pays late" in {item["reason"] for item in manager.get(history).json["items"]}
    assert {item["reason"] for item in customer.get(history).json["items"]} == {None}
    assert manager.get(f"{path}?rate_review=true").json["total"] == 1
    assert customer.get(f"{path}?rate_review=true").json["total"] == 0
    assert customer.get(f"{path}?rate_review=false").json["total"] == 0


def test_a_custom_service_has_a_kind_of_its_own(callers, make_client, catalog_says, card_of, emitted):
    catalog_says()
    manager, client = callers("manager"), make_client()
    path = f"/clients/{client['id']}/services"

    plain = manager.post(path, {"is_custom": True, "name": "Executive", "rate": "250.00"}).json
    line = manager.post(path, {"is_custom": True, "name": "Line", "rate": "80.00", "kind": "recurring"}).json
    assert (plain["kind"], line["kind"], card_of(client)["Remote Support"]["kind"]) == ("labor", "recurring", None)
    assert manager.patch(f"{path}/{plain['id']}", {"kind": "usage"}).json["kind"] == "usage"
    told = [
        row["kind"] for event in emitted("clients.client_service.changed.v1")[-3:] for row in event.data["services"]
    ]
    assert told == ["labor", "recurring", "usage"]

    row = card_of(client)["Remote Support"]
    assert list(manager.patch(f"{path}/{row['id']}", {"kind": "usage"}).json["errors"]) == ["kind"]
    wrong = manager.post(path, {"is_custom": True, "name": "Other", "rate": "1.00", "kind": "hourly"})
    assert list(wrong.json["errors"]) == ["kind"]
