"""Work of the demo that is under way: a running timer, and time that waits for approval."""

from datetime import date
from functools import partial

from local.api import Api
from local.importer.waiting import until

NOTES = ("Documented the network for the handover.", "Called the vendor about the warranty.")
TIMED = "Checking the backups"


def start_timer(technician: Api | None) -> None:
    """Starts a timer on the technician's first open work order, once."""
    if technician is None or technician.get("/timers")["items"]:
        return
    mine = technician.get("/work-orders", status="open", sort="number", page_size=1)["items"]
    for order in mine:
        technician.post("/timers", {"work_order_id": order["id"], "note": TIMED})


def submit_time(api: Api, top: Api | None, technician_id: str, today: date) -> None:
    """Logs time while managers approve it. It is not billable, so that no invoice waits for it.

    The setting is off again at the end, because it holds back the invoices of all later time.
    """
    orders = api.get("/work-orders", status="open", sort="number", page_size=1)["items"]
    if top is None or not orders:
        return
    path = f"/work-orders/{orders[0]['id']}/time-entries"
    body = {"hours": "0.75", "worked_on": today.isoformat(), "billable": False, "technician_id": technician_id}
    body["confirm"] = True  # random days of the demo can exceed 24 hours
    waiting = [api.post(path, {**body, "note": note}, key=f"demo-{today}-{note}") for note in NOTES]
    probe = api.post(path, {**body, "hours": "0.25", "note": "Filed the report."}, key=f"demo-{today}-report")
    top.patch("/settings", {"approve_time": True})
    try:
        for entry in waiting:
            until(partial(_waits, api, f"{path}/{entry['id']}", True), step=0.5)
    finally:
        top.patch("/settings", {"approve_time": False})
        until(partial(_waits, api, f"{path}/{probe['id']}", False), step=0.5)


def _waits(api: Api, entry: str, expected: bool) -> bool:
    """Submits the entry again, by the setting that has arrived. Returns whether it waits for approval as expected."""
    return (api.patch(entry, {"billable": False})["approval"] == "pending") is expected
