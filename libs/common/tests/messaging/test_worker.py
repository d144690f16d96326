"""The worker as a whole: probes, ticks by one at a time, loops woken by NOTIFY, an end that is graceful or loud."""

import asyncio
import socket
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from datetime import timedelta
from typing import Any

import orjson
import pytest
from harness import Background, away, effects, emit, running, until
from sqlalchemy import text

from common.app import App, Loop, Tick
from common.messaging.retention import prune
from common.tasks.declaring import Task
from common.ticks import Loops, Ticks
from common.uow import UnitOfWork
from common.worker import Worker


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


class Host:
    """A Worker in a thread, with the signal handling left to the test."""

    def __init__(self, app: App) -> None:
        self.worker: Any = None
        self.code: int | None = None
        self._app = app
        self._loop = asyncio.new_event_loop()
        self._loop.add_signal_handler = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        async def main() -> int:
            self.worker = Worker(self._app)
            return await self.worker.main()

        self.code = self._loop.run_until_complete(main())

    def stop(self) -> int | None:
        self._loop.call_soon_threadsafe(self.worker.ask_to_stop)
        self._thread.join(60)
        return self.code


@pytest.fixture(autouse=True)
def _no_last_resort(monkeypatch):
    """The timer that ends a worker stuck in its stop would end pytest."""
    monkeypatch.setattr("common.worker.os._exit", lambda code: None)


def test_answers_probes_and_stops_cleanly(make_probe):
    port = free_port()
    app = make_probe(worker_port=port)
    host = Host(app)
    until(lambda: get(port, "/readyz")[0] == 200)
    assert get(port, "/healthz") == (200, b'{"status":"ok"}')
    assert get(port, "/nothing")[0] == 404
    emit(app, "one")
    until(lambda: effects(app) == ["one"])
    until(lambda: b'outcome="handled"' in get(port, "/metrics")[1])
    assert host.stop() == 0
    assert get(port, "/readyz")[0] == 0


def test_says_what_is_missing_and_leaves_when_it_lasts(make_probe):
    port = free_port()
    host = Host(make_probe(worker_port=port, amqp_url="amqp://guest:guest@127.0.0.1:1/", unready_exit_after=2))
    status, body = until(lambda: (answer := get(port, "/readyz"))[0] == 503 and answer)
    assert status == 503
    assert "consumer" in orjson.loads(body)["problems"]
    until(lambda: host.code == 1)


NOTHING = Task(name="nothing", title="Nothing", run=lambda execution: None)


def test_a_tick_is_asked_by_one_worker_at_a_time(make_probe, background: Background):
    app, asked = make_probe(), Counter[str]()

    def ticks(who: str) -> Ticks:
        return Ticks(app, [Tick(NOTHING, timedelta(milliseconds=20), lambda _: asked.update([who]))])

    with running(background, ticks("first")) as [first]:
        until(lambda: asked["first"] > 2)
        with running(background, ticks("second")):
            seen = asked["first"]
            until(lambda: asked["first"] > seen + 3)
            assert not asked["second"]
            first.stop()
            until(lambda: asked["second"] > 2)


def test_a_failing_tick_is_asked_again(make_probe, background: Background):
    asked = Counter[str]()

    def fail(_: UnitOfWork) -> None:
        asked.update(["run"])
        raise RuntimeError("no")

    with running(background, Ticks(make_probe(), [Tick(NOTHING, timedelta(milliseconds=20), fail)])):
        until(lambda: asked["run"] > 2)


def test_a_loop_wakes_on_notify_and_goes_on_while_there_is_more(make_probe, background: Background):
    base, portions = make_probe(), Counter[str]()
    work: list[int] = []

    def portion(_: App) -> bool:
        portions.update(["run"])
        if work:
            work.pop()
        return bool(work)

    app = App(
        name="probe",
        settings=base.settings,
        base=base.base,
        loops=[Loop("drain", portion, channel="probe_work", idle=timedelta(hours=1))],
    )
    with running(background, Loops(app)):
        until(lambda: portions["run"] >= 2)  # at start, and once more for what was announced before it listened
        seen = portions["run"]
        work.extend(range(5))
        with base.database.engine.begin() as connection:
            connection.execute(text("NOTIFY probe_work"))
        until(lambda: not work)
        until(lambda: portions["run"] >= seen + 5)


