"""The gateway as it is served: real gunicorn processes, real sockets."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from gateway.config import UPSTREAMS

MEGABYTE = 1024 * 1024


class Process:
    """One `gateway api` with one worker."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "gunicorn", "--config", "python:common.gunicorn_conf"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--workers", "1", "gateway.wiring:api()"]
        self.process = subprocess.Popen(command, env=environment)
        deadline = time.monotonic() + 60
        while True:
            try:
                if self.get("/healthz").status == 200:
                    return
            except OSError:
                assert time.monotonic() < deadline, "the gateway did not come up"
                time.sleep(0.05)

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str, token: str = "") -> http.client.HTTPResponse:
        connection = self.connection()
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
        return connection.getresponse()

    def worker(self) -> int:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return int(children.split()[0])

    def most_memory(self) -> int:
        """The worker's largest resident size so far, in bytes."""
        lines = Path(f"/proc/{self.worker()}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)


@pytest.fixture(scope="module")
def running(upstreams):
    """Processes by their settings: each test has its own users, none needs a gateway of its own."""
    far = upstreams.Server()
    started: dict[tuple[str, str], Process] = {}
    yield far, started
    for process in started.values():
        process.stop()
    far.stop()


@pytest.fixture
def serve(app, running):
    far, started = running

    def start(name: str = "usual", limit: str = "6000/minute") -> Process:
        if (name, limit) not in started:
            urls = {f"{service.upper()}_URL": far.url for service in UPSTREAMS}
            values = {"LOG_LEVEL": "ERROR", "API_THREADS": "4", "GATEWAY_THREADS": "4", "API_RATE_LIMIT": limit}
            started[name, limit] = Process({**os.environ, **urls, **values})
        return started[name, limit]

    return start


def test_a_large_answer_passes_through_without_being_held(serve, sign_in):
    who, process = sign_in(), serve()
    process.get("/api/v1/services", who.access).read()
    before = process.most_memory()

    for query in (f"stream={50 * MEGABYTE}", f"stream={50 * MEGABYTE}&chunked=1"):
        answer = process.get(f"/api/v1/services?{query}", who.access)
        received = 0
        while piece := answer.read(MEGABYTE):
            received += len(piece)
        assert received == 50 * MEGABYTE

    assert process.most_memory() - before < 10 * MEGABYTE


def test_a_large_body_passes_through_without_being_held(serve, sign_in):
    who, process = sign_in(), serve()
    process.get("/api/v1/services", who.access).read()
    before = process.most_memory()
    headers = {"Authorization": f"Bearer {who.access}"}
    piece = b"x" * MEGABYTE

    connection = process.connection()
    connection.request(
        "POST", "/api/v1/services/import", body=(piece for _ in range(10)), headers=headers, encode_chunked=True
    )
    chunked = json.loads(connection.getresponse().read())
    connection.request("POST", "/api/v1/services/import", body=piece * 10, headers=headers)
    whole = json.loads(connection.getresponse().read())

    assert chunked["length"] == whole["length"] == 10 * MEGABYTE
    assert process.most_memory() - before < 5 * MEGABYTE


def send_all(process: Process, path: str, size: int, token: str) -> tuple[bytes, int]:
    """Returns what the gateway answers to a caller who, like a browser, sends on while it is answered, and how many
    bytes of the body had been sent when the answer began. Such a caller may find the connection closed (RFC 9112,
    9.6), but not before it has the answer."""
    with socket.create_connection(("127.0.0.1", process.port), timeout=120) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: {size}\r\n"
        connection.sendall(f"{head}Authorization: Bearer {token}\r\nConnection: close\r\n\r\n".encode())
        answer, sent, sent_before = bytearray(), 0, list[int]()

        def read() -> None:
            with suppress(ConnectionError):
                while received := connection.recv(65536):
                    sent_before.append(sent)
                    answer.extend(received)

        reader, piece = threading.Thread(target=read), b"x" * MEGABYTE
        reader.start()
        with suppress(ConnectionError):
            while sent < size:
                connection.sendall(piece)
                sent += MEGABYTE
        reader.join()
        return bytes(answer), sent_before[0]


def test_200_megabytes_are_refused_at_once_and_the_refusal_arrives(serve, sign_in):
    who, process = sign_in(), serve()
    process.get("/api/v1/services", who.access).read()
    before = process.most_memory()

    answer, sent = send_all(process, "/api/v1/services/import", 200 * MEGABYTE, who.access)

    assert answer.startswith(b"HTTP/1.1 413")
    assert b"The limit is 11 MiB" in answer
    assert sent < 100 * MEGABYTE, "it was refused only after most of it"
    assert process.most_memory() - before < 5 * MEGABYTE
    assert process.get("/api/v1/services", who.access).status == 200


def test_a_caller_who_announces_a_large_body_and_waits_is_told_at_once(serve, sign_in):
    """As curl does it: it sends nothing before it has heard that it may."""
    connection = serve().connection()
    headers = {"Authorization": f"Bearer {sign_in().access}", "Content-Length": str(200 * MEGABYTE)}
    connection.request("POST", "/api/v1/services/import", headers=headers)

    assert connection.getresponse().status == 413


@pytest.mark.parametrize("status", [403, 413, 422])
def test_a_service_that_answers_before_it_has_read_is_heard(serve, sign_in, status):
    who, process = sign_in(), serve()

    for _ in range(5):
        path = f"/api/v1/services/import?unread={status}"
        answer, _ = send_all(process, path, 10 * MEGABYTE, who.access)
        assert answer.startswith(f"HTTP/1.1 {status}".encode())


def test_a_stranger_hears_of_it_and_is_not_waited_for(serve):
    process = serve()
    answer, _ = send_all(process, "/api/v1/services/import", 10 * MEGABYTE, "nobody")
    assert answer.startswith(b"HTTP/1.1 401")
    idle = process.connection()
    begun = time.monotonic()
    idle.request("POST", "/api/v1/services/import", headers={"Content-Length": "1000000"})
    connection = idle.sock
    assert idle.getresponse().status == 401
    while connection.recv(65536):  # until the gateway closes it
        pass
    assert time.monotonic() - begun < 25, "one who sends nothing was waited for as long as any other"


def test_a_body_of_unknown_length_is_refused_once_it_is_too_large(serve, sign_in):
    connection = serve().connection()
    headers = {"Authorization": f"Bearer {sign_in().access}"}
    connection.request(
        "POST", "/api/v1/services", body=(b"x" * 65536 for _ in range(40)), headers=headers, encode_chunked=True
    )

    answer = connection.getresponse()

    assert answer.status == 413
    assert answer.getheader("Content-Type") == "application/problem+json"


def test_an_answer_that_breaks_off_is_seen_to_break_off(serve, sign_in):
    """Never as a complete one: the caller's connection ends before what was promised."""
    who, process = sign_in(), serve()

    for query in ("stream=200000&short=70000", "stream=200000&short=70000&chunked=1"):
        with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
            process.get(f"/api/v1/services?{query}", who.access).read()
    assert process.get("/api/v1/services", who.access).status == 200


def test_a_caller_who_leaves_takes_no_connection_along(serve, sign_in):
    who, process = sign_in(), serve()

    for _ in range(8):
        connection = process.connection()
        connection.request(
            "GET", f"/api/v1/services?stream={30 * MEGABYTE}", headers={"Authorization": f"Bearer {who.access}"}
        )
        connection.getresponse().read(1000)
        connection.close()

    answer = process.get("/api/v1/services", who.access)
    assert answer.status == 200
    assert json.loads(answer.read())["method"] == "GET"


def test_two_processes_count_together_and_forget_a_session_together(serve, sign_in):
    who, other = sign_in(), sign_in()
    first, second = serve("first", "8/hour"), serve("second", "8/hour")

    statuses = [process.get("/api/v1/services", who.access).status for _ in range(5) for process in (first, second)]

    assert statuses == [200] * 8 + [429] * 2
    assert second.get("/api/v1/services", other.access).status == 200
    connection = first.connection()
    connection.request("POST", "/api/v1/auth/logout", headers={"Authorization": f"Bearer {other.access}"})
    assert connection.getresponse().status == 204
    assert second.get("/api/v1/services", other.access).status == 401


def test_a_lost_database_connection_is_replaced(serve, sign_in, app):
    """As after a restart of PostgreSQL: the first request that meets the dead connections is answered all the same."""
    from sqlalchemy import text

    who, process = sign_in(), serve()
    assert process.get("/api/v1/services", who.access).status == 200
    with app.database.engine.begin() as connection:
        kill = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'gateway lookup'"
        assert connection.scalar(text(kill)) >= 1

    assert process.get("/api/v1/services", who.access).status == 200
