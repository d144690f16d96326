"""A small system of real processes for fault tests: broker, database, API, two workers, and a proxy."""

import itertools
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import orjson
import psycopg

from common.testing.http import identity_token
from local import infra, processes
from local.infra import Infra
from local.ports import port_is_free
from local.run_dir import RunDir

T = TypeVar("T")
HERE = Path(__file__).parent
SUBSCRIBERS = ("sample", "mirror")


def until(condition: Callable[[], T], within: float = 60) -> T:
    """Returns the first true result; fails with the last false one."""
    deadline = time.monotonic() + within
    while not (result := condition()):
        assert time.monotonic() < deadline, f"still {result!r} after {within} s"
        time.sleep(0.05)
    return result


@dataclass
class Process:
    """A process whose log pytest prints when a test fails."""

    name: str
    command: list[str]
    env: Mapping[str, str]
    log: Path
    port: int
    popen: subprocess.Popen[bytes] | None = None

    def start(self, **changes: str) -> None:
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command, env={**self.env, **changes}, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def pid(self) -> int:
        assert self.popen is not None
        return self.popen.pid

    @property
    def alive(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kills the process, like a crash."""
        self.signal(signal.SIGKILL)
        assert self.popen is not None
        self.popen.wait(30)

    def stop(self) -> None:
        if self.alive:
            assert self.popen is not None
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGCONT)
                self.popen.terminate()
            self.popen.wait(40)

    def get(self, path: str) -> tuple[int, bytes]:
        """Returns status and body; status 0 without an answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def ready(self) -> bool:
        return self.get("/readyz")[0] == 200


@dataclass
class Plant:
    run: RunDir
    infra: Infra
    logs: Path
    env: dict[str, str] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def amqp_url(self) -> str:
        return self.env["AMQP_URL"]

    def lay_out(self) -> None:
        """Creates databases, schemas and the settings of the three processes."""
        paths = [*sys.path, *(str(HERE / "services" / name / "src") for name in SUBSCRIBERS)]
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
            "EVERGREEN_ENV": "test",
            "AMQP_URL": self.infra.env["AMQP_URL"],
            "AMQP_RETRY_DELAYS": "200ms,500ms,1s",
            "BIND_HOST": "127.0.0.1",
            "LOG_LEVEL": "INFO",
            "IDENTITY_PUBLIC_KEY_FILE": str(self.run.identity / "public.pem"),
            "API_WORKERS": "1",
        }
        ports = (port for port in itertools.count(21_000 + os.getpid() % 10_000) if port_is_free(port))
        self._add("sample-api", "sample", "api", next(ports), "SAMPLE_PORT")
        for name in SUBSCRIBERS:
            self._add(f"{name}-worker", name, "worker", next(ports), f"{name.upper()}_WORKER_PORT")
        for name in SUBSCRIBERS:
            url = self.infra.env["POSTGRES_URL"]
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{name}"')
            database = urlsplit(url)._replace(scheme="postgresql+psycopg", path=f"/{name}").geturl()
            self.env[f"{name.upper()}_DATABASE_URL"] = database
            command = [sys.executable, "-m", f"{name}.cli", "migrate"]
            subprocess.run(command, env=self.env, check=True, capture_output=True)
        self.env["PROMETHEUS_MULTIPROC_DIR"] = str(self.logs)

    def _add(self, process: str, package: str, command: str, port: int, port_key: str) -> None:
        self.env[port_key] = str(port)
        arguments = [sys.executable, "-m", f"{package}.cli", command]
        self.processes[process] = Process(process, arguments, self.env, self.logs / f"{process}.log", port)

    def start(self) -> None:
        for process in self.processes.values():
            if not process.alive:
                process.start()
        until(lambda: all(process.ready() for process in self.processes.values()))

    def stop(self) -> None:
        for process in self.processes.values():
            process.stop()

    def __getitem__(self, name: str) -> Process:
        return self.processes[name]

    # infrastructure

    def kill(self, name: str) -> None:
        processes.kill(self.run, name)

    def start_broker(self) -> None:
        infra.start_rabbitmq(self.run, self.infra)

    def start_postgres(self) -> None:
        infra.start_postgres(self.run, self.infra)

    # requests and their results

    def make(self, name: str) -> tuple[int, Mapping[str, str]]:
        """POSTs a thing. Returns status and headers."""
        key = self.run.identity / "private.pem"
        token = identity_token(key, "sample", role="admin", user_id="01970000-0000-7000-8000-000000000001")
        request = urllib.request.Request(
            f"http://127.0.0.1:{self['sample-api'].port}/api/v1/things",
            orjson.dumps({"name": name}),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.headers

    def query(self, database: str, statement: str) -> int:
        url = self.env[f"{database.upper()}_DATABASE_URL"].replace("+psycopg", "")
        with psycopg.connect(url) as connection:
            row = connection.execute(statement).fetchone()
            assert row is not None
            return int(row[0])

    def events(self) -> int:
        return self.query("sample", "SELECT count(*) FROM outbox")

    def unpublished(self) -> int:
        return self.query("sample", "SELECT count(*) FROM outbox WHERE published_at IS NULL")

    def effects(self, subscriber: str) -> int:
        return self.query(subscriber, "SELECT count(*) FROM effect")

    def doubled(self, subscriber: str) -> int:
        return self.query(subscriber, "SELECT count(*) - count(DISTINCT event_id) FROM effect")

    def everyone_saw_everything_once(self) -> bool:
        """Returns False while events are missing. Fails at once for a duplicated effect."""
        for subscriber in SUBSCRIBERS:
            assert self.doubled(subscriber) == 0
        return self.unpublished() == 0 and all(self.effects(name) == self.events() for name in SUBSCRIBERS)


@contextmanager
def load(plant: Plant, name: str, threads: int = 2) -> Iterator[list[int]]:
    """Creates things until the block ends; the list has one status per answer."""
    statuses: list[int] = []
    over = threading.Event()

    def go(worker: int) -> None:
        for number in itertools.count():
            if over.is_set():
                return
            statuses.append(plant.make(f"{name} {worker}.{number}")[0])

    workers = [threading.Thread(target=go, args=(worker,)) for worker in range(threads)]
    for worker in workers:
        worker.start()
    try:
        yield statuses
    finally:
        over.set()
        for worker in workers:
            worker.join(60)


class Proxy:
    """A proxy between a process and the broker. A held direction accepts bytes and does not forward them."""

    def __init__(self, target_url: str) -> None:
        parts = urlsplit(target_url)
        self._target = (parts.hostname or "", parts.port or 5672)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{self._port}").geturl()
        self.hold_to_broker = False
        self.hold_to_client = False
        self.held = 0
        """Accepted bytes that will never arrive."""
        self.over = False
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def _port(self) -> int:
        return int(self._listener.getsockname()[1])

    def close(self) -> None:
        self.over = True
        self._listener.close()

    def cut(self) -> None:
        """Closes all connections; new ones are accepted."""
        pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for side in pair:
                with suppress(OSError):
                    side.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self.over:
            try:
                client, _ = self._listener.accept()
                broker = socket.create_connection(self._target)
            except OSError:
                continue
            self._pairs.append((client, broker))
            threading.Thread(target=self._pump, args=(client, broker), daemon=True).start()

    def _pump(self, client: socket.socket, broker: socket.socket) -> None:
        """Ends both sides when one ends; held bytes are lost, as on a cut wire."""
        with client, broker, suppress(OSError):
            while not self.over:
                readable, _, _ = select.select([client, broker], [], [], 0.2)
                for source in readable:
                    data = source.recv(65536)
                    if not data:
                        return
                    if self.hold_to_broker if source is client else self.hold_to_client:
                        self.held += len(data)
                    else:
                        (broker if source is client else client).sendall(data)
