"""How fast time is logged through the gateway, until billing has its items and the audit log its entries.

python tests/load/time_bench.py [--run .run] [--entries 1500] [--single 300]

Needs a running Evergreen with a limit that one user does not reach, such as API_RATE_LIMIT=1000000/minute. Leaves
its clients behind. Asserts no times.
"""

import argparse
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

import system_cpu

from local import envfile
from local.api import Api
from local.importer.waiting import until
from local.run_dir import RunDir

PORTION = 1000
CALLERS = 8
ENTRIES_OF_AN_ORDER = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path(".run"), help="folder of the running system")
    parser.add_argument("--entries", type=int, default=1500)
    parser.add_argument("--single", type=int, default=300)
    options = parser.parse_args()
    run = RunDir.of(options.run)
    env = envfile.read(run.env)
    api = Api(env["EVERGREEN_URL"]).login(env["EVERGREEN_ADMIN_EMAIL"], env["EVERGREEN_ADMIN_PASSWORD"])
    entries = list(made(api, options.entries))

    def bulk() -> None:
        for start in range(0, len(entries), PORTION):
            api.post("/time-entries/bulk", {"entries": entries[start : start + PORTION]})

    report("in bulk, with their work orders", len(entries), api, run, bulk)
    single = list(made(api, options.single))
    orders = {order["client_id"]: order for order in (entry.pop("work_order") for entry in single)}
    paths = [f"/work-orders/{api.post('/work-orders', order)['id']}/time-entries" for order in orders.values()]
    services = {entry["service_id"]: path for entry, path in zip(single[::ENTRIES_OF_AN_ORDER], paths, strict=False)}

    def singly() -> None:
        with ThreadPoolExecutor(CALLERS) as pool:
            list(pool.map(lambda entry: api.post(services[entry["service_id"]], entry), single))

    report(f"one by one, {CALLERS} at a time", len(single), api, run, singly)


def made(api: Api, count: int) -> Any:
    """Yields entries of a few clients with block hours, three on a work order."""
    name = uuid4().hex[:8]
    places = [place(api, f"Bench {name} {number}") for number in range(5)]
    for number in range(count):
        client_id, agreement_id, service_id = places[number // ENTRIES_OF_AN_ORDER % len(places)]
        order = f"{name}-{number // ENTRIES_OF_AN_ORDER}"
        yield {
            "work_order": {"number": order, "client_id": client_id, "agreement_id": agreement_id, "subject": "Bench"},
            "service_id": service_id,
            "hours": "0.25",
            "worked_on": (date(2025, 11, 1) + timedelta(days=number % 28)).isoformat(),
            "technician_name": f"{name} {number % 20}",
            "external_ref": f"{name} {number}",
            "confirm": True,
        }


def place(api: Api, name: str) -> tuple[str, str, str]:
    client = api.post("/clients", {"name": name, "currency": "USD"})
    service = api.post(f"/clients/{client['id']}/services", {"is_custom": True, "name": "Bench", "rate": "100.00"})
    block = {"client_id": client["id"], "name": "Block", "type": "block_hours_prepaid", "total_hours": "50"}
    block |= {"start_date": "2025-01-01", "activate": True}
    agreement = until(lambda: api.post("/agreements", block), seconds=30)
    assert agreement is not None
    return client["id"], agreement["id"], service["id"]


def report(label: str, count: int, api: Api, run: RunDir, work: Callable[[], None]) -> None:
    """Runs the work, waits for its effects and prints both times, and the CPU time of all processes."""
    cpu = system_cpu.seconds(run)
    began, since = perf_counter(), datetime.now(UTC).isoformat()
    work()
    answered = perf_counter() - began
    while logged(api, since) < count or billed(api) is None:
        sleep(0.1)
    settled = perf_counter() - began
    print(f"{count:>7} entries {label:<34} {answered:>7.1f} s answered {settled:>7.1f} s with effects", end="")
    cpu = 1000 * (system_cpu.seconds(run) - cpu) / count
    print(f" {count / settled:>7.0f}/s {cpu:>7.1f} ms of CPU each", flush=True)


def logged(api: Api, since: str) -> int:
    """Returns how many of the entries the audit log has."""
    found = api.get("/audit-log", type="agreements.time.logged.v1", occurred_at_gte=since, page_size=1, total="exact")
    return int(found["total"])


def billed(api: Api) -> Any:
    """Returns the item of the last entry, or None until it arrives."""
    last = api.get("/time-entries", sort="-created_at", page_size=1)["items"][0]
    return next(iter(api.get("/billable-items", source_id=last["id"])["items"]), None)


if __name__ == "__main__":
    main()
