"""Agreements, work orders and time entries from CSV files."""

import pytest
from sqlalchemy import func, select

from agreements.agreement.models import Agreement
from agreements.work.models import TimeEntry, WorkOrder
from common.ids import new_id
from common.testing.database import statements


@pytest.fixture
def send(callers):
    """Returns `send(path, table)`, which imports; the first line of the table has its columns."""

    def upload(path, table, *, status=200, caller=None, **query):
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        manager = caller or callers("manager")
        answer = manager.post(f"/{path}/import?{asked}", data=table.encode(), headers={"Content-Type": "text/csv"})
        assert answer.status_code == status, answer.json
        return answer.json

    return upload


@pytest.fixture
def stored(in_work):
    def count():
        with in_work() as work:
            models = (Agreement, WorkOrder, TimeEntry)
            return [work.session.scalar(select(func.count()).select_from(model)) for model in models]

    return count


def errors(report):
    return {result["row"]: result["errors"] for result in report["results"] if result["errors"]}


AGREEMENTS = """client,name,type,start_date,end_date,total_hours,allocation_policy,services,activate
Acme Corp,Gold,block_hours_prepaid,2025-10-01,2027-09-30,100,strict,Remote Support | 60 | 95.00; onsite support | 40,yes
Acme Corp,Care,fixed_price,2025-10-01,,,,,no
"""


@pytest.fixture
def acme(world):
    client_id = world.client("Acme Corp")
    return client_id, *world.card(client_id, "Remote Support", "Onsite Support")


def test_agreements_are_previewed_and_then_created(acme, send, stored, callers, emitted):
    preview = send("agreements", AGREEMENTS)
    assert (preview["created"], preview["failed"], preview["dry_run"]) == (2, 0, True)
    assert stored() == [0, 0, 0]
    assert emitted() == []

    report = send("agreements", AGREEMENTS, dry_run="false")

    listed = callers("manager").get("/agreements?sort=number").json["items"]
    assert [(one["number"], one["name"], one["status"]) for one in listed] == [
        ("AGR-0001", "Gold", "active"),
        ("AGR-0002", "Care", "draft"),
    ], "a preview takes no number"
    assert [result["id"] for result in report["results"]] == [one["id"] for one in listed]
    services = callers("manager").get(f"/agreements/{listed[0]['id']}/services").json["items"]
    assert [(one["name"], one["hours_allocated"], one["custom_rate"]) for one in services] == [
        ("Remote Support", "60.00", "95.00"),
        ("Onsite Support", "40.00", None),
    ]
    again = send("agreements", AGREEMENTS, dry_run="false")
    assert (again["created"], again["unchanged"]) == (0, 2)
    assert stored() == [2, 0, 0]


def test_bad_agreements_are_named_and_the_good_ones_imported(acme, send, stored, emitted):
    header = "client,name,type,start_date,total_hours,allocation_policy,services\n"
    rows = [
        "Acme Corp,A,block_hours_prepaid,2025-10-01,10,,",
        "Nobody,B,fixed_price,2025-10-01,,,",
        "Acme Corp,C,block_hours_prepaid,2025-10-01,,,",
        "Acme Corp,D,block_hours_prepaid,2025-10-01,10,strict,Remote Support | 60",
        "Acme Corp,E,fixed_price,2025-10-01,,,Unknown",
        "Acme Corp,a,fixed_price,2025-10-01,,,",
        "Acme Corp,F,fixed_price,yesterday,,,",
    ]
    table = header + "\n".join(rows)

    refused = send("agreements", table, dry_run="false", status=422)["report"]

    assert errors(refused) == {
        3: {"client": ['No client is named "Nobody".']},
        4: {"total_hours": ["Block hours need a total greater than 0."]},
        5: {"services": ["Total allocated hours (60) ≠ Agreement hours (10)"]},
        6: {"services": ['"Unknown" is not on the client\'s rate card.']},
        7: {"name": ["Same client and name as line 2. Keep one of them."]},
        8: {"start_date": ['Not a valid date. Use a format such as "2025-11-30".']},
    }
    assert stored() == [0, 0, 0]
    report = send("agreements", table, dry_run="false", rows="good")
    assert (report["created"], report["failed"]) == (1, 6)
    assert len(emitted("agreements.agreement.created.v1")) == 1


ORDERS = """number,client,subject,agreement,service,technician,priority
T-1,acme corp,Printer,Gold,Remote Support,Dana,high
,Acme Corp,Firewall,AGR-0001,,,
"""


