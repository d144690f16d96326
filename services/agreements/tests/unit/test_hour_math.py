"""No operation loses or creates hours."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.agreement import hour_math as hm
from agreements.agreement.hour_math import Pot

HOURS = st.decimals(min_value=0, max_value=1000, places=2)
WORKED = st.decimals(min_value="0.01", max_value=24, places=2)
POLICY = st.sampled_from([hm.POOLED, hm.STRICT])
ROLLOVER = st.sampled_from([hm.NO_ROLLOVER, hm.ONE_PERIOD, hm.UNLIMITED])
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(WORKED, HOURS, HOURS, POLICY)
def test_a_split_adds_up_and_takes_no_more_than_there_is(hours, own, pool, policy):
    parts = hm.split(hours, own, pool, policy)

    assert parts.covered + parts.overage == hours
    assert min(parts.own, parts.pool, parts.overage) >= 0
    assert parts.own <= own
    assert parts.pool <= pool
    assert parts.own == min(hours, own), "a service's own hours go first"
    assert parts.pool == 0 or policy == hm.POOLED
    assert not parts.overage or parts.own == own, "no overage while own hours are left"


@given(WORKED, HOURS, HOURS)
def test_pooled_overage_begins_when_the_pool_is_empty(hours, own, pool):
    parts = hm.split(hours, own, pool, hm.POOLED)

    assert parts.overage == max(hours - own - pool, 0)


@given(HOURS, st.integers(1, 40))
def test_distribution_sums_to_the_total(total, parts):
    shares = hm.distribute(total, parts)

    assert sum(shares) == total
    assert len(shares) == parts
    assert all(share == share.quantize(hm.STEP) for share in shares)
    assert len(set(shares[1:])) <= 1
    assert 0 <= shares[0] - min(shares) < Decimal(parts) * hm.STEP


def test_the_remainder_goes_to_the_first():
    assert hm.distribute(Decimal("100"), 3) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert hm.distribute(Decimal("10"), 0) == []


def test_months_from_the_31st_are_clamped_each_from_the_anchor():
    anchor = date(2027, 1, 31)
    dates = [hm.anniversary(anchor, months).isoformat() for months in range(14)]
    assert dates[:5] == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert dates[12:] == ["2028-01-31", "2028-02-29"]


@given(DAYS, st.integers(0, 4000))
def test_a_day_lies_in_its_period(anchor, later):
    day = anchor + timedelta(days=later)

    start = hm.period_containing(anchor, day)

    assert start <= day < hm.next_period(anchor, start)
    assert hm.period_containing(anchor, start) == start


@given(DAYS)
def test_periods_follow_one_another_without_gap(anchor):
    start = anchor
    for months in range(30):
        assert start == hm.anniversary(anchor, months)
        start = hm.next_period(anchor, start)


@given(st.lists(st.tuples(HOURS, HOURS), min_size=1, max_size=8), ROLLOVER)
def test_closings_leave_nothing_in_closed_periods_and_lose_nothing(history, rollover):
    """Each period has a grant and draws, some of them logged late."""
    pots: list[Pot] = []
    drawn_total = Decimal(0)
    for grant, wanted in history:
        pots.append(Pot(free=grant, base=grant))
        apply(pots, hm.settle(pots, rollover))
        late = len(pots) // 2
        drawn = min(wanted, hm.available(pots[late:]))
        pots[late] = Pot(pots[late].free - drawn, pots[late].base, pots[late].expired, pots[late].rolled)
        apply(pots, hm.settle(pots, rollover))
        drawn_total += drawn

        assert all(pot.balance == 0 for pot in pots[:-1])
        assert pots[-1].balance >= 0
        assert all(pot.expired >= 0 and pot.rolled >= 0 for pot in pots)
        if rollover == hm.UNLIMITED:
            assert all(pot.expired == 0 for pot in pots)
        granted = sum(grant for grant, _ in history[: len(pots)])
        assert granted == drawn_total + sum(pot.expired for pot in pots) + pots[-1].balance


def apply(pots, changes):
    for change in changes:
        pot, following = pots[change.index], pots[change.index + 1]
        pots[change.index] = Pot(pot.free, pot.base, pot.expired + change.expired, pot.rolled + change.rolled)
        pots[change.index + 1] = Pot(
            following.free + change.rolled, following.base, following.expired, following.rolled
        )


def test_one_period_carries_only_what_the_period_itself_brought():
    """Of 10 hours rolled over, 10 granted and 3 drawn, 7 expire and 10 roll over."""
    pots = [Pot(free=Decimal(17), base=Decimal(10)), Pot(free=Decimal(10), base=Decimal(10))]

    (change,) = hm.settle(pots, hm.ONE_PERIOD)

    assert (change.rolled, change.expired) == (Decimal(10), Decimal(7))


def test_work_written_down_late_finds_the_hours_that_expired():
    closed, current = Pot(free=Decimal(4), base=Decimal(10), expired=Decimal(4)), Pot(free=Decimal(10))

    assert hm.available([closed, current]) == 4


def test_late_work_draws_only_unused_rolled_over_hours():
    closed = Pot(free=Decimal(4), base=Decimal(10), rolled=Decimal(4))

    assert hm.available([closed, Pot(free=Decimal(14))]) == 4
    assert hm.available([closed, Pot(free=Decimal(1))]) == 1


@pytest.mark.parametrize(
    ("percent", "colour"), [("25.1", "green"), ("25", "yellow"), ("10", "yellow"), ("9.9", "red"), ("0", "red")]
)
def test_colours(percent, colour):
    assert hm.level(Decimal(percent)) == colour


def test_projection():
    today = date(2025, 11, 21)
    assert hm.exhausted_on(today, Decimal(10), Decimal("0.75")) == date(2025, 12, 5)
    assert hm.exhausted_on(today, Decimal(10), Decimal(0)) is None
    assert hm.exhausted_on(today, Decimal(0), Decimal(1)) == today
