"""The cost of an event: from its commit in one database to its effect's commit in another.

    python tests/load/events_bench.py [--seconds 10] [--rates 100,500] [--rounds 3] [--json FILE]

Starts its own PostgreSQL (with fsync) and RabbitMQ, a worker that relays and a worker that handles, each a
process as in production. Latency is the difference of the two transactions' commit times as PostgreSQL recorded
them (`track_commit_timestamp`). The highest sustained rate is that of effects while the producer, which commits
ten events a transaction, stays at most 2,000 events ahead. For comparison, bare loops publish the same bytes with
the same properties to a quorum queue of the same broker: one after the other, and 500 at a time.
Prints figures and asserts nothing, because times depend on the machine.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
from events_bench_parts import EVENT, bare_rates, create_tables, envelope, make

from local import infra, ports, processes
from local.run_dir import RunDir

PARTS = Path(__file__).parent / "events_bench_parts.py"
AHEAD, PER_TRANSACTION, WARM_UP = 2000, 10, 500
# One round trip and little of our own processor time: the measurement begins with the commit.
COMMIT = """
    WITH made AS (
        INSERT INTO outbox (event_id, type, payload) SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[])
        RETURNING event_id
    ), noted AS (INSERT INTO committed SELECT event_id FROM made)
    SELECT pg_notify('outbox', '')
"""
TIMES = "SELECT event_id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 FROM "


@dataclass
class Bench:
    producer: psycopg.Connection
    subscriber: psycopg.Connection
    workers: list[subprocess.Popen[bytes]]

    def commit(self, count: int) -> None:
        """Does what `common.outbox.add` does, without the cost of a use case."""
        events = [envelope() for _ in range(count)]
        payloads = [event.encode().decode() for event in events]
        self.producer.execute(COMMIT, ([event.id for event in events], [EVENT] * count, payloads), prepare=True)

    def effects(self) -> int:
        return _one(self.subscriber, "SELECT count(*) FROM effect")

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + 180
        while self.effects() < count:
            if time.monotonic() > deadline or any(worker.poll() is not None for worker in self.workers):
                raise SystemExit(f"only {self.effects()} of {count} events had their effect")
            time.sleep(0.05)

    def cpu(self) -> float:
        """Returns seconds of processor time that both workers used so far."""
        return sum(sum(psutil.Process(worker.pid).cpu_times()[:2]) for worker in self.workers)

    def clear(self) -> None:
        self.subscriber.execute("TRUNCATE effect, inbox")
        self.producer.execute("TRUNCATE outbox, committed")


@dataclass
class Round:
    latencies: dict[int, list[float]] = field(default_factory=dict)
    sustained: float = 0
    cpu: float = 0
    """Milliseconds of both workers' processor time per event, the figure least affected by a busy machine."""
    bare_one_by_one: float = 0
    bare_together: float = 0


def latencies(bench: Bench, rate: int, seconds: float) -> list[float]:
    """Returns milliseconds from commit to effect of every event, with one event per transaction."""
    bench.clear()
    count = int(rate * seconds)
    began = time.perf_counter()
    for number in range(count):
        early = began + number / rate - time.perf_counter()
        if early > 0:
            time.sleep(early)
        bench.commit(1)
    took = time.perf_counter() - began
    if took > seconds * 1.05:
        print(f"  (the producer managed {count / took:.0f} instead of {rate}/s)")
    bench.wait_for(count)
    begun = dict(bench.producer.execute(TIMES + "committed").fetchall())
    ended = dict(bench.subscriber.execute(TIMES + "effect").fetchall())
    return [(ended[event] - begun[event]) * 1000 for event in ended]


