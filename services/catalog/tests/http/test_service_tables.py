"""The catalog as a CSV file: what an import does."""

import threading
from typing import Any

import pytest

from common.testing.database import statements
from common.testing.tables import as_csv

HEADER = "Name,Description,Default Rate,Category\n"
BASIC = HEADER + "Remote Support,Help over the wire,125.00,Support\nOnsite Support,Help at your desk,175,Support\n"


def row(**cells: str) -> dict[str, str]:
    return {"name": "Remote Support", "description": "Help", "default_rate": "125.00"} | cells


def test_the_four_columns_of_a_first_import(load, services, emitted):
    answer = load(BASIC)

    assert answer.status_code == 200, answer.json
    assert {key: answer.json[key] for key in ("rows", "created", "updated", "unchanged", "failed")} == {
        "rows": 2,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "failed": 0,
    }
    found = services()
    assert found["Onsite Support"]["default_rate"] == "175.00"
    assert found["Onsite Support"]["category"] == "Support"
    assert found["Onsite Support"]["status"] == "active"
    events = emitted("catalog.service.created.v1")
    assert [event.data["name"] for event in events] == ["Remote Support", "Onsite Support"]
    assert {event.data["category_id"] for event in events} == {found["Remote Support"]["category_id"]}
    assert len(emitted("catalog.category.created.v1")) == 1


def test_nothing_is_written_unless_told_so(callers, load, services, emitted):
    answer = callers("admin").post("/services/import", data=BASIC.encode(), content_type="text/csv")

    assert answer.json["dry_run"] is True
    assert answer.json["created"] == 2
    assert answer.json["results"][0]["id"] is None
    assert services() == {}
    assert emitted() == []


def test_an_imported_service_is_as_one_made_by_hand(callers, load, emitted):
    """Same fields, same history, same price list, same event."""
    values = {
        "name": "By hand",
        "description": "d",
        "kind": "recurring",
        "category": "Hosting",
        "default_rate": "30.00",
        "default_unit": "Seat",
        "sort_order": 4,
        "billing_cycle": "monthly",
        "setup_fee": "10.00",
        "cost": "12.50",
        "subscription_category": "email",
        "term_months": 12,
        "internal_notes": "n",
    }
    admin = callers("admin")
    by_hand = admin.post("/services", values).json
    answer = load(as_csv({name: str(value) for name, value in values.items()} | {"name": "By table"}))

    by_table = admin.get(f"/services/{answer.json['results'][0]['id']}").json
    own = ("id", "name", "created_at", "updated_at")
    assert {k: v for k, v in by_table.items() if k not in own} == {k: v for k, v in by_hand.items() if k not in own}
    one, other = (event.data for event in emitted("catalog.service.created.v1"))
    own = ("id", "name", "created_at")
    assert {k: v for k, v in one.items() if k not in own} == {k: v for k, v in other.items() if k not in own}
    histories = [admin.get(f"/services/{each['id']}/rate-history").json["items"] for each in (by_hand, by_table)]
    assert [[(c["old_rate"], c["new_rate"], c["currency"]) for c in history] for history in histories] == [
        [(None, "30.00", "USD")]
    ] * 2
    prices = [admin.get(f"/services/{each['id']}/prices").json["items"] for each in (by_hand, by_table)]
    assert [[(p["currency"], p["default_rate"], p["state"]) for p in listed] for listed in prices] == [
        [("USD", "30.00", "current")]
    ] * 2


def test_a_row_changes_the_service_of_its_name_however_written(load, services, emitted):
    load(BASIC)

    answer = load(HEADER + "remote  SUPPORT,Help over the wire,135.00,support\n")

    (result,) = answer.json["results"]
    assert result["action"] == "update"
    assert result["changes"] == {
        "default_rate": {"before": "125.00", "after": "135.00"},
        "name": {"before": "Remote Support", "after": "remote SUPPORT"},
    }
    assert services()["remote SUPPORT"]["category"] == "Support"
    (event,) = emitted("catalog.service.rate_changed.v1")
    assert event.data["old_rate"] == "125.00"
    assert event.data["default_rate"] == "135.00"
    assert event.sequence == 2


def test_the_id_finds_a_service_whose_name_changes(load, services):
    load(BASIC)
    known = services()["Remote Support"]

    answer = load(as_csv({"id": known["id"], "name": "Remote Help"}))

    assert answer.json["updated"] == 1
    renamed = services()["Remote Help"]
    assert renamed["id"] == known["id"]
    assert renamed["description"] == known["description"]
    assert renamed["version"] == 2


def test_a_column_left_out_changes_nothing_and_an_empty_cell_empties(load, services):
    load(as_csv(row(category="Support", setup_fee="5.00", sort_order="9")))

    load(as_csv({"name": "Remote Support", "setup_fee": "", "sort_order": ""}))

    found = services()["Remote Support"]
    assert (found["setup_fee"], found["sort_order"]) == (None, 0)
    assert (found["category"], found["default_rate"]) == ("Support", "125.00")


