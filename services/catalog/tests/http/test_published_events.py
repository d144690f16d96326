"""What the catalog really publishes has exactly the shape its goldens promise."""

import json
from pathlib import Path

CONTRACTS = Path(__file__).parents[2] / "contracts"


def test_published_events_have_the_goldens_fields(callers, emitted):
    admin = callers("admin")
    service = admin.post("/services", {"name": "A", "description": "B", "default_rate": "10.00"}).json
    path = f"/services/{service['id']}"
    admin.patch(path, {"category": "Other"})
    admin.patch(path, {"default_rate": "11.00"})
    admin.post(f"{path}/archive")
    admin.post(f"{path}/restore")
    admin.delete(path)
    _group(admin)
    tax = admin.post("/tax-codes", {"name": "Tax", "rate_percent": "8"}).json
    admin.patch(f"/tax-codes/{tax['id']}", {"rate_percent": "8.25"})

    published = {event.type: event for event in emitted()}

    goldens = {path.stem: json.loads(path.read_text()) for path in CONTRACTS.glob("*.json")}
    assert published.keys() == goldens.keys()
    for name, event in published.items():
        assert event.data.keys() == goldens[name]["data"].keys(), name


def _group(admin):
    """Makes, changes and removes a category, a set and a bundle."""
    service = admin.post("/services", {"name": "C", "description": "D", "default_rate": "10.00"}).json
    items = [{"service_id": service["id"]}]
    for path, body in (
        ("/service-categories", {"name": "A category"}),
        ("/service-sets", {"name": "A set", "service_ids": [service["id"]]}),
        ("/bundles", {"name": "A bundle", "items": items}),
    ):
        one = f"{path}/{admin.post(path, body).json['id']}"
        assert admin.patch(one, {"name": "Renamed"}).status_code == 200
        assert admin.delete(one).status_code == 204


def test_republishing_says_everything_as_it_stands(callers, app, emitted, in_work):
    admin = callers("admin")
    made = admin.post("/services", {"name": "C", "description": "D", "default_rate": "1.00", "category": "K"}).json
    admin.post("/tax-codes", {"name": "Tax", "rate_percent": "8"})
    admin.post("/service-sets", {"name": "A set", "service_ids": [made["id"]]})
    admin.post("/bundles", {"name": "A bundle", "items": [{"service_id": made["id"]}]})
    before = {(event.subject, event.sequence): event.data for event in emitted()}

    with in_work("system") as work:
        for republish in app.republishers:
            for _ in republish(work):
                work.flush()

    again = emitted()[len(before) :]
    assert {(event.subject, event.sequence): event.data for event in again} == before
