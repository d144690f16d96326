"""The circuit breaker, on a clock of the test's own."""

from dataclasses import dataclass

import pytest

from gateway.limits.breaker import Breaker


@dataclass
class Clock:
    at: float = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock) -> Breaker:
    return Breaker(failures=3, seconds=10, clock=clock)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        assert breaker.wait() == 0
        breaker.failed()


def test_it_opens_after_so_many_failures_in_a_row(breaker, clock):
    fail(breaker, 2)
    breaker.succeeded()
    fail(breaker, 2)
    assert breaker.wait() == 0

    breaker.failed()

    assert breaker.wait() == 10
    clock.at += 4
    assert breaker.wait() == 6


def test_then_one_may_try_while_the_others_wait(breaker, clock):
    fail(breaker, 3)
    clock.at += 10

    assert breaker.wait() == 0
    assert breaker.wait() > 0
    breaker.succeeded()
    assert breaker.wait() == 0
    assert breaker.wait() == 0


def test_a_failed_try_opens_it_again(breaker, clock):
    fail(breaker, 3)
    clock.at += 10
    fail(breaker, 1)

    assert breaker.wait() == 10


def test_a_try_that_told_nothing_lets_the_next_one_try(breaker, clock):
    fail(breaker, 3)
    clock.at += 10
    assert breaker.wait() == 0

    breaker.abandoned()

    assert breaker.wait() == 0
