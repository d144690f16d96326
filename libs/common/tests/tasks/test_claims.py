"""Claiming rows of a table: each row by one worker, for a lease, with the time passed in."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, Uuid, insert, select

from common.app import App
from common.backoff import Backoff
from common.claims import Claim, Queue
from common.context import Context
from common.db import Instant
from common.ids import new_id

NOW = datetime(2025, 11, 30, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)

parcel = Table(
    "parcel",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    Column("due", Instant),
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    Column("sent_by", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
)
PARCELS = Queue(
    of=parcel,
    due="due",
    lease=LEASE,
    attempts="attempts",
    error="error",
    actor="sent_by",
    correlation_id="correlation_id",
    backoff=Backoff(timedelta(seconds=2), timedelta(minutes=1), attempts=3),
)


@pytest.fixture
def store(app: App) -> Iterator[Callable[[int], None]]:
    """`store(3)` stores parcels that became due one second apart, the last one now."""

    def write(number: int) -> None:
        values = [
            {"id": new_id(), "due": NOW - timedelta(seconds=n), "attempts": 0, "sent_by": f"manager:{n}"}
            | {"correlation_id": f"request {n}"}
            for n in range(number)
        ]
        with app.database.engine.begin() as connection:
            connection.execute(insert(parcel), values)

    parcel.create(app.database.engine)
    yield write
    parcel.drop(app.database.engine)


@pytest.fixture
def claim(app: App) -> Callable[..., list[Claim]]:
    def at(instant: datetime = NOW, limit: int = 10) -> list[Claim]:
        return app.transact(Context(now=instant), lambda work: PARCELS.claim(work, limit=limit))

    return at


def read(app: App) -> list[Any]:
    with app.database.engine.connect() as connection:
        return list(connection.execute(select(parcel).order_by(parcel.c.due)))


def test_what_is_due_longest_is_claimed_first_as_the_person_who_wrote_it(store, claim):
    store(3)
    first, second = claim(limit=2)

    assert [str(found.context.actor) for found in (first, second)] == ["manager:2", "manager:1"]
    assert first.context.correlation_id == "request 2"
    assert (first.until, first.attempt) == (NOW + LEASE, 1)
    assert [found.context.correlation_id for found in claim()] == ["request 0"]
    assert claim() == []


def test_what_is_not_due_yet_waits(store, claim):
    store(2)
    assert len(claim(NOW - timedelta(seconds=1))) == 1


def test_after_the_lease_the_rows_of_a_dead_worker_are_claimed_again_one_by_one(store, claim):
    """One of them may have killed it, so that each is claimed alone."""
    store(3)
    dead = claim()
    assert claim(NOW + LEASE - timedelta(microseconds=1)) == []

    again = [claim(NOW + LEASE) for _ in range(4)]
    assert [len(claims) for claims in again] == [1, 1, 1, 0]
    assert {claims[0].key for claims in again[:3]} == {found.key for found in dead}
    assert [claims[0].attempt for claims in again[:3]] == [2, 2, 2]


def test_a_row_that_is_repeated_does_not_hold_up_those_before_it(store, claim):
    store(2)
    (taken,) = claim(limit=1)
    store(3)
    later = taken.until

    assert [found.attempt for found in claim(later)] == [1, 1, 1, 1]
    assert [found.attempt for found in claim(later)] == [2]


def test_a_claim_whose_lease_was_lost_is_not_held(app, store, claim):
    store(1)
    (lost,) = claim()
    (held,) = claim(NOW + LEASE)
    with app.work(Context()) as work:
        assert work.session.scalars(select(parcel.c.id).where(*PARCELS.held(lost))).all() == []
        assert work.session.scalars(select(parcel.c.id).where(*PARCELS.held(held))).all() == [held.key]
        PARCELS.put_off(work, claim=lost, error=ValueError("too late"))

    assert (read(app)[0].due, read(app)[0].error) == (held.until, None)


def test_a_failed_row_waits_longer_each_time_and_then_for_ever(app, store, claim):
    store(1)
    at, pauses = NOW, []
    while at is not None:
        (failed,) = claim(at)
        with app.work(Context(now=at)) as work:
            PARCELS.put_off(work, claim=failed, error=ValueError("no address"))
        (row,) = read(app)
        pauses.append(None if row.due is None else (row.due - at).total_seconds())
        at = row.due

    assert pauses == [2, 4, None]
    assert (row.attempts, row.error) == (3, "ValueError")
    assert claim(NOW + timedelta(days=1000)) == []


def test_locked_rows_are_left_to_their_holder_without_waiting(app, store, claim):
    store(3)
    with app.database.engine.begin() as connection:
        locked = connection.scalar(select(parcel.c.id).order_by(parcel.c.due).limit(1).with_for_update())
        with ThreadPoolExecutor(1) as aside:
            taken = aside.submit(claim).result(10)

    assert len(taken) == 2
    assert locked not in {found.key for found in taken}


def test_workers_side_by_side_claim_each_row_once(store, claim):
    store(60)

    def drain(_: int) -> list[Claim]:
        found = []
        while claims := claim(limit=7):
            found += claims
        return found

    with ThreadPoolExecutor(4) as threads:
        keys = [found.key for claims in threads.map(drain, range(4)) for found in claims]

    assert len(keys) == len(set(keys)) == 60
