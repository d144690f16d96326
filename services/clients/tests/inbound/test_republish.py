"""Saying everything again, so that a lost replica can be rebuilt."""

from typing import Any

from clients.client import queries as clients
from clients.rate_card import queries as cards
from common import republish as republishing

AGGREGATES = {"client", "contact", "location", "asset", "note", "technician", "client_service"}

GONE = ("contact.archived.v1", "location.archived.v1", "asset.archived.v1", "note.deleted.v1")


def newest(events: list[Any]) -> dict[str, Any]:
    """What a consumer that takes newer facts only would hold, by subject (a card's row is one, too)."""
    state: dict[str, Any] = {}
    for event in events:
        if event.type == "clients.client_service.changed.v1":
            rows = [(row["id"], row["version"], row) for row in event.data["services"]]
        else:
            rows = [(event.subject, event.sequence, {**event.data, "gone": event.type.endswith(GONE)})]
        for subject, sequence, data in rows:
            if sequence >= state.get(subject, (0, None))[0]:
                state[subject] = (sequence, data)
    return state


def test_what_is_said_again_is_what_was_said(callers, app, make_client, make_user, catalog_says, emitted, in_work):
    for number in range(3):
        catalog_says(f"Service {number}", "10.00")
    manager = callers("manager")
    for name in ("Acme", "Bravo", "Charlie"):
        client = f"/clients/{make_client(name)['id']}"
        ann = manager.post(f"{client}/contacts", {"name": "Ann", "email": "ann@acme.example"}).json
        manager.post(f"{client}/contacts", {"name": "Bob"})
        manager.delete(f"{client}/contacts/{ann['id']}")
        user_id = make_user()["id"]
        manager.post(f"{client}/technicians", {"user_id": user_id})
        manager.delete(f"{client}/technicians/{user_id}")
        manager.post(f"{client}/services", {"is_custom": True, "name": "Extra", "rate": "5"})
        manager.patch(client, {"tags": ["VIP"], "website": "acme.example"})
        for kind, content in (("locations", {"name": "HQ"}), ("assets", {"name": "SRV1"}), ("notes", {"body": "Hi"})):
            kept, gone = (manager.post(f"{client}/{kind}", content).json for _ in range(2))
            manager.patch(f"{client}/{kind}/{kept['id']}", {"notes" if kind != "notes" else "title": "New"})
            manager.delete(f"{client}/{kind}/{gone['id']}")
    manager.post(f"{client}/archive")
    said = emitted()

    with in_work("system") as work:
        for republish in app.republishers:
            for _ in republish(work):
                work.flush()

    again = emitted()[len(said) :]
    assert newest(again) == newest(said)
    assert {event.type.split(".")[1] for event in again} == {event.type.split(".")[1] for event in said} == AGGREGATES


def test_portions_leave_nothing_out(make_client, catalog_says, emitted, in_work, monkeypatch):
    for module in (republishing, cards):
        monkeypatch.setattr(module, "PORTION", 2)
    for number in range(3):
        catalog_says(f"Service {number}", "10.00")
    for name in ("Acme", "Bravo", "Charlie"):
        make_client(name)
    said = emitted()

    with in_work("system") as work:
        for republish in (clients.republish, cards.republish):
            for _ in republish(work):
                work.flush()

    assert newest(emitted()[len(said) :]) == newest(said)
