"""Names, bindings and what a message's exception means for it."""

from datetime import timedelta

import psycopg
import pytest
from harness import settings
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from common.failures import Kind, classify
from common.handlers import Handlers
from common.messaging.routing import Routing, matches
from common.messaging.topology import Names


def test_names_of_the_usual_exchange_are_the_documented_ones():
    names = Names.of(
        settings(
            database_url="",
            amqp_url="",
            exchange="evergreen.events",
            service="billing",
            retry_delays=(timedelta(seconds=10), timedelta(minutes=2), timedelta(minutes=15)),
        )
    )
    assert (names.queue, names.dead) == ("billing.events", "billing.events.dead")
    assert names.retries == (
        ("billing.events.retry.10s", 10_000),
        ("billing.events.retry.2m", 120_000),
        ("billing.events.retry.15m", 900_000),
    )


@pytest.mark.parametrize(
    ("pattern", "type", "expected"),
    [
        ("#", "a.b.c.v1", True),
        ("a.b.c.v1", "a.b.c.v1", True),
        ("a.b.c.v1", "a.b.c.v2", False),
        ("a.*.c.v1", "a.b.c.v1", True),
        ("a.*", "a.b.c", False),
        ("a.#", "a", True),
        ("a.#.v1", "a.b.c.v1", True),
        ("a.#.v1", "a.b.c.v2", False),
    ],
)
def test_topic_patterns(pattern: str, type: str, expected: bool):
    assert matches(pattern.split("."), type.split(".")) is expected


def test_a_handler_is_called_once_though_two_of_its_patterns_match():
    handlers = Handlers()
    handlers.handles_raw("#", "a.#")(lambda work, event: None)
    assert len(Routing(handlers).find("a.b.c.v1")) == 1


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (psycopg.errors.DeadlockDetected(), Kind.CONFLICT),
        (psycopg.errors.SerializationFailure(), Kind.CONFLICT),
        (psycopg.errors.AdminShutdown(), Kind.AWAY),
        (psycopg.errors.TooManyConnections(), Kind.AWAY),
        (psycopg.errors.CannotConnectNow(), Kind.AWAY),
        (psycopg.OperationalError("server closed the connection"), Kind.AWAY),
        (psycopg.errors.LockNotAvailable(), Kind.FAILURE),
        (psycopg.errors.QueryCanceled(), Kind.FAILURE),
    ],
)
def test_what_a_database_error_means(cause: psycopg.OperationalError, kind: Kind):
    error = OperationalError("SELECT 1", {}, cause)
    assert classify(error) is kind
    wrapped = RuntimeError("a handler's own words")
    wrapped.__cause__ = error
    assert classify(wrapped) is kind


def test_other_errors():
    assert classify(PoolTimeout()) is Kind.AWAY
    assert classify(KeyError("x")) is Kind.FAILURE
