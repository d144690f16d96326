"""How fast 12 months with 2,000 time entries each are replayed under another agreement, and under every type.

python tests/load/simulate_bench.py [--run .run] [--entries 2000]

Needs a running Evergreen. Leaves its client behind. Asserts no times.
"""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from dateutil.relativedelta import relativedelta

from local import envfile
from local.api import Api
from local.importer.waiting import until
from local.run_dir import RunDir

PORTION = 1000
MONTHS = 12
SERVICES = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path(".run"), help="folder of the running system")
    parser.add_argument("--entries", type=int, default=2000, help="of each month")
    options = parser.parse_args()
    env = envfile.read(RunDir.of(options.run).env)
    api = Api(env["EVERGREEN_URL"]).login(env["EVERGREEN_ADMIN_EMAIL"], env["EVERGREEN_ADMIN_PASSWORD"])
    client = api.post("/clients", {"name": f"Simulation bench {uuid4().hex[:8]}", "currency": "USD"})
    log(api, client["id"], options.entries)
    terms = {"client_id": client["id"], "name": "Block", "type": "block_hours_monthly", "frequency": "monthly"}
    terms |= {
        "start_date": datetime.now(UTC).date().isoformat(),
        "total_hours": str(options.entries / 4),
        "rollover": "one_period",
    }
    terms |= {"recurring_amount": "50000.00"}
    for _ in range(3):
        found = timed("replay", lambda: api.post("/agreements/simulate", {"agreement": terms}))
    timed("projection", lambda: api.post("/agreements/simulate", {"agreement": terms, "mode": "project"}))
    timed("best fit", lambda: api.post("/agreements/best-fit", {"client_id": client["id"]}))
    print(f"{found['entries']} entries, {found['totals']['hours']} h, {found['totals']['total']} USD")


def timed(label: str, call: Callable[[], Any]) -> Any:
    began = perf_counter()
    answer = call()
    print(f"{label:<20} {1000 * (perf_counter() - began):>7.0f} ms", flush=True)
    return answer


def log(api: Api, client_id: str, entries: int) -> None:
    """Logs the same number of entries in each of the last whole months, on services with different rates."""
    names = [{"is_custom": True, "name": f"Bench {number}", "rate": f"{100 + number}.00"} for number in range(SERVICES)]
    services = [api.post(f"/clients/{client_id}/services", one)["id"] for one in names]
    order = until(lambda: api.post("/work-orders", {"client_id": client_id, "subject": "Bench"}), seconds=30)
    assert order is not None
    first = datetime.now(UTC).date().replace(day=1) - relativedelta(months=MONTHS)
    for month in range(MONTHS):
        start = first + relativedelta(months=month)
        rows = [
            {
                "work_order_id": order["id"],
                "service_id": services[number % SERVICES],
                "hours": "0.5",
                "worked_on": (start + timedelta(days=number % 28)).isoformat(),
                "technician_name": f"Technician {number % 60}",
                "confirm": True,
            }
            for number in range(entries)
        ]
        for portion in range(0, entries, PORTION):
            api.post("/time-entries/bulk", {"entries": rows[portion : portion + PORTION]})


if __name__ == "__main__":
    main()
