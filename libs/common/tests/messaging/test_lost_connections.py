"""Consumers that die with messages under way: good messages survive any number of deaths, a deadly one does not."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from harness import MADE, Background, Broker, effects, envelope, running, until
from sqlalchemy import text

from common.messaging.consumer import Consumer
from common.messaging.suspects import MOST_ATTEMPTS, SUSPICIOUS
from common.messaging.topology import Names


class Mortals:
    """Makes consumers, one after the other, each a process of its own."""

    def __init__(self, folder: Path, app: Any) -> None:
        own = app.settings
        values = {"database_url": own.database_url, "amqp_url": own.amqp_url, "exchange": own.exchange}
        command = [sys.executable, str(Path(__file__).with_name("mortal.py")), str(folder), json.dumps(values)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._started: list[int] = []

    def start(self) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("start\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        while not line.strip().isdecimal():  # a line that a consumer logged
            line = self._process.stdout.readline()
        self._started.append(int(line))
        return self._started[-1]

    def end(self) -> None:
        for one in self._started:
            kill(one)
        self._process.kill()
        self._process.wait()


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def alive(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


@pytest.fixture
def mortals(tmp_path) -> Iterator[Callable[[Any], Mortals]]:
    made: list[Mortals] = []

    def make(app: Any) -> Mortals:
        made.append(Mortals(tmp_path, app))
        return made[-1]

    yield make
    for one in made:
        one.end()


def prepared(background: Background, app: Any) -> Names:
    with running(background, Consumer(app)):
        return Names.of(app.settings)


def test_thirty_deaths_in_a_row_with_100_under_way(
    make_probe, broker: Broker, background: Background, mortals, tmp_path
):
    app = make_probe()
    names, many = prepared(background, app), mortals(app)
    broker.send(names.queue, [envelope(str(number)).encode() for number in range(100)])
    (tmp_path / "hold").touch()
    for _ in range(30):
        one = many.start()
        until(lambda: broker.depth(names.queue) == 0)  # all are on their way to it, none was answered
        kill(one)
        until(lambda: broker.depth(names.queue) == 100)

    (tmp_path / "hold").unlink()
    many.start()

    until(lambda: len(effects(app)) == 100)
    assert Counter(effects(app)) == Counter(str(number) for number in range(100))
    assert broker.depth(names.dead) == 0
    until(lambda: left_over(app) == 0)


def left_over(app: Any) -> int:
    with app.database.engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM handling_attempt")) or 0)


def test_a_message_that_ends_its_process_becomes_a_dead_letter_alone(
    make_probe, broker: Broker, background: Background, mortals
):
    app = make_probe()
    names, many = prepared(background, app), mortals(app)
    good = [str(number) for number in range(20)]
    broker.send(names.queue, [envelope(name).encode() for name in [*good[:10], "poison", *good[10:]]])
    deaths = 0
    while not broker.depth(names.dead):
        one = many.start()
        until(lambda one=one: not alive(one) or broker.depth(names.dead))
        deaths += not alive(one)
        assert deaths <= SUSPICIOUS + MOST_ATTEMPTS

    until(lambda: len(effects(app)) == 20)
    assert Counter(effects(app)) == Counter(good)
    [dead] = broker.take(names.dead, 1)
    assert dead.headers["x-exception"] == "EndsItsProcess"
    assert b"poison" in dead.body


def test_a_queue_of_an_earlier_release_is_replaced_and_loses_nothing(
    make_probe, broker: Broker, background: Background
):
    app = make_probe(retry_delays=(timedelta(milliseconds=50),))
    names = Names.of(app.settings)
    broker.declare_old(names)
    broker.send(names.queue, [envelope(str(number)).encode() for number in range(450)])

    with running(background, Consumer(app)):
        until(lambda: len(effects(app)) == 450)
        broker.publish(names.exchange, MADE, envelope("as usual").encode())
        until(lambda: "as usual" in effects(app))

    with running(background, Consumer(app)):
        pass
    assert broker.depth(names.queue) == broker.depth(names.dead) == 0
