"""Rates with a beginning and an end: each takes effect once, on its day, whoever runs the clock."""

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from clients.client import editing as clients
from clients.rate_card import editing
from clients.rate_card.models import ClientService, RateChange
from clients.scheduled_rate import due, scheduling
from clients.scheduled_rate.models import ScheduledRate
from common.context import Actor, Context
from common.errors import Conflict, Invalid, NotFound
from common.testing.tasks import run_job

NOON = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)


@pytest.fixture
def row(in_work, catalog_says) -> Any:
    catalog_says("Remote Support", "125.00")
    with in_work(at=NOON) as work:
        client = clients.create(work, name="Acme Corp")
        return work.session.scalars(select(ClientService).where(ClientService.client_id == client.id)).one()


@pytest.fixture
def schedule(in_work, row) -> Any:
    def send(rate: str | None, begins: int, ends: int | None = None, **more: Any) -> ScheduledRate:
        """Days are counted from today."""
        with in_work("manager", at=NOON) as work:
            return scheduling.schedule(
                work,
                row.client_id,
                row.id,
                custom_rate=None if rate is None else Decimal(rate),
                valid_from=TODAY + timedelta(days=begins),
                valid_until=None if ends is None else TODAY + timedelta(days=ends),
                **more,
            )

    return send


@pytest.fixture
def on_day(app, in_work, row) -> Any:
    def run(days: int) -> ClientService:
        """The row after the job ran for the day so many days from today."""
        run_job(app, due.RATE_CHANGES, TODAY + timedelta(days=days), context=Context(now=NOON + timedelta(days=days)))
        with in_work() as work:
            return work.session.get(ClientService, row.id)

    return run


def history(in_work) -> list[tuple[Any, ...]]:
    with in_work() as work:
        changes = work.session.scalars(select(RateChange).order_by(RateChange.id)).all()
        return [(str(c.old_rate), str(c.new_rate), c.rate_source, c.changed_by_name, c.reason) for c in changes]


def test_a_rate_begins_on_its_day_and_gives_way_to_the_former(schedule, on_day, in_work, emitted):
    schedule("110.00", 5, 10, reason="Spring offer")
    said = len(emitted())

    waiting = on_day(4)
    assert waiting.effective_rate == Decimal("125.00")
    assert waiting.next_rate == {"custom_rate": Decimal("110.00"), "valid_from": date(2026, 3, 15)}
    assert len(emitted()) == said

    begun = on_day(5)
    assert (begun.effective_rate, begun.badge, begun.next_rate) == (Decimal("110.00"), "Custom Rate", None)
    assert (begun.custom_rate_valid_from, begun.custom_rate_valid_until) == (date(2026, 3, 15), date(2026, 3, 20))
    assert on_day(9).effective_rate == Decimal("110.00")

    over = on_day(10)
    assert (over.effective_rate, over.badge) == (Decimal("125.00"), "Default Rate")
    assert (over.custom_rate_valid_from, over.custom_rate_valid_until) == (None, None)
    assert history(in_work) == [
        ("125.00", "110.00", "client", "Test manager", "Scheduled for 2026-03-15: Spring offer"),
        ("110.00", "125.00", "catalog", "Test manager", "Scheduled rate ended on 2026-03-20: Spring offer"),
    ]
    rates = [event.data["services"][0]["effective_rate"] for event in emitted()[said:]]
    assert rates == ["110.00", "125.00"]


def test_the_msp_s_midnight_counts(app, schedule, in_work, row):
    """In New York it is still the day before when it is past midnight in UTC."""
    schedule("110.00", 1)
    for at, expected in (
        (datetime(2026, 3, 11, 3, 59, tzinfo=UTC), "125.00"),
        (datetime(2026, 3, 11, 4, 0, tzinfo=UTC), "110.00"),
    ):
        with app.work(Context(now=at)) as work:
            today = work.today
        run_job(app, due.RATE_CHANGES, today, context=Context(now=at))
        with in_work() as work:
            assert work.session.get(ClientService, row.id).effective_rate == Decimal(expected)


def test_missed_days_are_caught_up_in_their_order(schedule, on_day, in_work):
    schedule("110.00", 1)
    schedule("100.00", 2, 4)
    schedule("90.00", 4, 6)

    assert on_day(30).effective_rate == Decimal("110.00")
    assert [entry[:2] for entry in history(in_work)] == [
        ("125.00", "110.00"),
        ("110.00", "100.00"),
        ("100.00", "110.00"),
        ("110.00", "90.00"),
        ("90.00", "110.00"),
    ]