def sustained(bench: Bench, seconds: float) -> tuple[int, float]:
    """Returns the events and the seconds until all had their effect, with the producer just ahead."""
    bench.clear()
    made, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        if made - bench.effects() < AHEAD:
            for _ in range(AHEAD // PER_TRANSACTION // 4):
                bench.commit(PER_TRANSACTION)
                made += PER_TRANSACTION
    bench.wait_for(made)
    return made, time.perf_counter() - began


def measure(bench: Bench, amqp_url: str, rates: list[int], seconds: float) -> Round:
    figures = Round()
    for rate in rates:
        figures.latencies[rate] = latencies(bench, rate, seconds)
    figures.bare_one_by_one, figures.bare_together = asyncio.run(bare_rates(amqp_url))
    before = bench.cpu()
    made, took = sustained(bench, seconds)
    figures.sustained, figures.cpu = made / took, (bench.cpu() - before) * 1000 / made
    return figures


@contextmanager
def workplace() -> Iterator[tuple[Bench, str]]:
    with tempfile.TemporaryDirectory(prefix="evergreen-bench-") as home:
        run = RunDir.of(Path(home) / "run")
        Path(home).chmod(0o755)
        started = infra.up(run)
        try:
            _note_commit_times(run, started)
            yield from _with_workers(run, started)
        finally:
            infra.down(run)
            ports.release(run)


def _note_commit_times(run: RunDir, started: infra.Infra) -> None:
    with psycopg.connect(started.env["POSTGRES_URL"], autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET track_commit_timestamp = on")
        connection.execute("CREATE DATABASE producer")
        connection.execute("CREATE DATABASE subscriber")
    processes.stop(run, "postgres")
    infra.start_postgres(run, started)


def _with_workers(run: RunDir, started: infra.Infra) -> Iterator[tuple[Bench, str]]:
    plain = {
        name: urlsplit(started.env["POSTGRES_URL"])._replace(path=f"/{name}").geturl()
        for name in ("producer", "subscriber")
    }
    os.environ |= {
        "EVERGREEN_ENV": "production",
        "AMQP_URL": started.env["AMQP_URL"],
        "IDENTITY_PUBLIC_KEY_FILE": "unused",
        "BIND_HOST": "127.0.0.1",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "INFO"),
    }
    workers = []
    for number, (name, url) in enumerate(plain.items()):
        os.environ[f"{name.upper()}_DATABASE_URL"] = url.replace("postgresql://", "postgresql+psycopg://", 1)
        os.environ[f"{name.upper()}_WORKER_PORT"] = str(started.ports["rabbitmq"] + 5000 + number)
        create_tables(make(name))
        with processes.log_of(run, name).open("ab") as log:
            workers.append(subprocess.Popen([sys.executable, str(PARTS), name], stdout=log, stderr=log))
    try:
        with (
            psycopg.connect(plain["producer"], autocommit=True) as producer,
            psycopg.connect(plain["subscriber"], autocommit=True) as subscriber,
        ):
            bench = Bench(producer, subscriber, workers)
            # An event published before the subscriber's queue exists is lost, so events are sent until one arrives.
            while not bench.effects():
                bench.commit(1)
                time.sleep(0.1)
            bench.clear()
            bench.commit(WARM_UP)
            bench.wait_for(WARM_UP)
            yield bench, started.env["AMQP_URL"]
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(40)


def report(rounds: list[Round]) -> dict[str, object]:
    """Returns medians over the rounds."""
    machine = f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}"
    print(machine + f"; load {os.getloadavg()[0]:.1f} at the end; medians of {len(rounds)} rounds")
    figures: dict[str, object] = {"machine": machine}
    for rate in rounds[0].latencies:
        p50, p99 = (
            statistics.median(statistics.quantiles(r.latencies[rate], n=100)[cut] for r in rounds) for cut in (49, 98)
        )
        print(f"commit to effect at {rate:>4}/s   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms")
        figures[f"latency_{rate}"] = {"p50_ms": p50, "p99_ms": p99}
    sustained_, cpu, one, together = (
        statistics.median(getattr(r, name) for r in rounds)
        for name in ("sustained", "cpu", "bare_one_by_one", "bare_together")
    )
    print(f"highest sustained rate     {sustained_:6.0f}/s   ({cpu:.2f} ms of both workers' processor time an event)")
    print(f"bare loop, one by one      {one:6.0f}/s   (sustained is {sustained_ / one:.0%} of it)")
    print(f"bare loop, 500 together    {together:6.0f}/s   (sustained is {sustained_ / together:.0%} of it)")
    return figures | {"sustained": sustained_, "cpu_ms": cpu, "bare_one_by_one": one, "bare_together": together}


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _one(connection: psycopg.Connection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return int(row[0])


def main() -> None:
    parser = argparse.ArgumentParser(description="Latency and throughput of events")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each measurement")
    parser.add_argument("--rates", default="100,500", help="events a second, separated by commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", default=None, help="also write the figures to this file")
    options = parser.parse_args()
    rates = [int(rate) for rate in options.rates.split(",")]
    with workplace() as (bench, amqp_url):
        rounds = [measure(bench, amqp_url, rates, options.seconds) for _ in range(options.rounds)]
    figures = report(rounds)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
