"""The SLA clock: published cases of waiting, business hours and holidays, then properties and the states of targets."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.sla import targets
from agreements.sla.clock import Clock, Pause, around_the_clock, business_hours
from agreements.sla.targets import BREACHED, MET, MISSED, PAUSED, RUNNING, WARNING, Change, Progress
from common.organisation.settings import DEFAULTS, WEEKDAYS, Opening, Organisation, OwnHoliday

(NV_07,) = json.loads((Path(__file__).parents[1] / "fixtures" / "sla.json").read_text())
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
STANDS_STILL = {"waiting", "closed"}


def minutes(count):
    return timedelta(minutes=count)


def organisation(zone, opens, closes, weekdays=WEEKDAYS, holidays=()):
    openings = tuple(Opening(weekday=name, opens=opens, closes=closes) for name in weekdays)
    own = tuple(OwnHoliday(name="Holiday", day=day, every_year=every) for day, every in holidays)
    return Organisation(time_zone=ZoneInfo(zone), business_hours=openings, own_holidays=own)


@pytest.mark.parametrize("number", range(3))
def test_waiting_moves_the_targets_by_exactly_its_time(number):
    given_, expected = NV_07["input"], NV_07["expected"]
    day = given_["created"][:10]
    at = [(datetime.fromisoformat(f"{day}T{clock}Z"), status) for clock, status in given_["cases"][number]]
    closed = at[-1][0]
    waiting = [Pause(since, until) for (since, status), (until, _) in pairwise(at) if status in STANDS_STILL]
    hours = business_hours(organisation(given_["calendar"]["tz"], *given_["calendar"]["hours"]))
    clock = Clock(hours, datetime.fromisoformat(given_["created"]), tuple(waiting))

    for name in ("response", "update", "resolution"):
        due = clock.due(minutes(given_["targets_min"][name]))
        assert due == datetime.fromisoformat(f"{day}T{expected[f'{name}_due'][number]}Z"), name
    worked = clock.elapsed(closed)
    assert worked == minutes(expected["worked_min_at_close"][number])
    assert minutes(given_["targets_min"]["resolution"]) - worked == minutes(expected["left_min_at_close"][number])


@pytest.mark.parametrize("number", range(4))
def test_elapsed_business_minutes_over_holidays(number):
    spec = NV_07["input"]["elapsed"]
    start, end, days = spec["cases"][number]
    holidays = [(_holiday(text), text.startswith("--")) for text in days]
    hours = business_hours(organisation(spec["tz"], *spec["hours"], WEEKDAYS[:5], holidays))

    found = Clock(hours, datetime.fromisoformat(start)).elapsed(datetime.fromisoformat(end))

    assert found == minutes(NV_07["expected"]["elapsed_min"][number])


def _holiday(text):
    return date.fromisoformat(text.replace("--", "2020-"))


@pytest.mark.parametrize(("night", "hours"), [("2026-03-07", 1), ("2026-10-31", 3)])
def test_a_changed_clock_is_counted_as_it_passed(night, hours):
    """The hour from 2:00 to 3:00 is left out in March, and the hour from 1:00 to 2:00 comes twice in November."""
    early = business_hours(organisation("America/New_York", "01:00", "03:00"))
    zone = ZoneInfo("America/New_York")
    start = datetime.fromisoformat(f"{night}T12:00").replace(tzinfo=zone)
    end = start + timedelta(days=1)

    assert Clock(early, start.astimezone(UTC)).elapsed(end.astimezone(UTC)) == timedelta(hours=hours)


def test_without_business_hours_all_hours_count():
    hours = business_hours(Organisation(business_hours=()))
    assert Clock(hours, NOON).due(timedelta(days=3)) == NOON + timedelta(days=3)


def test_midnight_can_close_a_day():
    clock = Clock(business_hours(organisation("UTC", "00:00", "24:00")), NOON)
    assert clock.due(timedelta(hours=30)) == NOON + timedelta(hours=30)


@st.composite
def clocks(draw):
    at, pauses = NOON, []
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 3000)), max_size=5)):
        since = at + minutes(gap)
        at = since + minutes(length)
        pauses.append(Pause(since, at))
    hours = draw(st.sampled_from([around_the_clock, business_hours(Organisation())]))
    return Clock(hours, NOON, tuple(pauses))


@given(clocks(), st.integers(1, 20_000))
def test_the_clock_shows_the_target_when_it_is_due(clock, target):
    due = clock.due(minutes(target))
    assert due is not None
    assert clock.elapsed(due) == minutes(target)
    assert clock.elapsed(due - minutes(1)) < minutes(target)


@given(clocks(), st.integers(0, 20_000), st.integers(0, 20_000))
def test_the_clock_never_runs_backwards_or_too_fast(clock, first, more):
    before, after = NOON + minutes(first), NOON + minutes(first + more)
    assert timedelta() <= clock.elapsed(after) - clock.elapsed(before) <= minutes(more)


def progress(*steps, priority="critical", replied=None, first=None):
    """An order of noon; each step is its minute, and the status it changed to."""
    status, changes = first or "new", []
    for minute, to in steps:
        changes.append(Change(status, to, NOON + minutes(minute), by_client=False))
        status = to
    replied_at = None if replied is None else NOON + minutes(replied)
    return Progress(priority, status, NOON, changes, replied_at)


def states(order, minute):
    return [
        one.state
        for one in targets.of(order, DEFAULTS.sla_target(order.priority), around_the_clock, NOON + minutes(minute))
    ]


@pytest.mark.parametrize(
    ("order", "minute", "expected"),
    [
        (progress(), 44, [RUNNING, RUNNING]),
        (progress(), 45, [WARNING, RUNNING]),
        (progress(), 60, [WARNING, RUNNING]),
        (progress(), 61, [BREACHED, RUNNING]),
        (progress(), 241, [BREACHED, BREACHED]),
        (progress(replied=30), 61, [MET, RUNNING]),
        (progress(replied=61), 62, [MISSED, RUNNING]),
        (progress((10, "assigned")), 61, [MET, RUNNING]),
        (progress((10, "waiting_client")), 600, [MET, PAUSED]),
        (progress((200, "waiting_client"), (500, "in_progress")), 520, [MISSED, WARNING]),
        (progress((200, "waiting_client"), (500, "in_progress"), (541, "resolved")), 600, [MISSED, MISSED]),
        (progress((50, "resolved")), 900, [MET, MET]),
        (progress((50, "resolved"), (900, "in_progress")), 950, [MET, RUNNING]),
        (progress(first="waiting_client"), 900, [MET, PAUSED]),
        (progress((50, "in_progress"), first="waiting_client"), 51, [MET, RUNNING]),
        (progress(first="closed"), 10, []),
    ],
)
def test_states(order, minute, expected):
    assert states(order, minute) == expected


@given(clocks(), st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_counted_target_runs_on_as_if_it_was_counted_later(clock, first, more):
    counted, later = NOON + minutes(first), NOON + minutes(first + more)
    changes = [
        Change(*statuses, at, by_client=False)
        for pause in clock.pauses
        if pause.until <= counted
        for statuses, at in (
            (("in_progress", "waiting_client"), pause.since),
            (("waiting_client", "in_progress"), pause.until),
        )
    ]
    order = Progress("critical", "in_progress", NOON, changes, None)
    limits = DEFAULTS.sla_target("critical")

    ran_on = [one.later(clock.hours, later) for one in targets.of(order, limits, clock.hours, counted)]

    assert ran_on == targets.of(order, limits, clock.hours, later)


def test_a_change_of_priority_keeps_the_pauses():
    steps = ((10, "in_progress"), (20, "waiting_client"), (120, "in_progress"))
    low, critical = (
        targets.of(progress(*steps), DEFAULTS.sla_target(priority), around_the_clock, NOON + minutes(130))[1]
        for priority in ("low", "critical")
    )

    assert low.due_at == NOON + minutes(10080 + 100)
    assert critical.due_at == NOON + minutes(240 + 100)
