"""While one API hangs, its requests are refused quickly and other APIs answer as before."""

import sys
from pathlib import Path

import pytest

from local.importer.waiting import until
from local.system import System

sys.path.insert(0, str(Path(__file__).parents[1] / "load"))

from hanging_bench import drive, is_back, stopped

SLACK = 4
"""Seconds that a busy machine may add to an answer."""


@pytest.mark.slow
@pytest.mark.runs_alone
def test_a_hanging_service_takes_nobody_with_it(system: System, admin):
    token, group = admin.token, system.pid("clients-api")
    before = drive(system.url, token, 6)
    with stopped(group):
        during = drive(system.url, token, 10)
        dashboard = admin.get("/dashboard")
    back = until(lambda: is_back(system.url, token), seconds=10)

    assert set(before.own.statuses) == {200}
    assert set(before.others.statuses) == set(during.others.statuses) == {200}
    assert during.others.percentile(99) <= 2 * before.others.percentile(99) + SLACK
    assert set(during.own.statuses) <= {503, 504}
    assert max(during.own.seconds) <= 5 + SLACK
    assert during.own.statuses[503] > during.own.statuses[504], "most should not have waited at all"
    assert dashboard["unavailable"] == ["clients"]
    assert back
