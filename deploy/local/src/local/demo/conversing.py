"""Writes notes on the open work orders of the demo: internal ones, questions to clients, and one answer."""

from itertools import cycle

from local.api import Api

INTERNAL = (
    "Checked the event log: the service stops after every update.",
    "Spare part ordered, expected the day after tomorrow.",
    "Remote session done; the user is away until noon.",
)
QUESTION = "We need to restart the server. When does it suit you this week?"
ANSWER = "Any evening after 6 pm is fine."


def converse(api: Api, client: Api | None) -> None:
    """Adds a note to each open order that work has begun on. `client` answers the first question put to it."""
    texts = cycle(INTERNAL)
    for order in list(api.items("/work-orders", status="open", sort="number")):
        path = f"/work-orders/{order['id']}"
        if order["status"] in {"in_progress", "waiting_client"}:
            api.post(f"{path}/notes", {"text": next(texts)})
        if order["status"] == "waiting_client":
            api.post(f"{path}/notes", {"text": QUESTION, "visible": True})
    if client is not None:
        for order in client.get("/work-orders", status="waiting_client", sort="number", page_size=1)["items"]:
            client.post(f"/work-orders/{order['id']}/notes", {"text": ANSWER})
