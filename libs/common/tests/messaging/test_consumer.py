"""The consumer: one effect an event, a bad message hurts only itself, a stop loses nothing."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from harness import (
    MADE,
    THING_MADE,
    Background,
    Broker,
    Effect,
    ThingReader,
    away,
    effects,
    emit,
    envelope,
    handlers_of,
    record,
    running,
    until,
)
from sqlalchemy import text
from structlog.contextvars import get_contextvars

from common.handlers import Handlers
from common.ids import new_id
from common.messaging.consumer import Consumer
from common.messaging.handling import handle
from common.messaging.relay import Relay
from common.messaging.topology import Names
from common.uow import UnitOfWork


def start_queue(background: Background, app: Any) -> Names:
    """Declares the service's queues, so that a test can fill them before the consumer it looks at starts."""
    with running(background, Consumer(app)):
        return Names.of(app.settings)


def test_from_commit_to_effect(make_probe, background: Background):
    app = make_probe()
    with running(background, Relay(app), Consumer(app)):
        emit(app, "one", "two", "three")
        until(lambda: effects(app) == ["one", "two", "three"])


def test_what_waits_is_handled_in_one_transaction(make_probe, broker: Broker, background: Background):
    app = make_probe()
    names = start_queue(background, app)
    broker.send(names.queue, [envelope(f"{n}").encode() for n in range(50)])
    with running(background, Consumer(app)):
        until(lambda: len(effects(app)) == 50)
    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(DISTINCT xmin::text) FROM effect")) < 5
    assert broker.depth(names.queue) == 0


def test_one_bad_message_hurts_only_itself(make_probe, broker: Broker, background: Background):
    def fail_on_bad(work: UnitOfWork, data: dict[str, Any]) -> None:
        record(work, data)
        if data["name"] == "bad":
            raise RuntimeError("cannot do this one")

    app = make_probe(handlers_of(fail_on_bad))
    names = start_queue(background, app)
    broker.send(names.queue, [envelope("bad" if n == 7 else str(n)).encode() for n in range(20)])
    with running(background, Consumer(app)):
        [dead] = broker.take(names.dead, 1)
        until(lambda: len(effects(app)) == 19)
    assert "bad" not in effects(app)
    assert dead.headers["x-reason"].startswith("RuntimeError in test_consumer.fail_on_bad, line ")
    assert dead.headers["x-exception"] == "RuntimeError"
    assert dead.headers["x-attempts"] == 4  # the first and one a retry queue
    assert dead.headers["x-first-failure"] < dead.headers["x-last-failure"]


def test_retried_message_has_one_effect_once_it_succeeds(make_probe, broker: Broker, background: Background):
    failures = iter([True, True])

    def fail_twice(work: UnitOfWork, data: dict[str, Any]) -> None:
        record(work, data)
        if next(failures, False):
            raise LookupError("the replica is not here yet")

    app = make_probe(handlers_of(fail_twice))
    with running(background, Relay(app), Consumer(app)):
        emit(app, "patient")
        until(lambda: effects(app) == ["patient"])
    assert broker.depth(Names.of(app.settings).dead) == 0


def test_conflict_is_tried_again_at_once(make_probe, background: Background):
    conflicts = iter([True, True, True])

    def meet_another_transaction(work: UnitOfWork, data: dict[str, Any]) -> None:
        record(work, data)
        if next(conflicts, False):
            work.session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$"))

    app = make_probe(handlers_of(meet_another_transaction), retry_delays=(timedelta(hours=1),))
    with running(background, Relay(app), Consumer(app)):
        emit(app, "contended")
        until(lambda: effects(app) == ["contended"])


def test_database_away_is_not_the_messages_fault(make_probe, broker: Broker, background: Background):
    app = make_probe(retry_delays=())  # a counted failure would go straight to the dead letters
    names = start_queue(background, app)
    consumer = Consumer(app)
    with running(background, consumer):
        with away(app):
            broker.send(names.queue, [envelope("patient").encode()])
            until(lambda: consumer.problem and "database" in consumer.problem)
        until(lambda: effects(app) == ["patient"])
        until(lambda: consumer.problem is None)
    assert broker.depth(names.dead) == broker.depth(names.queue) == 0


def test_same_event_twice_has_one_effect(make_probe, broker: Broker, background: Background):
    app = make_probe()
    names = start_queue(background, app)
    again = envelope("again").encode()
    broker.send(names.queue, [again, again, envelope("other").encode()])
    with running(background, Consumer(app)):
        until(lambda: sorted(effects(app)) == ["again", "other"])
        broker.send(names.queue, [again, envelope("last").encode()])
        until(lambda: "last" in effects(app))
    assert sorted(effects(app)) == ["again", "last", "other"]


def test_raw_handlers_live_beside_others(make_probe, background: Background):
    kept: list[str] = []
    handlers = handlers_of(record)
    handlers.handles_raw("#")(lambda _, event: kept.append(event.type))
    app = make_probe(handlers)
    with running(background, Relay(app), Consumer(app)):
        emit(app, "seen by both")
        until(lambda: effects(app) == ["seen by both"])
    assert kept == [MADE]


