"""How fast a period with 2,000 time entries is split again: by a late entry, and when every split changes.

python tests/load/redraw_bench.py [--run .run] [--entries 2000]

Needs a running Evergreen. Leaves its client behind. Asserts no times.
"""

import argparse
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from local import envfile
from local.api import Api
from local.importer.waiting import until
from local.run_dir import RunDir

PORTION = 1000
FIRST = date(2025, 11, 1)
HOURS = "0.5"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path(".run"), help="folder of the running system")
    parser.add_argument("--entries", type=int, default=2000)
    options = parser.parse_args()
    env = envfile.read(RunDir.of(options.run).env)
    api = Api(env["EVERGREEN_URL"]).login(env["EVERGREEN_ADMIN_EMAIL"], env["EVERGREEN_ADMIN_PASSWORD"])
    agreement, order, service = place(api, options.entries)
    log(api, order["id"], service["id"], options.entries)
    path, entries = f"/agreements/{agreement['id']}", f"/work-orders/{order['id']}/time-entries"

    timed("every split, when the draw order changes", lambda: api.patch(path, {"draw_order": "worked_on"}))
    late = {"service_id": service["id"], "hours": "5", "worked_on": FIRST.isoformat(), "confirm": True}
    timed("preview of a late entry", lambda: api.post(f"{entries}/preview", late))
    made = timed("late entry", lambda: api.post(entries, late))
    timed("deleted entry", lambda: api.delete(f"{entries}/{made['id']}"))
    last = late | {"worked_on": (FIRST + timedelta(days=27)).isoformat()}
    timed("entry on the last day", lambda: api.post(entries, last))


def timed(label: str, call: Callable[[], Any]) -> Any:
    began = perf_counter()
    answer = call()
    print(f"{label:<45} {1000 * (perf_counter() - began):>7.0f} ms", flush=True)
    return answer


def place(api: Api, entries: int) -> tuple[Any, Any, Any]:
    """Makes a block for half of the hours that are logged. They are drawn in the order of logging at first."""
    client = api.post("/clients", {"name": f"Redraw bench {uuid4().hex[:8]}", "currency": "USD"})
    service = api.post(f"/clients/{client['id']}/services", {"is_custom": True, "name": "Bench", "rate": "100.00"})
    block = {"client_id": client["id"], "name": "Block", "type": "block_hours_prepaid", "total_hours": str(entries / 4)}
    block |= {"start_date": FIRST.isoformat(), "draw_order": "logged", "activate": True, "confirm": True}
    agreement = until(lambda: api.post("/agreements", block), seconds=30)
    assert agreement is not None
    order = {"client_id": client["id"], "agreement_id": agreement["id"], "subject": "Bench"}
    return agreement, api.post("/work-orders", order), service


def log(api: Api, order_id: str, service_id: str, count: int) -> None:
    """Logs the last days first, so that the order of the days changes every split."""
    rows = [
        {
            "work_order_id": order_id,
            "service_id": service_id,
            "hours": HOURS,
            "worked_on": (FIRST + timedelta(days=27 - number * 28 // count)).isoformat(),
            "technician_name": f"Technician {number % 60}",
            "confirm": True,
        }
        for number in range(count)
    ]
    for start in range(0, count, PORTION):
        api.post("/time-entries/bulk", {"entries": rows[start : start + PORTION]})


if __name__ == "__main__":
    main()
