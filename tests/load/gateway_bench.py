"""The gateway's cost: a 50-row list and a create, direct, through a bare Flask proxy, and through the gateway.

    python tests/load/gateway_bench.py --help

Needs a running Evergreen, whose addresses it reads from RUN/env, and a gateway with a limit that one user does not
reach, such as API_RATE_LIMIT=1000000/minute. It leaves services named "Bench …" behind. It starts the bare proxy
with as many workers and threads as the gateway. The three targets take turns, so that a busy machine affects
them equally. Prints figures and asserts nothing, because times depend on the machine.
"""

import argparse
import asyncio
import http.client
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import jwt

ROUNDS = 3
BARE_PORT = 18977
NOTHING = b""


@dataclass
class Target:
    name: str
    address: tuple[str, int]
    authorization: Callable[[], str]


@dataclass
class Figures:
    rates: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    """Seconds per request with all connections busy."""
    alone: list[float] = field(default_factory=list)
    """Seconds per request, one at a time."""
    failures: int = 0


# --- the load: raw sockets in a separate process -------------------------------------------------------------------


class Connection(asyncio.Protocol):
    """A connection that sends the next request as soon as it has read an answer."""

    def __init__(self, make: Callable[[], bytes], until: float, done: asyncio.Future[None]) -> None:
        self._make, self._until, self._done = make, until, done
        self._buffer, self._sent = NOTHING, 0.0
        self.took: list[float] = []
        self.failures = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._send()

    def _send(self) -> None:
        if time.perf_counter() >= self._until:
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(self._make())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator or len(body) < _length(head):
            return
        self.took.append(time.perf_counter() - self._sent)
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            self.failures += 1
            if self.failures == 1:
                print(self._buffer[:600].decode(errors="replace"), file=sys.stderr)
        self._buffer = NOTHING
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":")[1])
    raise ValueError("an answer without Content-Length")


async def load(
    host: str, port: int, kind: str, authorization: str, connections: int, seconds: float
) -> dict[str, object]:
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    make = _request(kind, host, authorization)
    running = []
    for _ in range(connections):
        done: asyncio.Future[None] = loop.create_future()
        factory = _factory(make, started + seconds, done)
        _, protocol = await loop.create_connection(factory, host, port)
        running.append((protocol, done))
    await asyncio.gather(*(done for _, done in running))
    took = [value for protocol, _ in running for value in protocol.took]
    return {
        "took": took,
        "seconds": time.perf_counter() - started,
        "failures": sum(protocol.failures for protocol, _ in running),
    }


def _factory(make: Callable[[], bytes], until: float, done: asyncio.Future[None]) -> Callable[[], Connection]:
    return lambda: Connection(make, until, done)


def _request(kind: str, host: str, authorization: str) -> Callable[[], bytes]:
    headers = f"Host: {host}\r\nAuthorization: {authorization}\r\nAccept: application/json\r\n"
    if kind == "list":
        request = f"GET /api/v1/services?page_size=50 HTTP/1.1\r\n{headers}\r\n".encode()
        return lambda: request
    mark, number = uuid4().hex, count()

    def create() -> bytes:
        body = json.dumps(
            {"name": f"Bench {mark} {next(number)}", "description": "Made by a bench", "default_rate": "1.00"}
        )
        head = f"POST /api/v1/services HTTP/1.1\r\n{headers}Content-Type: application/json\r\n"
        return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()

    return create


def run_load(target: Target, kind: str, connections: int, seconds: float) -> dict[str, object]:
    host, port = target.address
    arguments = [host, str(port), kind, target.authorization(), str(connections), str(seconds)]
    command = [sys.executable, __file__, "--load", json.dumps(arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=False, stdout=subprocess.PIPE).stdout)


# --- the bare proxy: a minimal implementation ----------------------------------------------------------------------


def bare() -> object:
    """Returns the app that gunicorn serves as `gateway_bench:bare()`."""
    import urllib3
    from flask import Flask, Response, request

    app = Flask(__name__)
    upstream = urlsplit(os.environ["BARE_UPSTREAM"])
    pool = urllib3.HTTPConnectionPool(upstream.hostname or "", upstream.port, maxsize=32)

    @app.route("/<path:path>", methods=["GET", "POST"])
    def forward(path: str) -> Response:
        headers = {name: value for name, value in request.headers if name != "Host"}
        answer = pool.urlopen(request.method, request.full_path, body=request.get_data(), headers=headers)
        kept = [
            (name, value)
            for name, value in answer.headers.items()
            if name.lower() not in {"connection", "server", "date"}
        ]
        return Response(answer.data, answer.status, kept)

    return app


