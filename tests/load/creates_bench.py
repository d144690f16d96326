"""How many new records of mixed kinds a second the whole system takes, through the gateway. Asserts no times.

python tests/load/creates_bench.py [--run .run] [--creates 600]

A sixth each: clients, agreements, work orders, time entries, billable items and draft invoices. Needs a running
Evergreen with a limit that one user does not reach, such as API_RATE_LIMIT=1000000/minute. Leaves its clients behind.
"""

import argparse
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any
from uuid import uuid4

import system_cpu
from time_bench import CALLERS, place

from local import envfile
from local.api import Api
from local.run_dir import RunDir

DAY = "2025-11-03"
Create = Callable[[int], Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path(".run"), help="folder of the running system")
    parser.add_argument("--creates", type=int, default=600)
    options = parser.parse_args()
    run = RunDir.of(options.run)
    env = envfile.read(run.env)
    api = Api(env["EVERGREEN_URL"]).login(env["EVERGREEN_ADMIN_EMAIL"], env["EVERGREEN_ADMIN_PASSWORD"])
    creates = creates_of(api)
    for warm, create in enumerate(creates):
        create(-warm - 1)

    def timed(numbered: tuple[int, Create]) -> float:
        number, create = numbered
        began = perf_counter()
        create(number)
        return 1000 * (perf_counter() - began)

    began, cpu = perf_counter(), system_cpu.seconds(run)
    with ThreadPoolExecutor(CALLERS) as pool:
        times = list(pool.map(timed, enumerate(islice(cycle(creates), options.creates))))
    took = perf_counter() - began
    cpu = 1000 * (system_cpu.seconds(run) - cpu) / options.creates
    p50, p99 = (quantiles(times, n=100)[at] for at in (49, 98))
    print(f"{options.creates} creates, {CALLERS} at a time: {options.creates / took:.0f}/s, ", end="")
    print(f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, {cpu:.1f} ms of CPU each over all processes")


def creates_of(api: Api) -> list[Create]:
    name = uuid4().hex[:8]
    client_id, agreement_id, service_id = place(api, f"Mixed {name}")
    client, sure = {"client_id": client_id}, {"confirm": True}
    order = api.post("/work-orders", {**client, "agreement_id": agreement_id, "subject": "Bench"})
    entry = {"service_id": service_id, "hours": "0.25", "worked_on": DAY, **sure}
    block = {**client, "name": "Block", "type": "block_hours_prepaid", "total_hours": "50", "start_date": DAY}
    item = {**client, "client_service_id": service_id, "quantity": "1", "dated_on": DAY, **sure}
    line = {"description": "Work", "quantity": "1", "unit_rate": "100.00"}
    return [
        lambda n: api.post("/clients", {"name": f"Mixed {name} {n}", "currency": "USD"}),
        lambda _: api.post("/agreements", block),
        lambda n: api.post("/work-orders", {**client, "agreement_id": agreement_id, "subject": f"Bench {n}"}),
        lambda n: api.post(
            f"/work-orders/{order['id']}/time-entries",
            {**entry, "technician_name": f"{name} {n}", "external_ref": f"{name} {n}"},
        ),
        lambda _: api.post("/billable-items", item),
        lambda _: api.post("/invoices", {**client, "lines": [line]}),
    ]


if __name__ == "__main__":
    main()
