"""The relay: every committed event leaves, in order, once a single relay at a time sees it."""

from harness import MADE, Background, Broker, emit, envelope, running, unpublished, until
from sqlalchemy import text

from common.context import Context
from common.events import CONTENT_TYPE, Envelope
from common.messaging.relay import Relay
from common.outbox import add


def names(messages):
    return [Envelope.decode(message.body).data["name"] for message in messages]


def test_publishes_in_order_of_commit(make_probe, broker: Broker, background: Background):
    app = make_probe()
    arrived = broker.collect(app.settings.exchange)
    expected = [f"thing {number}" for number in range(1200)]  # more than two batches
    emit(app, *expected[:600])
    with running(background, Relay(app)):
        emit(app, *expected[600:])
        until(lambda: len(arrived()) == len(expected))
        assert names(arrived()) == expected
        until(lambda: unpublished(app) == 0)


def test_message_carries_what_consumers_and_operators_need(make_probe, broker: Broker, background: Background):
    app = make_probe()
    arrived = broker.collect(app.settings.exchange)
    emit(app, "one")
    with running(background, Relay(app)):
        message = until(arrived)[0]
    envelope, properties = Envelope.decode(message.body), message.header.properties
    assert message.routing_key == envelope.type == properties.message_type == MADE
    assert properties.message_id == str(envelope.id)
    assert properties.correlation_id == envelope.correlation_id
    assert (properties.content_type, properties.delivery_mode, properties.app_id) == (CONTENT_TYPE, 2, "probe")


def test_a_transaction_that_commits_late_is_not_skipped(make_probe, broker: Broker, background: Background):
    app = make_probe()
    arrived = broker.collect(app.settings.exchange)
    with running(background, Relay(app)):
        with app.work(Context()) as late:  # takes the lower outbox id, commits after the higher one is published
            add(late.session, [envelope("late")])
            emit(app, "early")
            until(lambda: names(arrived()) == ["early"])
            until(lambda: unpublished(app) == 0)
        until(lambda: names(arrived()) == ["early", "late"])


def test_one_relay_leads_and_another_takes_over(make_probe, broker: Broker, background: Background):
    app = make_probe()
    arrived = broker.collect(app.settings.exchange)
    first, second = Relay(app), Relay(app)
    with running(background, first, second):
        until(lambda: first.leading != second.leading)
        leader, standby = (first, second) if first.leading else (second, first)
        emit(app, "before")
        until(lambda: names(arrived()) == ["before"])
        _end_leading_session(app)
        emit(app, "after")
        until(lambda: names(arrived()) == ["before", "after"])
        until(lambda: first.leading != second.leading)
        until(lambda: standby.problem is None and leader.problem is None)


def test_a_relay_that_stops_hands_over(make_probe, broker: Broker, background: Background):
    app = make_probe()
    arrived = broker.collect(app.settings.exchange)
    first, second = Relay(app), Relay(app)
    with running(background, first) as [run]:
        until(lambda: first.leading)
        with running(background, second):
            assert not second.leading
            run.stop()
            until(lambda: second.leading)
            emit(app, "one")
            until(lambda: names(arrived()) == ["one"])


def test_rows_wait_while_the_broker_is_away(make_probe, broker: Broker, background: Background):
    app = make_probe(amqp_url="amqp://guest:guest@127.0.0.1:1/")
    relay = Relay(app)
    emit(app, "kept")
    with running(background, relay, ready=False):
        until(lambda: relay.leading and relay.problem and "starting" not in relay.problem)
        assert unpublished(app) == 1


def _end_leading_session(app):
    with app.database.engine.begin() as connection:
        ended = connection.execute(
            text("""
                SELECT pg_terminate_backend(pid) FROM pg_locks
                WHERE locktype = 'advisory' AND granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)
        ).all()
    assert ended