@pytest.fixture
def failing_loop(make_probe) -> "FailingLoop":
    return FailingLoop(make_probe())


class FailingLoop:
    """Fails until told otherwise; remembers when it ran."""

    def __init__(self, base: App) -> None:
        self.base, self.runs, self.fails = base, list[float](), True
        loop = Loop("mend", self.run, channel="probe_work", idle=timedelta(hours=1))
        self.app = App(name="probe", settings=base.settings, base=base.base, loops=[loop])

    def run(self, _: App) -> bool:
        self.runs.append(time.monotonic())
        if self.fails:
            raise RuntimeError("not yet")
        return False

    def notify(self) -> None:
        with self.base.database.engine.begin() as connection:
            connection.execute(text("NOTIFY probe_work"))


def test_a_wake_up_ends_a_back_off_early(failing_loop, background: Background, monkeypatch):
    monkeypatch.setattr("common.ticks.FIRST_PAUSE", 3600.0)
    loops = Loops(failing_loop.app)
    with running(background, loops):
        until(lambda: len(failing_loop.runs) >= 2)  # the second because it can be notified now
        seen, failing_loop.fails = len(failing_loop.runs), False
        failing_loop.notify()
        until(lambda: len(failing_loop.runs) > seen)


def test_wake_ups_do_not_defeat_the_back_off(failing_loop, background: Background):
    """However many come: of two pauses in a row, one lasts as long as it should."""
    with running(background, Loops(failing_loop.app)):
        until(lambda: len(failing_loop.runs) >= 2)
        begun = len(failing_loop.runs)
        until(lambda: failing_loop.notify() or len(failing_loop.runs) >= begun + 7)

    pauses = [after - before for before, after in zip(failing_loop.runs, failing_loop.runs[1:], strict=False)]
    whole = [pause for pause in pauses[begun:] if pause >= 0.1]
    assert len(whole) >= 2
    assert max(pauses) >= 0.8, "they did not grow"


def test_once_the_database_is_back_no_loop_waits_for_its_back_off(failing_loop, background: Background, monkeypatch):
    loops = Loops(failing_loop.app)
    with running(background, loops):
        until(lambda: failing_loop.runs)
        with away(failing_loop.base):
            until(lambda: loops.problem)
            monkeypatch.setattr("common.ticks.LONGEST_LOOP_PAUSE", 3600.0)
            monkeypatch.setattr("common.ticks.FIRST_PAUSE", 3600.0)
            seen = len(failing_loop.runs)
            until(lambda: len(failing_loop.runs) > seen)
        seen, failing_loop.fails = len(failing_loop.runs), False
        until(lambda: len(failing_loop.runs) > seen)


def test_old_rows_are_forgotten(make_probe):
    app = make_probe()
    emit(app, "young", "old", "waiting")
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET published_at = now() WHERE id = 1"))
        connection.execute(text("UPDATE outbox SET published_at = now() - interval '8 days' WHERE id = 2"))
        connection.execute(text("UPDATE outbox SET created_at = now() - interval '80 days' WHERE id = 3"))
        connection.execute(
            text("""
                INSERT INTO inbox VALUES ('probe', gen_random_uuid(), now() - interval '13 days'),
                                         ('probe', gen_random_uuid(), now() - interval '15 days')
            """)
        )
    prune(app)
    with app.database.engine.connect() as connection:
        assert connection.scalars(text("SELECT id FROM outbox ORDER BY id")).all() == [1, 3]
        assert connection.scalar(text("SELECT count(*) FROM inbox")) == 1
