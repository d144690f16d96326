"""Simulating agreements: time of past months under terms that are not saved, and the types ranked by cost."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import event, text

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
MONTHLY = {"type": "block_hours_monthly", "total_hours": "10", "recurring_amount": "1000.00", "frequency": "monthly"}


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def scene(world, manager, desk, time_machine):
    """A client with two services at 125.00 and 175.00. `log(service, hours, day)` uses one order without agreement."""
    time_machine.move_to(NOW, tick=False)
    client_id = world.client()
    (remote,) = world.card(client_id, "Remote Support")
    (onsite,) = world.card(client_id, "Onsite Support", rate="175.00")

    class Scene:
        client, order, services = client_id, desk.order(client_id), {"remote": remote, "onsite": onsite}

        def log(self, service, hours, day, order=None, **values):
            values = {"technician_name": f"T {hours} {day}", "confirm": True} | values
            answer = desk.log(order or self.order, self.services[service], hours, day, **values)
            assert answer.status_code == 201, answer.json

        def simulate(self, months=3, mode="replay", agreement_id=None, **terms):
            terms = {"client_id": str(client_id), "name": "What if", "start_date": "2026-04-01"} | terms
            body = {"agreement": terms, "months": months, "mode": mode, "agreement_id": agreement_id}
            return manager.post("/agreements/simulate", body)

    return Scene()


def months(answer, *names):
    assert answer.status_code == 200, answer.json
    return [tuple(one[name] for name in names) for one in answer.json["periods"]]


def test_hours_of_a_month_are_drawn_and_the_rest_is_overage(scene):
    scene.log("remote", "4", "2025-12-31")
    scene.log("remote", "8", "2026-01-10")
    scene.log("onsite", "5", "2026-01-20")
    scene.log("remote", "9", "2026-03-05")  # this month is not over

    answer = scene.simulate(overage_rate="150.00", **MONTHLY)

    assert months(answer, "first", "last", "recurring", "overage", "total", "hours_covered", "hours_left") == [
        ("2025-12-01", "2025-12-31", "1000.00", "0.00", "1000.00", "4.00", "6.00"),
        ("2026-01-01", "2026-01-31", "1000.00", "450.00", "1450.00", "10.00", "0.00"),
        ("2026-02-01", "2026-02-28", "1000.00", "0.00", "1000.00", "0.00", "10.00"),
    ]
    assert months(answer, "today", "difference") == [
        ("500.00", "500.00"),
        ("1875.00", "-425.00"),
        ("0.00", "1000.00"),
    ]
    assert answer.json["today"]["total"] == "2375.00"
    assert (answer.json["totals"]["total"], answer.json["difference"]) == ("3450.00", "1075.00")
    assert (answer.json["entries"], answer.json["agreements"]) == (3, [])


def test_unused_hours_roll_over_as_in_the_ledger(scene):
    for day in ("2025-12-05", "2026-01-05", "2026-02-05"):
        scene.log("remote", "4", day)

    expiring = scene.simulate(**MONTHLY)
    unlimited = scene.simulate(rollover="unlimited", **MONTHLY)

    assert months(expiring, "hours_left") == [("6.00",), ("6.00",), ("6.00",)]
    assert months(unlimited, "hours_left") == [("6.00",), ("12.00",), ("18.00",)]


def test_time_on_other_services_is_billed_outside(scene):
    scene.log("remote", "2", "2026-02-01")
    scene.log("onsite", "3", "2026-02-02")
    covered = [{"client_service_id": str(scene.services["remote"])}]
    terms = {"coverage": "selected", "services": covered, "uncovered_policy": "block"}

    answer = scene.simulate(months=1, type="fixed_price", recurring_amount="300.00", frequency="quarterly", **terms)

    assert months(answer, "recurring", "time", "uncovered", "hours_covered", "hours_uncovered") == [
        ("300.00", "0.00", "525.00", "2.00", "3.00")
    ]


def test_time_without_a_rate_is_named(scene, world):
    """A rate that was removed since leaves the time at 0.00."""
    (row,) = world.card(scene.client, "Free", rate="10.00")
    scene.services["free"] = row
    scene.log("free", "2", "2026-02-01")
    gone = world.row("Free", None, id=row, version=2, rate_source=None)
    world.deliver("clients.client_service.changed.v1", {"client_id": scene.client, "services": [gone]})

    answer = scene.simulate(months=1, type="time_and_materials")

    assert months(answer, "time", "total") == [("0.00", "0.00")]
    assert answer.json["hours_without_rate"] == "2.00"


def test_a_term_that_ends_is_followed_by_the_next(scene):
    """Two months cost one block, the third the next one."""
    for hours, day in (("1", "2025-12-05"), ("7", "2026-01-31"), ("7", "2026-02-01")):
        scene.log("remote", hours, day)
    block = {"type": "block_hours_prepaid", "total_hours": "10", "recurring_amount": "900.00"}

    answer = scene.simulate(**block, end_date="2026-05-31")

    assert months(answer, "recurring", "overage", "hours_left") == [
        ("900.00", "0.00", "9.00"),
        ("0.00", "0.00", "2.00"),
        ("900.00", "0.00", "3.00"),
    ]


def test_months_before_the_first_time_do_not_count(scene):
    scene.log("remote", "4", "2026-02-10")

    assert months(scene.simulate(months=12, **MONTHLY), "first", "total") == [("2026-02-01", "1000.00")]


def test_a_projection_repeats_the_average(scene):
    scene.log("remote", "4", "2026-01-10")
    scene.log("remote", "6", "2026-02-10")

    answer = scene.simulate(months=2, mode="project", type="time_and_materials")

    assert months(answer, "first", "hours", "time", "today") == [
        ("2026-04-01", "5.00", "625.00", "625.00"),
        ("2026-05-01", "5.00", "625.00", "625.00"),
    ]


def test_todays_agreement_is_replayed_with_its_own_time(scene, manager, make_block, desk):
    body = {"name": "Gold", "type": "fixed_price", "recurring_amount": "200.00", "frequency": "monthly"}
    body = make_block(scene.client, total_hours=None, activate=True) | body
    gold = manager.post("/agreements", body).json
    scene.log("remote", "3", "2026-02-03", order=desk.order(scene.client, gold["id"]))
    scene.log("onsite", "1", "2026-02-04")

    every = scene.simulate(months=1, type="time_and_materials")
    of_one = scene.simulate(months=1, type="time_and_materials", agreement_id=gold["id"])

    assert months(every, "time", "today") == [("550.00", "200.00")]
    assert months(of_one, "time", "today") == [("375.00", "200.00")]
    assert [one["name"] for one in every.json["agreements"]] == ["Gold"]


def test_the_replay_equals_what_was_logged(scene, manager, make_block, desk):
    """The same time under the same terms gives the splits that logging gave."""
    terms = MONTHLY | {"rollover": "one_period", "start_date": "2025-12-01", "overage_rate": "150.00"}
    gold = manager.post("/agreements", make_block(scene.client, activate=True) | terms).json
    order = desk.order(scene.client, gold["id"])
    for service, hours, day in (
        *(("remote", "7.25", "2025-12-02"), ("onsite", "5.5", "2026-01-12"), ("remote", "9", "2026-01-03")),
        *(("remote", "3.33", "2026-01-30"), ("onsite", "12", "2026-02-14"), ("onsite", "1", "2025-12-20")),
    ):
        scene.log(service, hours, day, order=order)

    answer = scene.simulate(agreement_id=gold["id"], **{**terms, "start_date": "2026-04-01"})

    entries = manager.get(f"/work-orders/{order}/time-entries?page_size=100").json["items"]
    logged = {}
    for one in entries:
        covered, overage = logged.get(one["worked_on"][:7], (0, 0))
        logged[one["worked_on"][:7]] = (
            covered + Decimal(one["covered_hours"]),
            overage + Decimal(one["overage_hours"]),
        )
    simulated = months(answer, "first", "hours_covered", "hours_overage")
    assert {first[:7]: (Decimal(covered), Decimal(over)) for first, covered, over in simulated} == logged
    assert answer.json["difference"] == "0.00"


def test_nothing_is_written(scene, app, emitted):
    scene.log("remote", "3", "2026-02-03")
    before = len(emitted())
    sent = []
    event.listen(app.database.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))

    assert scene.simulate(**MONTHLY).status_code == 200

    writes = [one for one in sent if one.lstrip().split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert [one for one in writes if "idempotency" not in one] == []
    assert len(emitted()) == before
    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM agreement")) == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"total_hours": None}, "agreement.total_hours"),
        ({"services": [{"client_service_id": "018f0000-0000-7000-8000-000000000000"}]}, "agreement.services.0"),
        ({"months": 0}, "months"),
        ({"mode": "guess"}, "mode"),
        ({"agreement_id": "018f0000-0000-7000-8000-000000000000"}, None),
    ],
)
def test_bad_input_names_the_field(scene, change, field):
    answer = scene.simulate(**MONTHLY | change)

    assert answer.status_code == (422 if field else 404)
    assert field is None or any(name.startswith(field) for name in answer.json["errors"])


def test_best_fit_ranks_every_type_with_derived_terms(scene, manager):
    for day, hours in (("2025-12-10", "8"), ("2026-01-10", "10"), ("2026-02-10", "12")):
        scene.log("remote", hours, day)
    body = {"client_id": str(scene.client), "months": 3, "discount": "20"}

    answer = manager.post("/agreements/best-fit", body)

    assert answer.status_code == 200, answer.json
    shown = ("type", "total_hours", "recurring_amount", "total", "difference")
    assert [tuple(one[name] for name in shown) for one in answer.json["options"]] == [
        ("block_hours_prepaid", "30.00", "3000.00", "3000.00", "-750.00"),
        ("fixed_price", None, "1000.00", "3000.00", "-750.00"),
        ("block_hours_monthly", "10.00", "1000.00", "3250.00", "-500.00"),
        ("time_and_materials", None, None, "3750.00", "0.00"),
    ]
    assert answer.json["today"] == "3750.00"
    monthly = next(one for one in answer.json["options"] if one["type"] == "block_hours_monthly")
    assert monthly["basis"] == [
        "10 hours a month: the median of December 2025 to February 2026, rounded up.",
        "100.00 USD an hour: the average of the client's rates, less 20%.",
    ]


def test_best_fit_without_time_has_no_options(scene, manager):
    answer = manager.post("/agreements/best-fit", {"client_id": str(scene.client)})

    assert (answer.status_code, answer.json["options"]) == (200, [])


def test_only_managers_simulate(scene, callers):
    for role in ("technician", "billing", "client_admin"):
        answer = callers(role).post("/agreements/best-fit", {"client_id": str(scene.client)})
        assert answer.status_code == 403, role