def test_archiving_and_restoring_by_table(load, services, emitted):
    load(as_csv(row(status="archived"), row(name="Other", status="")))
    assert [services()[name]["status"] for name in ("Remote Support", "Other")] == ["archived", "active"]

    answer = load(as_csv({"name": "Remote Support", "status": "active"}, {"name": "Other", "status": "archived"}))

    assert answer.json["updated"] == 2
    assert [services()[name]["status"] for name in ("Remote Support", "Other")] == ["active", "archived"]
    assert services()["Other"]["archived_at"] is not None
    assert len(emitted("catalog.service.restored.v1")) == len(emitted("catalog.service.archived.v1")) == 1
    assert emitted("catalog.service.changed.v1") == []


def test_prices_in_further_currencies(callers, load, services):
    load(as_csv(row(rate_KYD="100.00", cost_KYD="40.00"), row(name="Other", rate_KYD="")))
    (price,) = services()["Remote Support"]["prices"]
    assert (price["currency"], price["default_rate"], price["cost"]) == ("KYD", "100.00", "40.00")

    changed = load(as_csv({"name": "Remote Support", "rate_KYD": "110.00"}))
    assert changed.json["results"][0]["changes"] == {"rate_KYD": {"before": "100.00", "after": "110.00"}}
    (price,) = services()["Remote Support"]["prices"]
    assert (price["default_rate"], price["cost"]) == ("110.00", "40.00")

    load(as_csv({"name": "Remote Support", "rate_KYD": ""}))
    found = services()["Remote Support"]
    assert found["prices"] == []
    history = callers("admin").get(f"/services/{found['id']}/prices?currency=KYD").json["items"]
    assert [price["state"] for price in history] == ["past", "past"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(load, services, encoding, delimiter):
    lines = (("Name", "Description", "Default Rate"), ("Café", "naïve", "5"))

    answer = load("".join(f"{delimiter.join(cells)}\n" for cells in lines).encode(encoding))

    assert answer.status_code == 200, answer.json
    assert services()["Café"]["description"] == "naïve"


def test_the_same_table_again_changes_nothing(load, services, emitted):
    data = as_csv(
        row(category="Support", rate_KYD="99.00"),
        row(name="Other", kind="recurring", billing_cycle="annual"),
        row(name="\u0130STANBUL \u1e9e"),
    )
    load(data)
    before, said = services(), len(emitted())

    answer = load(data)

    assert [result["action"] for result in answer.json["results"]] == ["unchanged"] * 3
    assert services() == before
    assert len(emitted()) == said


def test_the_same_request_twice_is_done_once(callers):
    send = lambda: callers("admin", user_id="00000000-0000-7000-8000-000000000001").post(  # noqa: E731
        "/services/import?dry_run=false", data=BASIC, content_type="text/csv", headers={"Idempotency-Key": "k1"}
    )

    first, second = send(), send()

    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json == second.json
    assert second.json["created"] == 2


def test_two_imports_at_once_take_turns(callers, services, load):
    data = as_csv(*(row(name=f"Service {number}", category=f"C {number % 3}") for number in range(200)))
    answers: list[Any] = []
    barrier = threading.Barrier(4)

    def send() -> None:
        barrier.wait()
        answers.append(load(data))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [200] * 4
    assert sorted((answer.json["created"], answer.json["unchanged"]) for answer in answers) == [(0, 200)] * 3 + [
        (200, 0)
    ]


def test_an_import_beside_single_changes_loses_none(callers, load, services):
    """Whoever comes second changes what the first one left, or is told to try again."""
    data = as_csv(*(row(name=f"Service {number}") for number in range(60)))
    load(data)
    ids = [service["id"] for service in services().values()]
    answers: list[int] = []
    barrier = threading.Barrier(2)

    def edit() -> None:
        barrier.wait()
        for identifier in ids:
            answers.append(callers("admin").patch(f"/services/{identifier}", {"internal_notes": "edited"}).status_code)

    def load_again() -> None:
        barrier.wait()
        for rate in ("1.00", "2.00", "3.00"):
            answers.append(load(data.replace("125.00", rate)).status_code)

    threads = [threading.Thread(target=edit), threading.Thread(target=load_again)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(answers) == {200}
    assert {(s["internal_notes"], s["default_rate"], s["version"]) for s in services().values()} == {
        ("edited", "3.00", 5)
    }


def test_thousands_of_rows_take_few_statements(load, app):
    data = as_csv(*(row(name=f"Service {number}", rate_KYD="9.00") for number in range(2000)))
    with statements(app.database.engine) as sent:
        answer = load(data)
    created = len(sent)
    with statements(app.database.engine) as sent:
        changed = load(data.replace("125.00", "126.00"))

    assert answer.json["created"] == changed.json["updated"] == 2000
    assert created < 60
    assert len(sent) < 60
