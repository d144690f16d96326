"""Poison lands in the dead queue with its reason while good messages flow; replay has one effect."""

from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from harness import MADE, Background, Broker, Delivery, effects, envelope, handlers_of, record, running, until

from common.cli import service_cli
from common.ids import new_id
from common.messaging.consumer import Consumer
from common.messaging.dead_letters import DeadLetter, DeadLetters, everything, named
from common.messaging.topology import Names
from common.uow import UnitOfWork


def without(field: str) -> bytes:
    raw = orjson.loads(envelope("x").encode())
    del raw[field]
    return orjson.dumps(raw)


POISON = {
    "not JSON": (b"{", "not JSON"),
    "not an object": (b"[]", "not a JSON object"),
    "no id": (without("id"), "envelope lacks id"),
    "id is no UUID": (without("id")[:-1] + b',"id":"x"}', "malformed"),
    "missing field": (envelope("", data={"id": str(new_id())}).encode(), "data does not fit ThingReader"),
    "wrong kind": (envelope("", data={"id": "no uuid", "name": "x"}).encode(), "data does not fit ThingReader"),
    "unknown type": (envelope("x", type="probe.nothing.known.v1").encode(), "unknown type"),
    "unknown version": (envelope("x", type="probe.thing.made.v9").encode(), "unknown version"),
    "5 MB": (envelope("x" * 5_000_000).encode(), "bytes are more than"),
}


@pytest.mark.parametrize("kind", POISON)
def test_poison_is_put_aside_while_good_ones_flow(kind: str, make_probe, broker: Broker, background: Background):
    body, reason = POISON[kind]
    app = make_probe()
    names = Names.of(app.settings)
    with running(background, Consumer(app)):
        broker.send(names.queue, [envelope("before").encode(), body, envelope("after").encode()])
        [dead] = broker.take(names.dead, 1)
        until(lambda: effects(app) == ["before", "after"])
    assert reason in dead.headers["x-reason"]
    assert dead.headers["x-attempts"] == 1
    assert dead.body == body
    assert all(broker.depth(queue) == 0 for queue, _ in names.retries)


def test_replay_twice_has_one_effect(make_probe, broker: Broker, background: Background):
    broken = True

    def fail_while_broken(work: UnitOfWork, data: dict[str, Any]) -> None:
        if broken:
            raise RuntimeError("broken")
        record(work, data)

    app = make_probe(handlers_of(fail_while_broken), retry_delays=())
    names, letters = Names.of(app.settings), DeadLetters(app.settings)
    event = envelope("revived")
    with running(background, Consumer(app)):
        broker.send(names.queue, [event.encode(), event.encode()], message_id=str(event.id))
        until(lambda: broker.depth(names.dead) == 2)
        [one, two] = background.call(letters.oldest(10))
        assert (one.id, one.exception, one.attempts) == (str(event.id), "RuntimeError", 1)
        assert "fail_while_broken" in one.reason
        assert two.id == one.id
        broken = False
        assert background.call(letters.replay(named(str(event.id)))) == 2
        until(lambda: effects(app) == ["revived"])
        assert background.call(letters.replay(everything)) == 0
        broker.send(names.queue, [event.encode(), envelope("last").encode()])
        until(lambda: "last" in effects(app))
    assert effects(app) == ["revived", "last"]
    assert broker.depth(names.dead) == 0


def test_works_with_thousands(make_probe, broker: Broker, background: Background):
    count = 3000
    app = make_probe()
    names, letters = Names.of(app.settings), DeadLetters(app.settings)
    consumer = Consumer(app)
    with running(background, consumer):
        events = [envelope(str(number)) for number in range(count)]
        broker.send(names.dead, [event.encode() for event in events])
        until(lambda: broker.depth(names.dead) == count)
        assert len(background.call(letters.oldest(100_000), 60)) == count
        until(lambda: broker.depth(names.dead) == count)  # looking took nothing away
        assert background.call(letters.drop(lambda d: b'"name":"7"' in d.body), 60) == 1
        assert background.call(letters.replay(everything), 60) == count - 1
        until(lambda: len(effects(app)) == count - 1)
        until(lambda: broker.depth(names.dead) == 0)  # a quorum queue counts a moment later


def test_command_line(make_probe, broker: Broker, background: Background):
    app = make_probe()
    names = Names.of(app.settings)
    with running(background, Consumer(app)):
        broker.send(names.queue, [b"not json", envelope("x", type="probe.thing.made.v9").encode()])
        until(lambda: broker.depth(names.dead) == 2)
    main = service_cli("probe", lambda: app)

    def call(*arguments: str) -> Any:
        return CliRunner().invoke(main, ["dead", *arguments])

    listed = [orjson.loads(line) for line in call("list", "--json").output.splitlines()]
    assert [entry["reason"].split(":")[0] for entry in listed] == ["not JSON", "unknown version"]
    assert "2 dead letters" in call("list").output
    assert orjson.loads(call("show", listed[0]["id"]).output)["body"] == "not json"
    assert call("replay").exit_code == 2
    assert call("drop", "unheard-of").exit_code == 1
    assert "1 dropped" in call("drop", listed[0]["id"]).output
    assert "1 replayed" in call("replay", "--all").output
    until(lambda: broker.depth(names.queue) == 1)


def test_what_the_broker_gave_up_on_says_so():
    """Twenty lost connections are no handler's failure, so there is no reason of ours in the headers."""
    delivery = Delivery(1, b"", {"x-death": [{"reason": "delivery_limit"}]}, "id", MADE, None, "")
    assert DeadLetter.of(delivery).reason == "given up by the broker: delivery_limit"
