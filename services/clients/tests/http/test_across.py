"""The rows of all cards over HTTP: who uses what, at which rates, and what that is worth."""

from datetime import date, timedelta
from typing import Any

import pytest

from common.ids import new_id
from common.testing.database import statements

TODAY = date.today()  # noqa: DTZ011 - entries lie months away from any edge of a day


@pytest.fixture
def remote(catalog_says) -> Any:
    return catalog_says("Remote Support", "125.00")


@pytest.fixture
def rows(callers, make_client, remote, catalog_says) -> dict[str, Any]:
    """Acme at 110, Bravo by default, Charlie without it; all with Backup."""
    catalog_says("Backup", "40.00")
    manager, found = callers("manager"), {}
    for name in ("Charlie", "Acme", "Bravo"):
        client = make_client(name)
        mine = manager.get(f"/clients/{client['id']}/services").json["items"]
        found[name] = next(row for row in mine if row["name"] == "Remote Support")
    manager.patch(path_of(found["Acme"]), {"custom_rate": "110"})
    manager.delete(path_of(found["Charlie"]))
    return found


@pytest.fixture
def worked(deliver) -> Any:
    def log(row: dict[str, Any], hours: str, days_ago: int = 30, **more: Any) -> dict[str, Any]:
        entry = {"id": str(new_id()), "client_id": row["client_id"], "client_service_id": row["id"], "version": 1}
        entry |= {"worked_on": (TODAY - timedelta(days=days_ago)).isoformat(), "hours": hours, "deleted": False} | more
        deliver("agreements.time.logged.v1", entry)
        return entry

    return log


def path_of(row: dict[str, Any]) -> str:
    return f"/clients/{row['client_id']}/services/{row['id']}"


def told(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 200, answer.json
    return [(row["client_name"], row["name"]) for row in answer.json["items"]]


def test_rows_say_by_how_much_and_what_it_is_worth(callers, rows, worked, deliver):
    worked(rows["Acme"], "10.50")
    worked(rows["Acme"], "4.50", days_ago=300)
    worked(rows["Acme"], "99.00", days_ago=400)
    taken_back = worked(rows["Acme"], "7.00")
    deliver("agreements.time.deleted.v1", {**taken_back, "deleted": True, "version": 2})
    corrected = worked(rows["Bravo"], "1.00")
    deliver("agreements.time.corrected.v1", {**corrected, "hours": "2.00", "version": 2})

    items = callers("billing").get("/client-services?service_id=" + rows["Acme"]["service_id"]).json["items"]

    found = {
        row["client_name"]: [
            row[key] for key in ("difference", "difference_percent", "hours_last_12_months", "revenue_effect")
        ]
        for row in items
    }
    assert found == {
        "Acme": ["-15.00", "-12.00", "15.00", "-225.00"],
        "Bravo": [None, None, "2.00", None],
        "Charlie": [None, None, "0.00", None],
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "",
            [
                "Acme Backup",
                "Acme Remote Support",
                "Bravo Backup",
                "Bravo Remote Support",
                "Charlie Backup",
                "Charlie Remote Support",
            ],
        ),
        ("badge=Custom Rate", ["Acme Remote Support"]),
        ("badge=Not Included", ["Charlie Remote Support"]),
        ("included=true&q=remote", ["Acme Remote Support", "Bravo Remote Support"]),
        ("q=brav", ["Bravo Backup", "Bravo Remote Support"]),
        ("category=Support&badge=Default Rate&q=acme", ["Acme Backup"]),
        ("rate_review=true", []),
        ("currency=KYD", []),
        ("client_status=archived", []),
        ("sort=difference&badge=Custom Rate", ["Acme Remote Support"]),
        ("sort=-effective_rate&included=true&q=remote", ["Bravo Remote Support", "Acme Remote Support"]),
        (
            "sort=name,client_name&badge=Default Rate",
            ["Acme Backup", "Bravo Backup", "Charlie Backup", "Bravo Remote Support"],
        ),
    ],
)
def test_filters_and_sorts(callers, rows, query, expected):
    assert [" ".join(pair) for pair in told(callers("manager").get(f"/client-services?{query}"))] == expected


def test_own_names_are_found(callers, rows):
    manager = callers("manager")
    manager.patch(path_of(rows["Acme"]), {"custom_name": "Priority Line"})

    assert told(manager.get("/client-services?q=priority")) == [("Acme", "Priority Line")]


def test_the_clients_of_one_service(callers, rows, remote):
    answer = callers("manager").get(f"/services/{remote['id']}/clients?included=true")

    assert told(answer) == [("Acme", "Remote Support"), ("Bravo", "Remote Support")]
    assert callers("manager").get("/services/01890000-0000-7000-8000-000000000000/clients").status_code == 404


