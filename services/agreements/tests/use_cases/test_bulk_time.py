"""Time logged in bulk: the same rules and results as one entry after the other."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from agreements.agreement.hour_models import HourEntry
from agreements.work.models import TimeEntry, WorkOrder
from common.ids import new_id
from common.testing.database import statements

PATH = "/time-entries/bulk"


@pytest.fixture
def bulk(callers):
    def send(entries, *, status=200, **options):
        answer = callers("manager").post(PATH, {"entries": entries, **options})
        assert answer.status_code == status, answer.json
        return answer.json

    return send


@pytest.fixture
def stored(in_work):
    """Returns the numbers of work orders, entries and ledger rows."""

    def count():
        with in_work() as work:
            models = (WorkOrder, TimeEntry, HourEntry)
            return [work.session.scalar(select(func.count()).select_from(model)) for model in models]

    return count


def row(gold, service="Remote Support", hours="1", number="WO-A", worked_on="2025-11-03", **values):
    order = {"number": number, "client_id": gold["client_id"], "agreement_id": gold["id"], "subject": service}
    base = {"work_order": order, "service_id": gold["rows"][service], "hours": hours, "worked_on": worked_on}
    return base | {"technician_name": f"Technician {new_id()}"} | values


def errors(report):
    return {result["row"]: result["errors"] for result in report["results"] if result["errors"]}


def test_rows_are_logged_with_the_work_orders_they_name(gold, bulk, callers, emitted):
    report = bulk([*[row(gold, hours="20") for _ in range(3)], row(gold, number="WO-B")])

    assert (report["created"], report["failed"], report["rows"], report["dry_run"]) == (4, 0, 4, False)
    assert [result["split"]["covered_hours"] for result in report["results"]] == ["20.00", "20.00", "20.00", "0.00"]
    assert report["results"][3]["split"]["billable_hours"] == "1.00", "the service's 60 hours are used up"
    assert [result["name"] for result in report["results"]] == ["WO-A", "WO-A", "WO-A", "WO-B"]
    listed = callers("admin").get("/work-orders?sort=number").json["items"]
    assert [(order["number"], order["hours_logged"]) for order in listed] == [("WO-A", "60.00"), ("WO-B", "1.00")]
    assert [event.data["number"] for event in emitted("agreements.work_order.created.v1")] == ["WO-A", "WO-B"]
    assert [str(event.data["id"]) for event in emitted("agreements.time.logged.v1")] == [
        result["id"] for result in report["results"]
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(gold, bulk, stored, emitted):
    before, events = stored(), len(emitted())
    entries = [row(gold, hours="20") for _ in range(4)]

    preview = bulk(entries, dry_run=True)

    assert (stored(), len(emitted())) == (before, events)
    assert [result["id"] for result in preview["results"]] == [None] * 4
    real = bulk(entries)
    assert [result["split"]["overage_hours"] for result in real["results"]] == [
        result["split"]["overage_hours"] for result in preview["results"]
    ]
    assert [result["warnings"] for result in real["results"]] == [result["warnings"] for result in preview["results"]]


def test_bad_rows_are_named_and_keep_all_from_being_logged(gold, bulk, stored, world):
    before = stored()
    other = world.client("Other Corp")
    entries = [
        row(gold),
        row(gold, hours="25"),
        row(gold, service_id=str(new_id()), number="WO-Z"),
        row(gold, worked_on="2024-01-01"),
        {**row(gold), "work_order": {"number": "WO-A", "client_id": str(other)}},
        {**row(gold), "work_order_id": str(new_id())},
        "nonsense",
        row(gold, number="WO-Y") | {"work_order": {"number": "WO-Y", "client_id": str(new_id())}},
    ]

    refused = bulk(entries, status=422)["report"]

    assert errors(refused) == {
        2: {"hours": ["A day has at most 24 hours."]},
        3: {"service_id": ["Service not found on the rate card of Acme Corp."]},
        4: {"worked_on": ["AGR-0001 runs from 2025-10-01 until 2027-09-30. 2024-01-01 is outside this term."]},
        5: {"work_order.client_id": ["WO-A belongs to another client."]},
        6: {"work_order": ["Send either work_order_id, or work_order with a number."]},
        7: {"_row": ["Send an object."]},
        8: {"work_order.client_id": ["Client not found."]},
    }
    assert stored() == before

    report = bulk(entries, rows="good")

    assert (report["created"], report["failed"], report["rows"]) == (1, 7, 8)
    assert [after - earlier for after, earlier in zip(stored(), before, strict=True)] == [1, 1, 1]


def test_a_failed_row_draws_no_hours(gold, bulk):
    """The second row has more hours than a day with the first, so it must be confirmed."""
    dana = {"technician_name": "Dana"}
    entries = [row(gold, "Onsite Support", "15", **dana), row(gold, "Onsite Support", "10", **dana)]
    entries.append(row(gold, "Onsite Support", "5"))

    report = bulk(entries, rows="good")

    assert errors(report) == {2: {"hours": ["Dana would have 25 hours on 2025-11-03, more than a day has."]}}
    assert report["results"][2]["split"]["covered_hours"] == "5.00"
    assert bulk([entries[1] | {"confirm": True}])["created"] == 1


def test_logged_references_are_unchanged(gold, bulk, stored):
    entries = [row(gold, external_ref="row 1"), row(gold, external_ref="row 2")]
    bulk(entries)
    before = stored()

    again = bulk(entries)

    assert (again["created"], again["unchanged"]) == (0, 2)
    assert stored() == before
    changed = bulk([entries[0] | {"hours": "2"}, row(gold, external_ref="x"), row(gold, external_ref="x")], status=422)
    assert errors(changed["report"]) == {
        1: {"external_ref": ['"row 1" is already logged with 1 hours on 2025-11-03.']},
        3: {"external_ref": ['"x" is already logged.']},
    }


def test_an_idempotency_key_logs_once(gold, callers, stored):
    manager, key, body = callers("manager"), {"Idempotency-Key": str(new_id())}, {"entries": [row(gold)]}
    first = manager.post(PATH, body, headers=key).json
    before = stored()

    assert manager.post(PATH, body, headers=key).json == first
    assert stored() == before


def test_technicians_log_only_on_work_orders_they_see(gold, bulk, desk, callers, world):
    technician = str(new_id())
    order = desk.order(gold["client_id"], gold["id"])
    new = {name: value for name, value in row(gold).items() if name != "technician_name"}
    entry = {name: value for name, value in new.items() if name != "work_order"} | {"work_order_id": order}
    answer = callers("technician", user_id=technician).post(PATH, {"entries": [entry, new]})
    assert errors(answer.json["report"]) == {
        1: {"work_order_id": ["Work order not found."]},
        2: {"work_order.client_id": ["Client not found."]},
    }

    world.technician(gold["client_id"], technician)

    answer = callers("technician", user_id=technician).post(PATH, {"entries": [entry, new]})
    assert answer.json["created"] == 2


def test_many_rows_take_as_many_statements_as_few(gold, bulk, app):
    def count(rows):
        with statements(app.database.engine) as sent:
            bulk(rows)
        return len(sent)

    bulk([row(gold, hours="0.25", number="WO-0")])
    few = count([row(gold, hours="0.25", number=f"WO-1{n}", external_ref=f"a{n}") for n in range(2)])

    assert count([row(gold, hours="0.25", number=f"WO-2{n}", external_ref=f"b{n}") for n in range(80)]) == few
    assert few <= 24  # two find the hours of agreements, and add the targets


def test_several_at_once_never_overdraw(gold, callers):
    start = Barrier(4)

    def send(place):
        start.wait()
        entries = [row(gold, "Onsite Support", "2", number=f"WO-{place}") for _ in range(4)]
        return callers("manager").post(PATH, {"entries": entries if place % 2 else entries[::-1]}).json["results"]

    with ThreadPoolExecutor(4) as pool:
        results = [result for report in pool.map(send, range(4)) for result in report]

    assert sum(Decimal(result["split"]["covered_hours"]) for result in results) == 20
    assert sum(Decimal(result["split"]["overage_hours"]) for result in results) == 12


SERVICES = ("Remote Support", "Onsite Support", "Project Work", None)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(SERVICES),
        st.decimals("0.01", "9", places=2),
        st.sampled_from(("2025-10-02", "2025-10-31", "2025-11-03", "2025-12-01", "2030-01-01")),
        st.sampled_from((True, True, None, False)),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
)
AGREEMENT = st.fixed_dictionaries(
    {
        "type": st.sampled_from(("block_hours_prepaid", "block_hours_monthly", "fixed_price", "time_and_materials")),
        "uncovered_policy": st.sampled_from(("block", "warn", "allow")),
        "allocation_policy": st.sampled_from(("pooled", "strict")),
        "rollover": st.sampled_from(("none", "one_period", "unlimited")),
        "draw_order": st.sampled_from(("worked_on", "logged")),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(agreement=AGREEMENT, rows=ROWS)
def test_bulk_gives_what_single_posting_gives(world, callers, in_work, emitted, agreement, rows):
    """The same rows one by one and in bulk: the same splits and hours left.

    In the order of logging no entry changes another, so that messages, events and draws are the same too.
    """
    manager = callers("manager")
    scenes = [_scene(world, manager, in_work, emitted, agreement, rows, log) for log in (_singly, _in_bulk)]

    assert scenes[0].splits == scenes[1].splits
    assert scenes[0].left == scenes[1].left
    if agreement["draw_order"] == "logged":
        assert scenes[0] == scenes[1]


@dataclass
class Scene:
    results: list[str]
    draws: list[tuple]
    told: list[dict]
    splits: list[tuple]
    left: dict


def _scene(world, manager, in_work, emitted, agreement, rows, log):
    client_id = world.client()
    cards = dict(zip(SERVICES, [*world.card(client_id, *SERVICES[:3]), None], strict=True))
    body = {"client_id": str(client_id), "name": "Scene", "start_date": "2025-10-01", "end_date": "2026-09-30"}
    hours = ("8", "6") if "block" in agreement["type"] else (None, None)
    covered = [
        {"client_service_id": str(cards[name]), "hours_allocated": allocated}
        for name, allocated in zip(SERVICES, hours, strict=False)
    ]
    body |= agreement | {"coverage": "selected", "services": covered, "activate": True}
    if hours[0]:
        body["total_hours"] = "14" if agreement["allocation_policy"] == "strict" else "20"
    made = manager.post("/agreements", body)
    assert made.status_code == 201, made.json
    before = len(emitted())
    entries = [
        {
            "service_id": str(cards[service]) if cards[service] else None,
            "hours": str(worked),
            "worked_on": day,
            "technician_name": f"{made.json['number']} {person}",
            **({} if billable is None else {"billable": billable}),
        }
        for service, worked, day, billable, person in rows
    ]
    order = manager.post("/work-orders", {"client_id": str(client_id), "agreement_id": made.json["id"]}).json
    results = log(manager, order["id"], entries)
    with in_work() as work:
        ledger = select(HourEntry.kind, HourEntry.account_id, HourEntry.period_start, HourEntry.hours)
        ledger = ledger.where(HourEntry.agreement_id == made.json["id"])
        names = {card: name for name, card in cards.items()}
        moved = sorted(
            (kind, str(names.get(account)), period, hours)
            for kind, account, period, hours in work.session.execute(ledger)
        )
        draws = [row for row in moved if row[0] == "draw"]
        splits = select(TimeEntry.covered_hours, TimeEntry.overage_hours, TimeEntry.billable_hours)
        splits = splits.where(TimeEntry.work_order_id == order["id"]).order_by(TimeEntry.created_at, TimeEntry.id)
        splits = [tuple(row) for row in work.session.execute(splits)]
    left = defaultdict(Decimal)
    for _, account, period, hours in moved:
        left[account, period] += hours
    told = [
        {name: value for name, value in event.data.items() if not name.endswith("id") and name not in OWN}
        for event in emitted()[before:]
    ]
    plain = [str(result).replace(made.json["number"], "AGR") for result in results]
    return Scene(plain, draws, told, splits, dict(left))


OWN = {"number", "work_order_number", "technician_name", "subject"}
"""Fields that differ between two scenes."""


def _singly(manager, order_id, entries):
    answers = [manager.post(f"/work-orders/{order_id}/time-entries", entry) for entry in entries]
    return [
        (
            [answer.json[name] for name in ("billed_hours", "covered_hours", "overage_hours", "billable_hours")],
            answer.json["warnings"],
        )
        if answer.status_code == 201
        else answer.json.get("errors", answer.json["detail"])
        for answer in answers
    ]


def _in_bulk(manager, order_id, entries):
    sent = [entry | {"work_order_id": order_id} for entry in entries]
    answer = manager.post(PATH, {"entries": sent, "rows": "good"}).json
    return [
        (
            [result["split"][name] for name in ("billed_hours", "covered_hours", "overage_hours", "billable_hours")],
            result["warnings"].get("_row", []),
        )
        if not result["errors"]
        else result["errors"]
        for result in answer.get("report", answer)["results"]
    ]


def test_two_requests_with_one_new_number_share_its_order(gold, callers, stored):
    start, before = Barrier(4), stored()

    def send(_):
        start.wait()
        return callers("manager").post(PATH, {"entries": [row(gold, "Onsite Support", "1", number="WO-SHARED")]})

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))

    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json["results"][0]["split"]["work_order_id"] for answer in answers}) == 1
    assert stored() != before


def test_rows_that_describe_a_new_order_differently_are_warned(gold, bulk):
    first, second, third = (row(gold, number="WO-NEW", hours="0.25") for _ in range(3))
    first["work_order"] |= {"subject": "Server", "priority": "high"}
    second["work_order"] |= {"subject": "Printer"}
    third["work_order"] |= {"subject": "Server"}

    report = bulk([first, second, third])

    assert [result["warnings"] for result in report["results"]] == [
        {},
        {"work_order.subject": ["Row 1 creates WO-NEW with another value, which stays."]},
        {},
    ]