def test_work_orders(acme, send, stored, callers, emitted):
    send("agreements", AGREEMENTS, dry_run="false")
    assert send("work-orders", ORDERS)["created"] == 2
    assert stored()[1] == 0

    report = send("work-orders", ORDERS, dry_run="false")

    listed = callers("manager").get("/work-orders?sort=number").json["items"]
    assert [(one["number"], one["subject"], one["priority"], one["technician_name"]) for one in listed] == [
        ("T-1", "Printer", "high", "Dana"),
        ("WO-000001", "Firewall", "medium", None),
    ]
    assert {one["agreement_id"] for one in listed} == {listed[0]["agreement_id"]} != {None}
    assert [result["name"] for result in report["results"]] == ["T-1", "WO-000001"]
    assert len(emitted("agreements.work_order.created.v1")) == 2
    first = "\n".join(ORDERS.splitlines()[:2])
    assert send("work-orders", first, dry_run="false")["unchanged"] == 1
    changed = send("work-orders", first.replace("Printer", "Scanner"))
    assert errors(changed) == {2: {"number": ["T-1 already exists with other values. Edit it instead."]}}


def test_bad_work_orders(acme, send):
    send("agreements", AGREEMENTS, dry_run="false")
    table = "number,client,subject,agreement,service,priority\n"
    table += "T-1,Acme Corp,A,Silver,,\nT-2,Acme Corp,B,Care,,\nT-2,Acme Corp,C,,,soon\nT-3,Acme Corp,,,Cleaning,\n"

    assert errors(send("work-orders", table)) == {
        2: {"agreement": ['The client has no agreement "Silver".']},
        3: {"agreement": ["AGR-0002 is draft. Choose an active agreement."]},
        4: {"priority": ["Must be one of: low, medium, high, critical."]},
        5: {"service": ['"Cleaning" is not on the client\'s rate card.']},
    }


TIME = """client,work_order,agreement,service,technician,worked_on,hours,billable,note,external_ref
Acme Corp,T-1,Gold,Remote Support,Dana,2025-11-03,1.5,,Reset a password,r1
Acme Corp,T-1,,Onsite Support,Eve,2025-11-04,2,no,,r2
Acme Corp,T-2,,Remote Support,Test technician,2025-11-04,0.25,yes,,r3
"""


def test_time_with_its_work_orders(acme, send, stored, callers, world):
    send("agreements", AGREEMENTS, dry_run="false")
    user = str(new_id())
    world.user(user, "Test Technician")
    preview = send("time-entries", TIME)
    assert (preview["created"], stored()) == (3, [2, 0, 0])

    report = send("time-entries", TIME, dry_run="false")

    assert [result["split"]["covered_hours"] for result in report["results"]] == ["1.50", "0.00", "0.00"]
    assert [result["split"]["billable_hours"] for result in report["results"]] == ["0.00", "0.00", "0.25"]
    listed = callers("manager").get("/time-entries?sort=worked_on").json["items"]
    assert {entry["external_ref"]: entry["technician_id"] for entry in listed} == {"r1": None, "r2": None, "r3": user}
    assert send("time-entries", TIME, dry_run="false")["unchanged"] == 3
    assert stored() == [2, 2, 3]


def test_bad_time(acme, send, stored):
    table = "client,work_order,service,worked_on,hours\n"
    table += "Acme Corp,T-1,Remote Support,2025-11-03,\nAcme Corp,,Remote Support,2025-11-03,1\n"
    table += "Acme Corp,T-1,,2025-11-03,1\nAcme Corp,T-1,Remote Support,2025-11-03,1\nAcme Corp,T-1,Remote Support\n"

    refused = send("time-entries", table, dry_run="false", status=422)["report"]

    assert errors(refused) == {
        2: {"hours": ["Enter the hours and the day, or a start and an end."]},
        3: {"work_order": ["Enter the work order's number."]},
        4: {"service": ["Choose a service. Acme Corp has no flat hourly rate to bill this work at."]},
        6: {"_row": ['Has 3 cells, but the header has 5: "worked_on", "hours" is missing.']},
    }
    assert send("time-entries", table, dry_run="false", rows="good")["created"] == 1
    assert stored() == [0, 1, 1]


def test_technicians_import_only_for_their_clients(acme, send, callers):
    technician = callers("technician", user_id=str(new_id()))

    assert errors(send("time-entries", TIME, caller=technician)) == {
        row: {"client": ['No client is named "Acme Corp".']} for row in (2, 3, 4)
    }


def test_long_tables_take_as_many_statements_as_short_ones(acme, send, app):
    def count(path, rows):
        with statements(app.database.engine) as sent:
            send(path, rows, dry_run="false")
        return len(sent)

    def orders(name, many):
        return "number,client,subject\n" + "\n".join(f"{name}{n},Acme Corp,Work" for n in range(many))

    def time(name, many):
        rows = (f"Acme Corp,{name}{n},Remote Support,2025-11-03,0.1,{name}{n},T{name}{n}" for n in range(many))
        return "client,work_order,service,worked_on,hours,external_ref,technician\n" + "\n".join(rows)

    assert count("work-orders", orders("a", 1)) == count("work-orders", orders("b", 60))
    assert count("time-entries", time("c", 1)) == count("time-entries", time("d", 60))


def test_a_table_that_is_too_long_is_refused(send, callers):
    table = "client,work_order,worked_on,hours\n" + "Acme Corp,T,2025-11-03,1\n" * 10_001

    answer = send("time-entries", table, status=422)

    assert answer["errors"]["file"] == ["The file has more than 10000 rows. Split it."]