def test_pages_follow_each_other_and_need_no_query_for_a_row(callers, rows, app):
    manager = callers("manager")
    whole = told(manager.get("/client-services"))
    seen, cursor = [], ""
    while cursor is not None:
        page = manager.get(f"/client-services?page_size=2{cursor and f'&cursor={cursor}'}").json
        seen += [(row["client_name"], row["name"]) for row in page["items"]]
        cursor = page["next_cursor"]
    assert seen == whole

    with statements(app.database.engine) as few:
        manager.get("/client-services?page_size=1")
    with statements(app.database.engine) as many:
        manager.get("/client-services?page_size=100")
    assert len(many) == len(few) - 1, "a list that ends on its first page needs no count"


def test_reviews_are_weighed_and_decided_by_filter(callers, rows, worked, remote, catalog_says):
    worked(rows["Bravo"], "12.00")
    catalog_says(of=remote, event="rate_changed", default_rate="130.00")
    manager = callers("manager")

    (review,) = manager.get("/rate-reviews").json["items"]
    assert (review["difference"], review["difference_percent"]) == ("5.00", "4.00")
    assert (review["hours_last_12_months"], review["revenue_effect"]) == ("12.00", "60.00")
    summary = manager.get(f"/rate-reviews/summary?service_id={remote['id']}&q=brav").json
    assert summary["count"] == 1
    assert summary["totals"] == [
        {"currency": "USD", "rows": 1, "hours_last_12_months": "12.00", "revenue_effect": "60.00"}
    ]

    everything = {"filter": {"service_id": remote["id"]}}
    assert manager.post("/rate-reviews/accept", everything).status_code == 422
    assert manager.post("/rate-reviews/accept", {**everything, "expected_count": 2}).status_code == 409
    preview = manager.post("/rate-reviews/accept", {**everything, "dry_run": True}).json
    assert (preview["pending"], preview["totals"][0]["revenue_effect"]) == (1, "60.00")
    done = manager.post("/rate-reviews/accept", {**everything, "expected_count": 1}).json
    assert (done["succeeded"], done["status"]) == (1, "finished")
    assert manager.get(path_of(rows["Bravo"])).json["effective_rate"] == "130.00"


def test_a_bulk_change_over_http(callers, rows):
    manager = callers("manager")
    body = {
        "filter": {"q": "remote"},
        "change": {"kind": "percent", "value": "10"},
        "rounding": {"step": "5", "mode": "up"},
    }

    preview = manager.post("/client-services/bulk-change", body).json
    assert (preview["dry_run"], preview["count"]) == (True, 2)
    assert [(row["client_name"], row["before"], row["after"], row["difference"]) for row in preview["results"]] == [
        ("Acme", "110.00", "125.00", "15.00"),
        ("Bravo", "125.00", "140.00", "15.00"),
    ]
    done = manager.post("/client-services/bulk-change", {**body, "dry_run": False, "expected_count": 2}).json
    assert [row["status"] for row in done["results"]] == ["succeeded", "succeeded"]
    assert manager.get(f"/client-services/bulk-changes/{done['id']}").json == done
    (listed,) = manager.get("/client-services/bulk-changes").json["items"]
    assert (listed["id"], listed["change"]["value"], listed["created_by_name"]) == (done["id"], "10", "Test manager")
    history = manager.get(f"{path_of(rows['Acme'])}/rate-history").json["items"]
    assert (history[0]["new_rate"], history[0]["reason"]) == ("125.00", "Bulk change: +10%")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "ids"),
        ({"ids": []}, "ids"),
        ({"ids": [str(new_id())], "filter": {}}, "ids"),
        ({"filter": {}, "dry_run": False}, "expected_count"),
        ({"filter": {"colour": "red"}}, "filter"),
        ({"filter": {}, "change": {"kind": "percent"}}, "change"),
        ({"filter": {}, "change": {"kind": "percent", "value": "-101"}}, "change"),
        ({"filter": {}, "change": {"kind": "reset", "value": "1"}}, "change"),
        ({"filter": {}, "change": {"kind": "double"}}, "change"),
        ({"filter": {}, "change": {"kind": "set", "value": "-1"}}, "change"),
        ({"filter": {}, "rounding": {"step": "0"}}, "rounding"),
        ({"filter": {}, "valid_from": "2020-01-01"}, "valid_from"),
        ({"filter": {}, "valid_from": "2999-01-01", "change": {"kind": "follow_catalog"}}, "valid_from"),
    ],
)
def test_bad_changes_are_named_and_change_nothing(callers, rows, emitted, wrong, field):
    said = len(emitted())

    answer = callers("manager").post("/client-services/bulk-change", {"change": {"kind": "set", "value": "1"}, **wrong})

    assert answer.status_code == 422, answer.json
    assert any(name == field or name.startswith(f"{field}.") for name in answer.json["errors"])
    assert len(emitted()) == said