def test_consecutive_events_reach_a_batch_handler_together(make_probe):
    calls: list[Any] = []
    handlers = handlers_of(lambda _, data: calls.append(data["name"]), "probe.single.v1")
    handlers.handles_batch(MADE, reader=ThingReader())(lambda _, rows: calls.append([row["name"] for row in rows]))
    handlers.handles_raw_batch("probe.#")(lambda _, events: calls.append(len(events)))
    twice = envelope("b")

    handle(make_probe(handlers), [envelope("a"), twice, twice, envelope("c", type="probe.single.v1"), envelope("d")])

    assert calls == [["a", "b"], 2, "c", 1, ["d"], 1]


def test_a_batch_handler_may_not_emit(make_probe):
    handlers = Handlers()

    @handlers.handles_batch(MADE, reader=ThingReader())
    def announce(work: UnitOfWork, rows: Any) -> None:
        work.emit(THING_MADE, {"id": new_id(), "version": 1, "name": "effect"})

    with pytest.raises(AssertionError, match="can't emit"):
        handle(make_probe(handlers), [envelope("a")])


def test_a_bad_event_of_a_batch_hurts_only_itself(make_probe, broker: Broker, background: Background):
    handlers = Handlers()

    @handlers.handles_batch(MADE, reader=ThingReader())
    def keep(work: UnitOfWork, rows: Any) -> None:
        if any(row["name"] == "bad" for row in rows):
            raise ValueError("bad")
        work.session.add_all([Effect(event_id=new_id(), name=row["name"]) for row in rows])

    app = make_probe(handlers, retry_delays=())
    names = start_queue(background, app)
    broker.send(names.queue, [envelope(name).encode() for name in ("a", "bad", "c")])
    with running(background, Consumer(app)):
        until(lambda: broker.depth(names.dead) == 1)
    assert effects(app) == ["a", "c"]


def test_handler_acts_in_the_name_of_the_events_actor(make_probe, background: Background):
    seen: dict[str, Any] = {}

    def look(work: UnitOfWork, data: dict[str, Any]) -> None:
        seen.update(get_contextvars(), role=work.actor.role, causation=work.context.causation_id)
        record(work, data)

    app = make_probe(handlers_of(look))
    with running(background, Relay(app), Consumer(app)):
        emit(app, "one")
        until(lambda: effects(app) == ["one"])
    assert seen["role"] == "system"
    assert seen["event_id"] == seen["causation"]
    assert seen["event_type"] == MADE
    assert seen["correlation_id"]


def test_graceful_stop_finishes_what_is_in_flight(make_probe, broker: Broker, background: Background):
    begun, go_on = threading.Event(), threading.Event()

    def slow(work: UnitOfWork, data: dict[str, Any]) -> None:
        begun.set()
        assert go_on.wait(60)
        record(work, data)

    app = make_probe(handlers_of(slow))
    names = start_queue(background, app)
    with running(background, Consumer(app)) as [run]:
        broker.send(names.queue, [envelope("in flight").encode()])
        assert begun.wait(60)
        run.ask_to_stop()
        go_on.set()
        run.future.result(60)
    assert effects(app) == ["in flight"]
    assert broker.depth(names.queue) == 0  # acknowledged before the connection went


def test_what_was_not_begun_goes_back(make_probe, broker: Broker, background: Background):
    begun, go_on = threading.Event(), threading.Event()

    def slow(work: UnitOfWork, data: dict[str, Any]) -> None:
        begun.set()
        assert go_on.wait(60)
        record(work, data)

    app = make_probe(handlers_of(slow))
    names = start_queue(background, app)
    with running(background, Consumer(app)) as [run]:
        broker.send(names.queue, [envelope("first").encode()])
        assert begun.wait(60)
        broker.send(names.queue, [envelope("second").encode()])
        run.ask_to_stop()
        go_on.set()
        run.future.result(60)
    with running(background, Consumer(app)):
        until(lambda: sorted(effects(app)) == ["first", "second"])


def test_consumer_comes_back_after_its_queue_was_deleted(make_probe, broker: Broker, background: Background):
    app = make_probe()
    with running(background, Relay(app), Consumer(app)) as [_, run]:
        broker.remove(Names.of(app.settings))
        until(lambda: run.component.problem)
        until(lambda: run.component.problem is None)
        emit(app, "after")
        until(lambda: effects(app) == ["after"])


def test_events_emitted_by_a_handler_carry_the_chain(make_probe, broker: Broker, background: Background):
    handlers = Handlers()

    @handlers.handles_raw("probe.first.*.v1")
    def chain(work: UnitOfWork, event: Any) -> None:
        work.emit(THING_MADE, {"id": event.id, "version": 1, "name": "caused"})

    app = make_probe(handlers)
    arrived = broker.collect(app.settings.exchange, MADE)
    names = start_queue(background, app)
    first = envelope("x", type="probe.first.done.v1")
    with running(background, Relay(app), Consumer(app)):
        broker.send(names.queue, [first.encode()])
        message = until(arrived)[0]
    caused = first.decode(message.body)
    assert (caused.correlation_id, caused.causation_id, caused.actor) == ("c-1", str(first.id), "admin:u-1")
    assert effects(app) == []
