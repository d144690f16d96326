"""What goes wrong with a customer's data is told without that data: in logs, and in the headers of dead letters."""

import io
import logging
import sys
from typing import Any

import pytest
import structlog
from harness import Background, Broker, envelope, handlers_of, running, settings
from marshmallow import ValidationError
from sqlalchemy import text

from common.errors import Conflict
from common.logging import configure
from common.messaging.consumer import Consumer
from common.messaging.topology import Names
from common.uow import UnitOfWork

SECRET = "ada@private.example"


def twice(work: UnitOfWork) -> None:
    work.session.execute(text("CREATE TEMP TABLE person (email text CONSTRAINT uq_person UNIQUE) ON COMMIT DROP"))
    for _ in range(2):
        work.session.execute(text("INSERT INTO person VALUES (:email)"), {"email": SECRET})


def no_number(work: UnitOfWork) -> None:
    work.session.execute(text("SELECT CAST(CAST(:email AS text) AS integer)"), {"email": SECRET})


def too_long(work: UnitOfWork) -> None:
    work.session.execute(text("CREATE TEMP TABLE short (email varchar(3)) ON COMMIT DROP"))
    work.session.execute(text("INSERT INTO short VALUES (:email)"), {"email": SECRET})


def own_words(_: UnitOfWork) -> None:
    raise RuntimeError(f"cannot write to {SECRET}")


def caused(_: UnitOfWork) -> None:
    try:
        {}[SECRET]
    except KeyError as error:
        raise LookupError(f"no such person: {SECRET}") from error


def rule(_: UnitOfWork) -> None:
    raise Conflict(f"There is a user with the email {SECRET}.", {"email": [SECRET]})


def validation(_: UnitOfWork) -> None:
    raise ValidationError({"email": [f"{SECRET} is no address"]})


MISHAPS = {
    twice: "UniqueViolation of uq_person",
    no_number: "InvalidTextRepresentation (SQLSTATE 22P02)",
    too_long: "StringDataRightTruncation (SQLSTATE 22001)",
    own_words: "RuntimeError in test_personal_data.own_words",
    caused: "LookupError in test_personal_data.caused",
    rule: "Conflict about email",
    validation: "ValidationError about email",
}


@pytest.fixture(params=["test", "development"])
def logged(request, monkeypatch):
    """All that is logged, in production's shape and in development's."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    structlog.reset_defaults()
    values = {"database_url": "", "amqp_url": "", "exchange": "", "log_level": "INFO", "environment": request.param}
    configure(settings(**values))
    for module in ("consumer", "batches"):  # theirs may have been used, and so settled, in another test
        monkeypatch.setattr(f"common.messaging.{module}.log", structlog.get_logger(module))
    yield written
    structlog.reset_defaults()


@pytest.mark.parametrize("mishap", MISHAPS, ids=lambda mishap: mishap.__name__)
def test_a_log_line_names_type_and_place(mishap, make_probe, logged):
    app = make_probe()
    log = structlog.get_logger("test")

    from common.context import Context

    try:
        with app.work(Context()) as work:
            mishap(work)
    except Exception:
        log.exception("thing_failed")
        logging.getLogger("a.library").exception("thing failed")

    assert logged.getvalue().count(MISHAPS[mishap]) >= 2
    assert mishap.__name__ in logged.getvalue()
    assert SECRET not in logged.getvalue()


def test_a_dead_letter_names_type_and_constraint(make_probe, broker: Broker, background: Background, logged):
    by_name = {mishap.__name__: mishap for mishap in MISHAPS}

    def fail(work: UnitOfWork, data: dict[str, Any]) -> None:
        by_name[data["name"]](work)

    app = make_probe(handlers_of(fail), retry_delays=())
    names = Names.of(app.settings)
    malformed = {"id": SECRET, "name": {"first": SECRET}}
    with running(background, Consumer(app)):
        broker.send(names.queue, [envelope(name).encode() for name in by_name])
        broker.send(names.queue, [envelope("", data=malformed).encode()])
        broker.send(
            names.queue, [envelope("x").encode().replace(b'"sequence":"1"', b'"sequence":"%s"' % SECRET.encode())]
        )
        dead = broker.take(names.dead, len(MISHAPS) + 2)

    reasons = {str(letter.headers["x-reason"]) for letter in dead}
    for expected in MISHAPS.values():
        assert any(reason.startswith(expected) for reason in reasons), (expected, reasons)
    assert "data does not fit ThingReader: id (Not a valid UUID.), name (Not a valid string.)" in reasons
    assert "the envelope's sequence is malformed" in reasons
    assert SECRET not in str([letter.headers for letter in dead])
    assert logged.getvalue().count("event_dead") == len(dead)
    assert SECRET not in logged.getvalue()