def test_scheduled_rates_over_http(callers, rows, app):
    manager, path = callers("manager"), f"{path_of(rows['Bravo'])}/scheduled-rates"

    made = manager.post(path, {"custom_rate": "99", "valid_from": "2998-01-01", "valid_until": "2999-01-01"})
    assert (made.status_code, made.json["status"], made.json["created_by_name"]) == (201, "scheduled", "Test manager")
    shown = manager.get(path_of(rows["Bravo"])).json
    assert (shown["next_rate"], shown["custom_rate_valid_from"]) == (
        {"custom_rate": "99.00", "valid_from": "2998-01-01"},
        None,
    )
    assert [rate["id"] for rate in manager.get(f"{path}?status=scheduled").json["items"]] == [made.json["id"]]
    assert manager.post(path, {"custom_rate": "98", "valid_from": "2998-05-01"}).status_code == 409
    assert manager.post(path, {"valid_from": "2998-05-01"}).status_code == 422
    assert manager.delete(f"{path}/{made.json['id']}").status_code == 204
    assert manager.get(path_of(rows["Bravo"])).json["next_rate"] is None
    assert manager.post("/jobs/rate_changes/run", {}).json["counts"] == {"rows": 0, "steps": 0}


def test_sets_and_copies_over_http(callers, rows, make_client, deliver, remote):
    basics = {"id": str(new_id()), "name": "Basics", "status": "active", "is_default": True, "version": 1}
    deliver("catalog.service_set.changed.v1", {**basics, "service_ids": [remote["id"]]})
    manager = callers("manager")
    delta = make_client("Delta", inherit_services="none")
    assert manager.get(f"/clients/{delta['id']}/services").json["total"] == 0

    applied = manager.post(f"/clients/{delta['id']}/services/apply-set", {"service_set_id": basics["id"]}).json
    assert (applied["added"], [row["name"] for row in applied["items"]]) == (1, ["Remote Support"])
    body = {"from_client_id": rows["Acme"]["client_id"], "mode": "custom_rates"}
    copied = manager.post(f"/clients/{delta['id']}/services/copy", body).json
    assert (copied["changed"], copied["results"][0]["before"], copied["results"][0]["after"]) == (1, "125.00", "110.00")
    echo = make_client("Echo", inherit_services="set")
    assert echo["service_set_id"] == basics["id"]
    assert manager.patch(f"/clients/{echo['id']}", {"inherit_services": "all"}).status_code == 422


@pytest.mark.parametrize("role", ["technician", "client_admin"])
def test_rates_of_all_clients_are_not_for_everybody(callers, rows, role):
    other = callers(role, client_id=new_id())
    for path in (
        "/client-services",
        f"/services/{new_id()}/clients",
        "/rate-reviews/summary",
        f"{path_of(rows['Acme'])}/scheduled-rates",
    ):
        assert other.get(path).status_code == 403
    assert callers("billing").post("/client-services/bulk-change", {}).status_code == 403


def test_rows_of_clients_with_a_tag(callers, rows):
    manager = callers("manager")
    manager.patch(f"/clients/{rows['Acme']['client_id']}", {"tags": ["VIP", "Gold"]})
    manager.patch(f"/clients/{rows['Bravo']['client_id']}", {"tags": ["vip"]})
    service = "service_id=" + rows["Acme"]["service_id"]

    def found(query: str) -> list[str]:
        return [client for client, _ in told(manager.get(f"/client-services?{service}&{query}"))]

    assert found("tag=VIP") == ["Acme", "Bravo"]
    assert found("tag=vip,%20gold") == ["Acme"]
    assert found("tag=unheard") == []
    of_service = told(manager.get(f"/services/{rows['Acme']['service_id']}/clients?tag=gold"))
    assert of_service == [("Acme", "Remote Support")]
    chosen = {"filter": {"service_id": rows["Acme"]["service_id"], "tag": "gold"}, "expected_count": 1}
    body = {**chosen, "change": {"kind": "set", "value": "50"}, "dry_run": False}
    changed = manager.post("/client-services/bulk-change", body).json
    assert [(row["client_name"], row["status"]) for row in changed["results"]] == [("Acme", "succeeded")]


def test_rows_carry_the_hours_the_catalog_bills_at_least(callers, rows, remote, catalog_says, app):
    catalog_says(of=remote, event="changed", minimum_hours="0.50")
    manager = callers("manager")
    ours = manager.get(f"/clients/{rows['Bravo']['client_id']}/services").json["items"]
    assert {row["name"]: row["minimum_hours"] for row in ours} == {"Remote Support": "0.50", "Backup": None}
    assert manager.get(path_of(rows["Bravo"])).json["minimum_hours"] == "0.50"
    custom = {"is_custom": True, "name": "Night Watch", "rate": "9"}
    assert manager.post(f"/clients/{rows['Bravo']['client_id']}/services", custom).json["minimum_hours"] is None
    found = manager.get("/client-services?service_id=" + remote["id"]).json["items"]
    assert {row["minimum_hours"] for row in found} == {"0.50"}
