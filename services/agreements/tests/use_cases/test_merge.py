"""A merge moves agreements, hours and work, also for late events."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from agreements.agreement.hour_models import HourEntry
from agreements.agreement.models import Agreement
from agreements.inbound.replicas import ClientService
from agreements.work.models import TimeEntry, WorkOrder
from common.ids import new_id
from common.testing.database import statements

MERGED = "clients.client.merged.v1"


@pytest.fixture
def survivor(world) -> Any:
    return world.client("Acme Corporation")


@pytest.fixture
def merge(world, gold, survivor, deliver):
    """Merges the client of `gold`; the survivor's card already has one of its services, Remote Support."""
    (remote,) = world.card(survivor, "Remote Support")
    moved = [name for name in gold["rows"] if name != "Remote Support"]

    def tell() -> Any:
        rows = [world.row(name, id=gold["rows"][name], version=2) for name in moved]
        mapping = {gold["rows"]["Remote Support"]: str(remote)}
        data = {"id": survivor, "merged_client_id": gold["client_id"], "version": 2}
        deliver(MERGED, data | {"client_services": replaced(mapping), "services": rows})
        return remote

    return tell


def test_agreements_hours_and_work_follow(gold, desk, callers, survivor, merge, in_work):
    order = desk.order(gold["client_id"], gold["id"], service_id=gold["rows"]["Remote Support"])
    assert desk.log(order, gold["rows"]["Remote Support"], "3").status_code == 201
    assert desk.log(order, gold["rows"]["Onsite Support"], "2").status_code == 201
    before = callers("manager").get(f"/agreements/{gold['id']}").json

    remote = merge()

    after = callers("manager").get(f"/agreements/{gold['id']}").json
    assert after["client_id"] == str(survivor)
    assert (after["hours_used"], after["hours_remaining"]) == (before["hours_used"], before["hours_remaining"])
    rows = callers("manager").get(f"/agreements/{gold['id']}/services").json["items"]
    left = {row["client_service_id"]: row["hours_remaining"] for row in rows}
    assert left[str(remote)] == "57.00"
    assert left[gold["rows"]["Onsite Support"]] == "18.00"
    with in_work() as work:
        assert work.session.get_one(WorkOrder, order).client_id == survivor
        assert work.session.get_one(WorkOrder, order).client_service_id == remote
        assert set(work.session.scalars(select(TimeEntry.client_id))) == {survivor}
        assert remote in set(work.session.scalars(select(TimeEntry.client_service_id)))


def test_work_goes_on_under_the_agreement(gold, desk, callers, survivor, merge):
    order = desk.order(gold["client_id"], gold["id"])
    entry = desk.log(order, gold["rows"]["Remote Support"], "3").json
    remote = merge()

    assert desk.log(order, remote, "1").json["covered_hours"] == "1.00"
    corrected = callers("manager").patch(f"/work-orders/{order}/time-entries/{entry['id']}", {"hours": "5"})
    assert corrected.json["covered_hours"] == "5.00"
    assert desk.log(desk.order(survivor, gold["id"]), remote, "1").json["client_id"] == str(survivor)
    after = callers("manager").get(f"/agreements/{gold['id']}").json
    assert after["hours_used"] == "7.00"


def test_new_records_for_a_merged_client_are_refused(gold, callers, merge, make_block):
    merge()

    for path, body in (
        ("/work-orders", {"client_id": gold["client_id"]}),
        ("/agreements", make_block(gold["client_id"])),
    ):
        answer = callers("manager").post(path, body)
        assert answer.status_code == 422
        expected = ['"Acme Corp" was merged into "Acme Corporation". Use that client.']
        assert answer.json["errors"]["client_id"] == expected


def test_a_repeated_merge_event_changes_nothing(gold, desk, merge, in_work):
    order = desk.order(gold["client_id"], gold["id"])
    desk.log(order, gold["rows"]["Remote Support"], "3")
    merge()
    with in_work() as work:
        before = _state(work)
    merge()
    with in_work() as work:
        assert _state(work) == before


def test_a_chain_of_merges_ends_at_its_last_whichever_is_heard_first(world, desk, deliver, in_work, long_known):
    a, b, c = (world.client(name) for name in ("A", "B", "C"))
    rows = {key: world.card(key, "Support")[0] for key in (a, b, c)}
    order = desk.order(a, service_id=str(rows[a]))

    for merged, into in ((b, c), (a, b)):
        mapping = {str(rows[merged]): str(rows[into])}
        deliver(MERGED, {"id": into, "merged_client_id": merged, "client_services": replaced(mapping), "version": 2})

    with in_work() as work:
        found = work.session.get_one(WorkOrder, order)
        assert (found.client_id, found.client_service_id) == (c, rows[c])


def test_a_merge_changes_only_the_accounts_of_the_ledger(gold, merge, in_work, app):
    merge()

    for change in (
        "SET hours = hours + 1",
        "SET note = 'x'",
        f"SET account_id = '{new_id()}'",
        "SET account_id = NULL WHERE account_id IS NOT NULL",
    ):
        with pytest.raises(DBAPIError, match="append-only"), app.database.engine.begin() as connection:
            connection.execute(text(f"UPDATE hour_entry {change}"))
    with pytest.raises(DBAPIError, match="append-only"), app.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM hour_entry"))


def test_time_logged_while_clients_are_merged_is_the_survivors(gold, desk, survivor, merge, in_work):
    order = desk.order(gold["client_id"], gold["id"])
    onsite = gold["rows"]["Onsite Support"]

    with ThreadPoolExecutor(5) as pool:
        logged = [pool.submit(desk.log, order, onsite, "0.5") for _ in range(8)]
        merging = pool.submit(merge)
        statuses = {one.result().status_code for one in logged}
        merging.result()

    assert 201 in statuses
    with in_work() as work:
        assert set(work.session.scalars(select(TimeEntry.client_id))) == {survivor}
        drawn = work.session.scalars(select(HourEntry.hours).where(HourEntry.kind == "draw"))
        assert -sum(drawn) == sum(work.session.scalars(select(TimeEntry.covered_hours)))


def test_it_takes_as_many_statements_for_much_as_for_little(gold, desk, merge, app):
    order = desk.order(gold["client_id"], gold["id"])
    for _ in range(20):
        desk.log(order, gold["rows"]["Onsite Support"], "0.1")

    with statements(app.database.engine) as sent:
        merge()

    assert len(sent) < 20


def _state(work: Any) -> list[Any]:
    tables = (Agreement, WorkOrder, TimeEntry, HourEntry, ClientService)
    return [work.session.execute(select(model.__table__).order_by(model.id)).all() for model in tables]


def replaced(rows: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": old, "into_id": new} for old, new in rows.items()]
