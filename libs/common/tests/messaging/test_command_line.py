"""What the command line prints and does beside running processes: contracts, republishing, log lines."""

import io
import logging
import sys
from dataclasses import replace
from uuid import UUID

import orjson
import pytest
import structlog
from click.testing import CliRunner
from harness import (
    MADE,
    THING_MADE,
    App,
    Background,
    Broker,
    envelope,
    handlers_of,
    record,
    running,
    settings,
    unpublished,
    until,
)
from sqlalchemy import select

from common import asyncapi
from common.cli import service_cli
from common.events import Envelope
from common.ids import new_id
from common.logging import configure
from common.messaging.consumer import Consumer
from common.messaging.topology import Names
from common.republishing import REPUBLISH
from common.tables import task
from common.tasks.performing import perform
from common.testing.tasks import work_off


def test_contract_names_what_is_published_and_read():
    handlers = handlers_of(record, MADE, "other.thing.made.v1")
    handlers.handles_raw("#")(lambda work, event: None)
    chosen = settings(database_url="", amqp_url="", exchange="evergreen.events")
    app = App(name="probe", settings=chosen, base=None, handlers=[*handlers], events=[THING_MADE])
    document = asyncapi.document(app)
    assert list(document["channels"]) == ["#", "other.thing.made.v1", MADE]
    assert document["operations"][f"publish:{MADE}"]["action"] == "send"
    assert document["operations"]["read:other.thing.made.v1"]["action"] == "receive"
    data = document["components"]["messages"][MADE]["payload"]["allOf"][1]["properties"]["data"]
    assert data == {"$ref": "#/components/schemas/Thing"}
    assert set(document["components"]["schemas"]["ThingReader"]["required"]) == {"id", "name"}
    assert orjson.dumps(document) == orjson.dumps(asyncapi.document(app))


@pytest.fixture
def republished(make_probe):
    """Returns `republished(*republishers)`: the task of an app that has them, begun on the command line."""
    apps = []

    def begin(*republishers):
        app = replace(make_probe(), republishers=republishers)
        apps.append(app)
        result = CliRunner().invoke(service_cli("probe", lambda: app), ["republish", "--no-wait"])
        assert result.exit_code == 0, result.output
        return app, UUID(result.output.removeprefix("Task ").strip())

    yield begin
    for app in apps:
        app.dispose()


def state(app, task_id):
    with app.database.engine.connect() as connection:
        columns = (task.c.status, task.c.done, task.c.total, task.c.error)
        return tuple(connection.execute(select(*columns).where(task.c.id == task_id)).one())


def made(name):
    return {"id": new_id(), "version": 1, "name": name}


def test_republish_commits_each_portion(republished):
    def republisher(work):
        for portion in range(3):
            work.emit(THING_MADE, made(str(portion)))
            yield
            assert unpublished(app) == portion + 1  # seen from outside, so it was committed
            assert state(app, task_id)[:3] == ("running", 0, 1)

    app, task_id = republished(republisher)
    work_off(app)
    assert state(app, task_id) == ("succeeded", 1, 1, None)
    assert unpublished(app) == 3


def test_republish_goes_on_behind_the_last_kind_that_is_whole(republished):
    attempts = []

    def first(work):
        work.emit(THING_MADE, made("first"))
        yield

    def second(work):
        work.emit(THING_MADE, made("second"))
        yield
        attempts.append(1)
        if len(attempts) == 1:
            raise RuntimeError

    app, task_id = republished(first, second)
    work_off(app)
    assert state(app, task_id)[:3] == ("waiting", 1, 2)
    perform(app, REPUBLISH, task_id)
    assert state(app, task_id) == ("succeeded", 2, 2, None)
    assert unpublished(app) == 3, "the first kind once, the second twice"


def test_republish_waits_for_a_worker_and_says_so(make_probe, monkeypatch):
    app = replace(make_probe(), republishers=[lambda work: iter(())])
    monkeypatch.setattr("common.tasks.waiting.rest", lambda app, _: work_off(app))
    result = CliRunner().invoke(service_cli("probe", lambda: app), ["republish"])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[1:] == [
        "No worker is running. The task waits for `probe worker`.",
        "succeeded, 1 of 1 kinds of data",
    ]
    app.dispose()


def test_unbind_stops_a_type(make_probe, broker: Broker, background: Background):
    app = make_probe()
    names = Names.of(app.settings)
    with running(background, Consumer(app)):
        pass
    result = CliRunner().invoke(service_cli("probe", lambda: app), ["unbind", MADE])
    assert result.exit_code == 0, result.output
    seen = broker.collect(names.exchange)
    broker.publish(names.exchange, MADE, envelope("nobody wants this").encode())
    until(seen)
    assert broker.depth(names.queue) == 0


def test_log_lines_are_json_without_anybodys_data(monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    structlog.reset_defaults()
    configure(settings(database_url="", amqp_url="", exchange="", log_level="INFO"))
    log = structlog.get_logger("test")
    secret, number = "4111 1111 1111 1111", "no"
    try:
        int(number)
    except ValueError:
        with structlog.contextvars.bound_contextvars(correlation_id="c-1"):
            log.exception("thing_failed", thing_id="t-1")
    structlog.reset_defaults()
    line = orjson.loads(written.getvalue())
    assert (line["event"], line["level"], line["service"]) == ("thing_failed", "error", "probe")
    assert (line["correlation_id"], line["thing_id"]) == ("c-1", "t-1")
    assert line["exception"][0]["exc_type"] == "ValueError"
    assert secret not in written.getvalue()


def test_envelope_survives_its_own_encoding():
    event = envelope("x")
    assert Envelope.decode(event.encode()) == event