def test_back_to_the_default_rate_on_a_day(schedule, on_day, in_work, row):
    with in_work() as work:
        editing.update(work, row.client_id, row.id, custom_rate=Decimal("110.00"))
    schedule(None, 3)

    assert on_day(2).next_rate == {"custom_rate": None, "valid_from": date(2026, 3, 13)}
    assert on_day(3).effective_rate == Decimal("125.00")


def test_a_rate_agreed_meanwhile_is_not_undone_by_an_end(schedule, on_day, in_work, row):
    schedule("110.00", 0, 10)
    assert on_day(0).effective_rate == Decimal("110.00")
    with in_work() as work:
        editing.update(work, row.client_id, row.id, custom_rate=Decimal("105.00"))

    after = on_day(11)
    assert (after.effective_rate, after.custom_rate_valid_until) == (Decimal("105.00"), None)
    with in_work() as work:
        assert work.session.scalars(select(ScheduledRate.status)).all() == ["superseded"]


def test_saving_the_same_rate_again_leaves_its_end_as_agreed(schedule, on_day, in_work, row):
    schedule("110.00", 0, 10)
    with in_work() as work:
        editing.update(work, row.client_id, row.id, custom_rate=Decimal("110.00"), notes="Until the 20th")

    assert on_day(10).effective_rate == Decimal("125.00")


@pytest.mark.parametrize(
    ("rate", "begins", "ends", "field"),
    [
        ("110.00", -1, None, "valid_from"),
        ("110.00", 5, 5, "valid_until"),
        ("110.00", 5, 4, "valid_until"),
        ("110.001", 5, None, "custom_rate"),
    ],
)
def test_what_cannot_be_scheduled_is_named(schedule, in_work, rate, begins, ends, field):
    with pytest.raises(Invalid) as refused:
        schedule(rate, begins, ends)

    assert list(refused.value.errors) == [field]
    with in_work() as work:
        assert work.session.scalars(select(ScheduledRate)).all() == []


@pytest.mark.parametrize(("begins", "ends"), [(10, None), (12, None), (5, 11), (12, 14), (5, 30)])
def test_one_that_ends_has_no_other_begin_inside_of_it(schedule, begins, ends):
    schedule("110.00", 10, 20)

    with pytest.raises(Conflict, match="from 2026-03-20 until 2026-03-30"):
        schedule("100.00", begins, ends)


def test_one_may_begin_where_another_ends(schedule, on_day):
    schedule("110.00", 10, 20)
    schedule("100.00", 20, 25)

    assert on_day(20).effective_rate == Decimal("100.00")
    assert on_day(25).effective_rate == Decimal("125.00")


def test_called_off_while_it_has_not_begun(schedule, on_day, in_work, row):
    later, sooner = schedule("110.00", 10), schedule("100.00", 5)
    with in_work() as work:
        scheduling.call_off(work, row.client_id, row.id, sooner.id)
    with in_work() as work:
        assert work.session.get(ClientService, row.id).next_rate_from == later.valid_from
    assert on_day(10).effective_rate == Decimal("110.00")

    with pytest.raises(Conflict, match="running"), in_work() as work:
        scheduling.call_off(work, row.client_id, row.id, later.id)
    with pytest.raises(NotFound), in_work() as work:
        scheduling.call_off(work, row.client_id, row.id, sooner.id)


def test_a_rehearsal_changes_nothing(app, schedule, in_work, row):
    schedule("110.00", 1)
    outcome = run_job(app, due.RATE_CHANGES, TODAY + timedelta(days=1), True, Context(now=NOON))

    assert outcome.counts == {"rows": 1, "steps": 0}
    with in_work() as work:
        assert work.session.get(ClientService, row.id).effective_rate == Decimal("125.00")


def test_two_clocks_at_once_apply_each_rate_once(app, in_work, catalog_says, emitted):
    """Both run the job again and again over many rows; each rate makes one history entry and one announcement."""
    catalog_says("Remote Support", "125.00")
    with in_work(at=NOON) as work:
        for number in range(40):
            clients.create(work, name=f"Client {number}")
    with in_work(at=NOON) as work:
        rows = [(row.client_id, row.id) for row in work.session.scalars(select(ClientService))]
    with app.work(Context(actor=Actor("m", "Manager", "manager"), now=NOON)) as work:
        for client_id, row_id in rows:
            day = TODAY + timedelta(days=1)
            scheduling.schedule(work, client_id, row_id, custom_rate=Decimal("110.00"), valid_from=day)
    said, start, failures = len(emitted()), threading.Barrier(4), []

    def tick() -> None:
        start.wait()
        try:
            assert run_job(app, due.RATE_CHANGES, TODAY + timedelta(days=1)).status == "succeeded"
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=tick) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(history(in_work)) == 40
    announced = [row["id"] for event in emitted()[said:] for row in event.data["services"]]
    assert sorted(announced) == sorted(str(row_id) for _, row_id in rows)
