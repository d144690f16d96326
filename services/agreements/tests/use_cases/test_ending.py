"""Agreements end once: reminded at 60, 30 and 7 days, renewed or expired, also after days without a worker."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from agreements.agreement import drafting, lifecycle, renewal
from agreements.agreement.commands import AgreementChanges, Cover, NewAgreement
from agreements.agreement.ending import AGREEMENT_EXPIRY, EXPIRY_TICK
from agreements.agreement.models import Agreement
from agreements.agreement.renewal import same_length
from agreements.work import orders, time_entries
from agreements.work.logging_time import NewTime
from agreements.work.orders import NewOrder
from common.context import Context
from common.errors import Conflict, Invalid
from common.testing import tasks

END = date(2026, 1, 31)


def noon(day):
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


@pytest.fixture
def year(world, in_work):
    """Activates a year of 10 hours a month that ends on 31 January 2026."""

    def make(**values):
        client_id = world.client()
        (service,) = world.card(client_id, "Remote Support")
        body = {"name": "Gold Support", "type": "block_hours_monthly", "total_hours": Decimal(10)}
        body |= {"start_date": date(2025, 2, 1), "end_date": END, "coverage": "selected"} | values
        cover = Cover(client_service_id=service, hours_allocated=Decimal(4), custom_rate=Decimal(110))
        with in_work(at=noon(date(2025, 2, 1))) as work:
            new = NewAgreement(client_id=client_id, activate=True, services=[cover], **body)
            return drafting.create(work, new).id

    return make


@pytest.fixture
def run(app):
    def job(day):
        ran = tasks.run_job(app, AGREEMENT_EXPIRY, day, context=Context(now=noon(day)))
        assert ran.status == "succeeded", ran
        return {name: count for name, count in ran.counts.items() if count}

    return job


@pytest.fixture
def read(in_work):
    def agreement(agreement_id):
        with in_work() as work:
            found = work.session.get(Agreement, agreement_id)
            following = renewal.next_term(work, found)
            return found, following

    return agreement


def before_end(days):
    return END - timedelta(days=days)


def test_one_reminder_for_each_threshold_and_the_next_term_drafted_at_the_last(year, run, read, emitted):
    agreement_id = year()

    done = [run(before_end(days)) for days in (61, 60, 59, 30, 30, 8, 7, 6, 0)]

    assert done == [{}, {"reminders": 1}, {}, {"reminders": 1}, {}, {}, {"reminders": 1, "renewals": 1}, {}, {}]
    sent = [event.data for event in emitted("agreements.agreement.expiring.v1")]
    assert [(data["days_left"], data["threshold_days"]) for data in sent] == [(60, 60), (30, 30), (7, 7)]
    versions = [event.data["version"] for event in emitted("agreements.agreement.changed.v1")]
    assert versions == [read(agreement_id)[0].version - 2 + number for number in range(3)], "each version is announced"
    agreement, following = read(agreement_id)
    assert [data["renewal_number"] for data in sent] == [None, None, following.number]
    assert (following.start_date, following.end_date) == (date(2026, 2, 1), date(2027, 1, 31))
    assert (following.status, following.total_hours, following.renewed_from_id) == ("draft", 10, agreement.id)
    (cover,) = following.services
    assert (cover.hours_allocated, cover.custom_rate) == (4, 110)


def test_missed_days_send_the_nearest_reminder_only(year, run, emitted):
    year()
    assert run(before_end(5)) == {"reminders": 1, "renewals": 1}
    (event,) = emitted("agreements.agreement.expiring.v1")
    assert (event.data["days_left"], event.data["threshold_days"]) == (5, 7)


def test_without_renewal_it_expires_after_its_last_day(year, run, read, emitted):
    agreement_id = year()
    assert run(END).keys() == {"reminders", "renewals"}
    assert read(agreement_id)[0].status == "active"

    assert run(END + timedelta(days=1)) == {"expired": 1}
    assert run(END + timedelta(days=2)) == {}

    agreement, following = read(agreement_id)
    assert (agreement.status, agreement.ended_on, agreement.next_grant_on) == ("expired", END, None)
    assert following.status == "draft"
    assert [event.data["status"] for event in emitted("agreements.agreement.expired.v1")] == ["expired"]


def test_an_automatic_renewal_takes_over_without_a_gap(year, run, read, emitted):
    agreement_id = year(auto_renew=True)

    assert run(END + timedelta(days=3)) == {"renewals": 1, "renewed": 1}

    agreement, following = read(agreement_id)
    assert (agreement.status, agreement.status_reason) == ("renewed", f"Renewed as {following.number}")
    assert (following.status, following.start_date) == ("active", date(2026, 2, 1))
    assert following.next_grant_on == date(2026, 3, 1), "the first month's hours are granted"
    assert len(emitted("agreements.agreement.renewed.v1")) == 1


def test_one_run_renews_until_the_term_contains_its_day(year, run, read, in_work):
    agreement_id = year(start_date=date(2025, 12, 1), end_date=date(2025, 12, 31), auto_renew=True)

    # January, February and March; March ends in 17 days
    assert run(date(2026, 3, 14)) == {"renewals": 3, "renewed": 3, "reminders": 1}

    terms = []
    agreement, following = read(agreement_id)
    while following is not None:
        terms.append((agreement.status, agreement.end_date))
        agreement, following = read(following.id)
    assert terms == [("renewed", date(2025, 12, 31)), ("renewed", date(2026, 1, 31)), ("renewed", date(2026, 2, 28))]
    assert (agreement.status, agreement.end_date) == ("active", date(2026, 3, 31))


def test_a_next_term_that_cannot_be_activated_stays_a_draft_and_the_reason_is_kept(year, run, read, in_work):
    agreement_id = year(auto_renew=True)
    run(before_end(7))
    _, following = read(agreement_id)
    with in_work() as work:
        # strict allocation without all hours allocated cannot be activated
        work.session.get(Agreement, following.id).allocation_policy = "strict"

    assert run(END + timedelta(days=1)) == {"expired": 1}

    agreement, following = read(agreement_id)
    assert (agreement.status, following.status) == ("expired", "draft")
    assert f"{following.number} could not be activated" in agreement.status_reason


def test_a_next_term_activated_by_hand_renews_it(year, run, read, in_work):
    agreement_id = year()
    with in_work(at=noon(before_end(20))) as work:
        following = renewal.renew(work, agreement_id)
        lifecycle.put_in_force(work, following)
    with in_work(at=noon(before_end(20))) as work, pytest.raises(Conflict, match="is the next term of"):
        renewal.renew(work, agreement_id)

    assert run(END + timedelta(days=1)) == {"renewed": 1}


def test_a_later_end_is_reminded_of_again(year, run, in_work, emitted):
    agreement_id = year()
    run(before_end(30))
    with in_work(at=noon(before_end(29))) as work:
        drafting.update(work, agreement_id, AgreementChanges(end_date=date(2026, 3, 31)))

    assert run(before_end(29)) == {}
    assert run(date(2026, 3, 1)) == {"reminders": 1}
    assert len(emitted("agreements.agreement.expiring.v1")) == 2


def test_work_of_the_term_can_be_logged_late(year, run, in_work):
    agreement_id = year()
    run(END + timedelta(days=1))
    with in_work(at=noon(END + timedelta(days=2))) as work:
        agreement = work.session.get(Agreement, agreement_id)
        order = orders.create(work, NewOrder(client_id=agreement.client_id, agreement_id=agreement_id))
        service = agreement.services[0].client_service_id
        late = NewTime(service_id=service, hours=Decimal(2), worked_on=END)
        assert time_entries.log(work, order.id, late).entry.covered_hours == 2
        with pytest.raises(Invalid) as refused:
            time_entries.log(work, order.id, replace(late, worked_on=END + timedelta(days=1)))
    assert "2026-02-01 is outside this term." in refused.value.errors["worked_on"][0]


def test_the_tick_enqueues_nothing_when_nothing_is_due(year, app, in_work):
    year()
    with in_work(at=noon(before_end(90))) as work:
        assert EXPIRY_TICK.due(work) is None
    with in_work(at=noon(before_end(60))) as work:
        assert EXPIRY_TICK.due(work) == {"as_of": before_end(60), "dry_run": False}


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2025-02-01", "2026-01-31", "2026-02-01", "2027-01-31"),
        ("2024-02-29", "2025-02-27", "2025-02-28", "2026-02-27"),
        ("2025-01-15", "2025-04-14", "2025-04-15", "2025-07-14"),
        ("2025-01-01", "2025-01-14", "2025-01-15", "2025-01-28"),
        ("2025-01-01", "2025-02-03", "2025-02-04", "2025-03-09"),
    ],
)
def test_the_next_term_has_as_many_months_or_days(start, end, first, last):
    days = [date.fromisoformat(day) for day in (start, end, first)]
    assert same_length(*days).isoformat() == last


def test_a_dry_run_counts_what_would_happen_and_changes_nothing(year, app, run, read):
    identifier = year(auto_renew=True)
    day = END + timedelta(days=1)

    dry = tasks.run_job(app, AGREEMENT_EXPIRY, day, dry_run=True, context=Context(now=noon(day)))

    counts = {name: count for name, count in dry.counts.items() if count}
    assert (counts, dry.detail) == ({"renewed": 1, "renewals": 1}, {"agreement_ids": [str(identifier)]})
    with_now = run(day)
    assert with_now == counts, "nothing was done before"
