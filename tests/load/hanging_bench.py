"""One API hangs (SIGSTOP): the gateway's answers to its requests and to those of other services.

    python tests/load/hanging_bench.py --help

Needs a running Evergreen with its demo, which it reads from RUN/env. Requests are sent at a fixed rate, whether or
not earlier ones were answered, a fifth of them to the stopped API. Prints figures and asserts nothing;
`tests/e2e/test_hanging.py` asserts with the same load.
"""

import argparse
import http.client
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

RATE = 50
PATIENCE = 30
OWN = ("/clients?page_size=20",)
OTHERS = ("/services?page_size=20", "/agreements?page_size=20", "/invoices?page_size=20", "/auth/me")


@dataclass
class Answers:
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def add(self, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        self.seconds.append(seconds)

    def percentile(self, percent: int) -> float:
        return sorted(self.seconds)[min(len(self.seconds) - 1, len(self.seconds) * percent // 100)]

    def __str__(self) -> str:
        times = ", ".join(f"p{percent} {self.percentile(percent) * 1000:.0f} ms" for percent in (50, 99))
        return f"{len(self.seconds)} requests, {times}, longest {max(self.seconds):.2f} s, {dict(self.statuses)}"


@dataclass
class Phase:
    own: Answers = field(default_factory=Answers)
    others: Answers = field(default_factory=Answers)


def drive(url: str, token: str, seconds: float) -> Phase:
    """Sends RATE requests per second for `seconds`. Returns when all are answered."""
    address, phase = urlsplit(url), Phase()
    paths = cycle([*OTHERS, *OWN])
    count = int(seconds * RATE)

    def ask(path: str, due: float) -> tuple[str, int, float]:
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            answer.read()
            return path, answer.status, time.monotonic() - due
        except OSError:
            return path, 0, time.monotonic() - due
        finally:
            connection.close()

    with ThreadPoolExecutor(400) as pool:
        begun, waiting = time.monotonic(), []
        for number, path in enumerate(islice(paths, count)):
            time.sleep(max(0.0, begun + number / RATE - time.monotonic()))
            waiting.append(pool.submit(ask, path, time.monotonic()))
        for future in waiting:
            path, status, took = future.result()
            (phase.own if path in OWN else phase.others).add(status, took)
    return phase


@contextmanager
def stopped(group: int) -> Iterator[None]:
    """Stops all processes of an API. The kernel still accepts connections; none is answered."""
    os.killpg(group, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(group, signal.SIGCONT)


def seconds_until(answers: Callable[[], bool], within: float) -> float:
    begun = time.monotonic()
    while not answers():
        if time.monotonic() - begun > within:
            raise TimeoutError(f"not back within {within} s")
        time.sleep(0.05)
    return time.monotonic() - begun


def is_back(url: str, token: str) -> bool:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    connection.request("GET", f"/api/v1{OWN[0]}", headers={"Authorization": f"Bearer {token}"})
    status = connection.getresponse().status
    connection.close()
    return status == 200


def main() -> None:
    parser = argparse.ArgumentParser(description="The gateway while one API hangs")
    parser.add_argument("--run", default=".run", help="directory of the running Evergreen")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each phase")
    options = parser.parse_args()
    run = Path(options.run)
    env = dict(line.split("=", 1) for line in (run / "env").read_text().splitlines() if "=" in line)
    url, token = env["EVERGREEN_URL"], _sign_in(env)
    group = int((run / "pids" / "clients-api.pid").read_text().split()[0])
    before = drive(url, token, options.seconds)
    with stopped(group):
        during = drive(url, token, options.seconds)
    back = seconds_until(lambda: is_back(url, token), 60)
    print(f"{RATE} requests a second, {options.seconds:g} s each")
    for name, phase in (("before", before), ("stopped", during)):
        print(f"  {name:8} others: {phase.others}\n           its own: {phase.own}")
    print(f"  back {back:.1f} s after SIGCONT")


def _sign_in(env: dict[str, str]) -> str:
    address = urlsplit(env["EVERGREEN_URL"])
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    who = {"email": env["EVERGREEN_ADMIN_EMAIL"], "password": env["EVERGREEN_ADMIN_PASSWORD"]}
    connection.request("POST", "/api/v1/auth/login", json.dumps(who), {"Content-Type": "application/json"})
    return str(json.loads(connection.getresponse().read())["access_token"])


if __name__ == "__main__":
    main()
