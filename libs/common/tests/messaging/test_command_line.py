"""What the command line prints and does beside running processes: contracts, republishing, log lines."""

import io
import logging
import sys
from dataclasses import replace

import orjson
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

from common import asyncapi
from common.cli import service_cli
from common.events import Envelope
from common.ids import new_id
from common.logging import configure
from common.messaging.consumer import Consumer
from common.messaging.topology import Names


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


def test_republish_commits_each_portion(make_probe):
    base = make_probe()

    def republisher(work):
        for portion in range(3):
            work.emit(THING_MADE, {"id": new_id(), "version": 1, "name": str(portion)})
            yield
            assert unpublished(base) == portion + 1  # seen from outside, so it was committed

    app = replace(base, republishers=[republisher])
    result = CliRunner().invoke(service_cli("probe", lambda: app), ["republish"])
    assert result.exit_code == 0, result.output
    assert unpublished(base) == 3
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