def start_bare(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    here = Path(__file__)
    values = {**os.environ, **environment, "BARE_UPSTREAM": environment["CATALOG_URL"]}
    values.pop("PROMETHEUS_MULTIPROC_DIR", None)
    command = [sys.executable, "-m", "gunicorn", "--config", "python:common.gunicorn_conf", "--chdir", str(here.parent)]
    return subprocess.Popen([*command, "--bind", f"127.0.0.1:{BARE_PORT}", f"{here.stem}:bare()"], env=values)


# --- the comparison ------------------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description="Gateway, bare Flask proxy and direct, side by side")
    parser.add_argument("--run", default=".run", help="directory of the running Evergreen")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--json", default=None, help="also write the figures to this file")
    parser.add_argument("--load", default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.load:
        host, port, kind, authorization, connections, seconds = json.loads(options.load)
        print(json.dumps(asyncio.run(load(host, int(port), kind, authorization, int(connections), float(seconds)))))
        return
    environment = dict(
        line.split("=", 1) for line in (Path(options.run) / "env").read_text().splitlines() if "=" in line
    )
    proxy = start_bare(environment)
    try:
        report = compare(environment, options.connections, options.seconds)
    finally:
        proxy.terminate()
        proxy.wait()
    if options.json:
        Path(options.json).write_text(json.dumps(report, indent=2))


def compare(environment: dict[str, str], connections: int, seconds: float) -> dict[str, object]:
    gateway, catalog = _address(environment["EVERGREEN_URL"]), _address(environment["CATALOG_URL"])
    wait_until_open([gateway, catalog, ("127.0.0.1", BARE_PORT)])
    token = sign_in(environment)
    mine = identity(environment)
    targets = [
        Target("direct", catalog, mine),
        Target("bare proxy", ("127.0.0.1", BARE_PORT), mine),
        Target("gateway", gateway, lambda: f"Bearer {token}"),
    ]
    fill(targets[2])
    report: dict[str, object] = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    }
    print(report["machine"])
    for kind in ("list", "create"):
        figures = {target.name: Figures() for target in targets}
        for _ in range(ROUNDS):
            for target in targets:
                measure(figures[target.name], target, kind, connections, seconds / ROUNDS)
        report[kind] = show(kind, figures, connections)
    return report


def measure(figures: Figures, target: Target, kind: str, connections: int, seconds: float) -> None:
    run_load(target, kind, connections, 0.3)  # warms connections, caches and prepared statements
    alone = run_load(target, kind, 1, seconds / 2)
    busy = run_load(target, kind, connections, seconds)
    figures.alone += alone["took"]  # type: ignore[operator]
    figures.busy += busy["took"]  # type: ignore[operator]
    figures.rates.append(len(busy["took"]) / busy["seconds"])  # type: ignore[arg-type, operator]
    figures.failures += alone["failures"] + busy["failures"]  # type: ignore[operator]


def show(kind: str, figures: dict[str, Figures], connections: int) -> dict[str, dict[str, float]]:
    print(f"\n{'50-row list' if kind == 'list' else 'create'}: one connection, then {connections}")
    print(f"{'':12}{'p50 ms':>9}{'p99 ms':>9}{'req/s':>10}{'p50 ms':>9}{'p99 ms':>9}{'failed':>8}")
    told = {}
    for name, one in figures.items():
        row = {
            "alone_p50_ms": _percentile(one.alone, 50),
            "alone_p99_ms": _percentile(one.alone, 99),
            "per_second": statistics.median(one.rates),
            "busy_p50_ms": _percentile(one.busy, 50),
            "busy_p99_ms": _percentile(one.busy, 99),
            "failures": float(one.failures),
        }
        told[name] = row
        values = [f"{row['alone_p50_ms']:9.2f}", f"{row['alone_p99_ms']:9.2f}", f"{row['per_second']:10.0f}"]
        values += [f"{row['busy_p50_ms']:9.2f}", f"{row['busy_p99_ms']:9.2f}", f"{one.failures:8d}"]
        print(f"{name:12}" + "".join(values))
    ratio = told["gateway"]["per_second"] / told["bare proxy"]["per_second"]
    overhead = told["gateway"]["alone_p50_ms"] - told["direct"]["alone_p50_ms"]
    print(f"gateway / bare proxy: {ratio:.2f} of its rate; p50 overhead over direct: {overhead:.2f} ms")
    return told


def _percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)] * 1000


def sign_in(environment: dict[str, str]) -> str:
    who = {"email": environment["EVERGREEN_ADMIN_EMAIL"], "password": environment["EVERGREEN_ADMIN_PASSWORD"]}
    connection = http.client.HTTPConnection(*_address(environment["EVERGREEN_URL"]), timeout=30)
    connection.request("POST", "/api/v1/auth/login", json.dumps(who), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"Signing in failed: {answer.status} {body.decode()}")
    return str(json.loads(body)["access_token"])


def identity(environment: dict[str, str]) -> Callable[[], str]:
    """Returns an identity token like the gateway's, new for each run because it lasts one minute."""
    key = Path(environment["IDENTITY_PRIVATE_KEY_FILE"]).read_text()

    def make() -> str:
        claims = {"iss": "evergreen-gateway", "aud": "catalog", "sub": str(uuid4()), "name": "Bench", "role": "admin"}
        return "Bearer " + jwt.encode({**claims, "exp": time.time() + 60}, key, algorithm="EdDSA")

    return make


def fill(target: Target) -> None:
    """Creates services so that a page of 50 has 50 rows."""
    connection = http.client.HTTPConnection(*target.address, timeout=30)
    make = _request("create", target.address[0], target.authorization())
    for _ in range(60):
        head, _, body = make().partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        connection.request("POST", "/api/v1/services", body, headers)
        connection.getresponse().read()


def wait_until_open(addresses: list[tuple[str, int]]) -> None:
    deadline = time.monotonic() + 30
    for host, port in addresses:
        while True:
            try:
                connection = http.client.HTTPConnection(host, port, timeout=2)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or 80


if __name__ == "__main__":
    main()
