"""Renewal decisions of the demo: the most urgent one has an owner, the next is snoozed, and one is made."""

from datetime import date, timedelta
from typing import Any

from local.api import Api

NOTICE_DAYS = (180, 150, 120, 90)
"""The demo's terms end in half a year: long notices bring their decisions into view."""
SNOOZE = timedelta(days=14)


def decide(api: Api, today: date) -> None:
    """Works on the first three decisions of the queue."""
    manager = api.get("/users", role="manager", status="active", page_size=1)["items"]
    changes: tuple[dict[str, Any], ...] = (
        {"owner_id": manager[0]["id"] if manager else None, "note": "Ask about the new branch office first."},
        {"snoozed_until": (today + SNOOZE).isoformat(), "note": "Their budget is decided in two weeks."},
        {"outcome": "renew"},
    )
    queue = api.get("/agreements/decisions", page_size=len(changes))["items"]
    for decision, change in zip(queue, changes, strict=False):
        api.patch(f"/agreements/{decision['agreement_id']}/decision", {"ends_on": decision["ends_on"], **change})
