"""Plans the open work orders of the demo: due days, priorities, and some for the demo technician."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import cycle

from local.api import Api

PRIORITIES = ("high", "medium", "critical", "medium", "low")
STATUSES = ("in_progress", None, "waiting_client", None, None)
FIRST_DUE, LAST_DUE = -1, 6
"""Days from today: one day late to six days ahead."""


def dispatch(api: Api, today: date, technician_id: str | None, client_ids: Collection[str]) -> None:
    """Plans every open work order; those of the technician's clients are assigned to them.

    Orders that have a due day are left alone, so that it can run twice.
    """
    plan = zip(cycle(PRIORITIES), cycle(STATUSES), cycle(range(FIRST_DUE, LAST_DUE + 1)), strict=False)
    for order in list(api.items("/work-orders", status="open", sort="number")):
        priority, status, days = next(plan)
        if order["due_on"] is not None:
            continue
        changes = {"priority": priority, "due_on": (today + timedelta(days=days)).isoformat()}
        if technician_id is not None and order["client_id"] in client_ids:
            changes["technician_id"] = technician_id
        api.patch(f"/work-orders/{order['id']}", changes)
        if status is not None:
            api.post(f"/work-orders/{order['id']}/transition", {"status": status})
