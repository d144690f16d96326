"""The queue of renewal decisions: one row for each cycle, due the notice days before its end."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from agreements.agreement import amending, drafting, ending
from agreements.agreement.commands import AgreementChanges, NewAgreement
from agreements.agreement.models import Agreement
from agreements.decision import cycles, deciding, queries
from agreements.decision.deciding import DecisionChanges
from agreements.decision.models import Decision
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.pages import Page

END = date(2026, 12, 31)
DUE = date(2026, 12, 1)


def noon(day):
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


@pytest.fixture
def agree(world, in_work):
    """Activates an agreement from 1 January 2025 to the end of 2026 with 30 notice days."""

    def make(name="Gold Support", **values):
        client_id = values.pop("client_id", None) or world.client()
        body = {"type": "time_and_materials", "start_date": date(2025, 1, 1), "end_date": END} | values
        with in_work(at=noon(date(2025, 1, 1))) as work:
            return drafting.create(work, NewAgreement(client_id=client_id, name=name, activate=True, **body)).id

    return make


@pytest.fixture
def queue(in_work):
    def read(day, q=None, **filters):
        with in_work(at=noon(day)) as work:
            return queries.page_of_decisions(work, Page(size=50, q=q, filters=filters))["items"]

    return read


@pytest.fixture
def decide(in_work):
    def change(agreement_id, day=DUE, ends_on=END, **changes):
        with in_work(at=noon(day)) as work:
            return deciding.decide(work, agreement_id, DecisionChanges(ends_on=ends_on, **changes))

    return change


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-1, "overdue"),
        (0, "0_30"),
        (30, "0_30"),
        (31, "31_60"),
        (60, "31_60"),
        (61, "61_90"),
        (90, "61_90"),
        (91, None),
    ],
)
def test_the_bucket_counts_from_the_day_of_the_decision(agree, queue, in_work, days, bucket):
    agree()
    day = DUE - timedelta(days=days)

    found = queue(day)

    assert [(row["decide_by"], row["days_left"], row["bucket"]) for row in found] == (
        [(DUE, days, bucket)] if bucket else []
    )
    for name in cycles.BUCKETS:
        assert len(queue(day, bucket=name)) == (name == bucket)
    with in_work(at=noon(day)) as work:
        counts = {name for name, count in queries.statistics(work).items() if count}
        assert counts == ({f"open_{bucket}"} if bucket else set())
        assert queries.count_open(work) == (1 if bucket else 0)


def test_notice_days_move_the_decision_and_pages_continue(agree, queue, in_work, world):
    client_id = world.client()
    names = [agree(f"Notice {days}", notice_days=days, client_id=client_id) for days in (0, 60, 15)]
    found = queue(date(2026, 11, 1))
    assert [(row["name"], row["decide_by"]) for row in found] == [
        ("Notice 60", date(2026, 11, 1)),
        ("Notice 15", date(2026, 12, 16)),
        ("Notice 0", END),
    ]
    assert [row["name"] for row in queue(date(2026, 11, 1), q="notice 15")] == ["Notice 15"]
    with in_work(at=noon(date(2026, 11, 1))) as work:
        first = queries.page_of_decisions(work, Page(size=2, filters={}))
        rest = queries.page_of_decisions(work, Page(size=2, cursor=first["next_cursor"], filters={}))
    assert [row["agreement_id"] for row in first["items"] + rest["items"]] == [names[1], names[2], names[0]]


def test_an_open_ended_agreement_is_reviewed_each_year(agree, queue, decide):
    agreement_id = agree(end_date=None, start_date=date(2024, 2, 29), notice_days=0)
    first, second = date(2025, 2, 28), date(2026, 2, 28)

    assert queue(first - timedelta(days=91)) == []
    (row,) = queue(first - timedelta(days=90))
    assert (row["kind"], row["ends_on"], row["bucket"]) == ("review", first, "61_90")
    (missed,) = queue(first + timedelta(days=200))
    assert (missed["ends_on"], missed["bucket"]) == (first, "overdue"), "a missed review is not forgotten"
    decide(agreement_id, day=first, ends_on=first, outcome="renew")
    assert queue(first + timedelta(days=200)) == []

    (following,) = queue(second - timedelta(days=80))
    assert (following["ends_on"], following["outcome"], following["version"]) == (second, None, 0)


def test_a_snoozed_decision_comes_back_on_its_day(agree, queue, decide):
    agreement_id = agree()
    back = DUE + timedelta(days=7)

    decide(agreement_id, snoozed_until=back)

    assert queue(back - timedelta(days=1)) == []
    assert len(queue(back - timedelta(days=1), state="snoozed")) == 1
    (row,) = queue(back)
    assert (row["agreement_id"], row["bucket"]) == (agreement_id, "overdue")
    assert queue(back, state="snoozed") == []


@pytest.mark.parametrize(("outcome", "renews"), [("renew", True), ("let_end", False)])
def test_the_agreement_follows_the_decision_at_its_end(agree, decide, queue, in_work, emitted, outcome, renews):
    agreement_id = agree(auto_renew=not renews)

    row = decide(agreement_id, outcome=outcome)

    assert (row["decided_by_name"] is not None, row["auto_renew"]) == (True, renews)
    assert (queue(DUE), [one["outcome"] for one in queue(DUE, state="decided")]) == ([], [outcome])
    (event,) = emitted("agreements.agreement.decided.v1")
    assert (event.subject, event.data["outcome"]) == (str(agreement_id), outcome)
    with in_work() as work:
        newest = amending.history(work, work.session.get(Agreement, agreement_id))[0]
        assert (newest["from_day"], newest["reason"]) == (DUE, "Renewal decision")
        assert [change["field"] for change in newest["changes"]] == ["auto_renew"]
    with in_work(at=noon(END + timedelta(days=1))) as work:
        agreement = work.session.get(Agreement, agreement_id)
        ending.settle(work, agreement, END + timedelta(days=1))
        assert agreement.status == ("renewed" if renews else "expired")


def test_a_decision_can_be_taken_back(agree, decide, queue):
    agreement_id = agree()
    decide(agreement_id, outcome="renegotiate", note="Fewer hours")
    (row,) = queue(DUE, state="decided")
    assert (row["note"], row["auto_renew"]) == ("Fewer hours", False)

    decide(agreement_id, outcome=None)

    (row,) = queue(DUE)
    assert (row["outcome"], row["decided_at"], row["decided_by_name"], row["note"]) == (None, None, None, "Fewer hours")


def test_one_row_for_each_cycle(agree, decide, queue, in_work):
    agreement_id = agree()
    decide(agreement_id, owner_id=None, note="Ask first")
    decide(agreement_id, outcome="renew")
    later = END + timedelta(days=31)
    with in_work(at=noon(DUE)) as work:
        drafting.update(work, agreement_id, AgreementChanges(end_date=later))

    (row,) = queue(DUE)

    assert (row["ends_on"], row["outcome"], row["note"]) == (later, None, None), "a changed end is decided anew"
    with pytest.raises(Conflict, match="is now about 2027-01-31"):
        decide(agreement_id, outcome="let_end")
    decide(agreement_id, ends_on=later, note="Again")
    with in_work() as work:
        ends = select(Decision.ends_on).where(Decision.agreement_id == agreement_id).order_by(Decision.ends_on)
        assert list(work.session.scalars(ends)) == [END, later]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": "renegotiate"}, "note"),
        ({"snoozed_until": DUE}, "snoozed_until"),
        ({"snoozed_until": END + timedelta(days=1)}, "snoozed_until"),
        ({"owner_id": new_id()}, "owner_id"),
    ],
)
def test_bad_decisions_change_nothing(agree, decide, in_work, changes, field):
    agreement_id = agree()
    with pytest.raises(Invalid) as refused:
        decide(agreement_id, **changes)
    assert list(refused.value.errors) == [field]
    with in_work() as work:
        assert work.session.scalar(select(func.count()).select_from(Decision)) == 0


def test_owners_are_managers(agree, decide, queue, world, long_known):
    agreement_id = agree()
    technician, manager = long_known(), long_known()
    world.user(technician, "Dana Reyes")
    world.user(manager, "Morgan Lee", role="manager")

    with pytest.raises(Invalid) as refused:
        decide(agreement_id, owner_id=technician)
    assert refused.value.errors["owner_id"][0].startswith("Dana Reyes has the role technician")
    decide(agreement_id, owner_id=manager)

    assert [row["owner_name"] for row in queue(DUE, owner_id=manager)] == ["Morgan Lee"]
    assert queue(DUE, owner_id=technician) == []


def test_only_agreements_in_force_are_decided(agree, decide, in_work, queue):
    agreement_id = agree()
    with in_work(at=noon(DUE)) as work:
        work.session.get(Agreement, agreement_id).cancel(DUE, "Moved away")
    assert queue(DUE) == []
    with pytest.raises(Conflict, match="is cancelled"):
        decide(agreement_id, outcome="renew")


def test_routes(agree, callers, world):
    client_id = world.client("Acme Corp")
    agreement_id = agree(client_id=client_id, recurring_amount=Decimal(900), type="fixed_price", frequency="monthly")
    manager, technician = callers("manager"), callers("technician")
    path = f"/agreements/{agreement_id}/decision"
    seen = manager.get(path).json
    assert (seen["client_name"], seen["recurring_amount"], seen["version"]) == ("Acme Corp", "900.00", 0)

    body = {"ends_on": seen["ends_on"], "note": "Call in May"}
    assert technician.patch(path, body).status_code == 403
    assert technician.get("/agreements/decisions").json["items"] == [], "it is not the technician's client"
    saved = manager.patch(path, body, headers={"If-Match": '"0"'})
    assert (saved.status_code, saved.json["note"], saved.json["version"]) == (200, "Call in May", 1)
    stale = manager.patch(path, body, headers={"If-Match": '"0"'})
    assert stale.status_code == 412
    assert manager.patch(path, {"note": "The present cycle"}).json["version"] == 2
    assert manager.patch(path, {"ends_on": "2030-01-01", "outcome": "renew"}).status_code == 409
    assert manager.get("/agreements/decisions/statistics").status_code == 200
