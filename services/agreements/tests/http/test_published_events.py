"""Published events match the shape of their golden files."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from agreements.signature.requesting import PURPOSE
from agreements.sla.sweeping import sweep
from common import signed_links

CONTRACTS = Path(__file__).parents[2] / "contracts"


@pytest.fixture
def pass_targets(in_work, organise):
    """Lets a new critical order's response become due soon, and pass."""
    organise(business_hours=())

    def run(order_id):
        for minutes in (50, 70):
            with in_work("system", at=datetime.now(UTC) + timedelta(minutes=minutes)) as work:
                sweep(work, [UUID(order_id)])

    return run


def keep_documents(manager, visitor, path):
    """Adds and deletes a document, and has others signed, declined and revoked."""
    document = manager.post(f"{path}/documents/generate").json
    manager.post(f"{path}/documents/{document['id']}/delete", {"reason": "Replaced"})
    for answer in ("sign", "decline", "revoke"):
        sign_once(manager, visitor, path, answer)


def sign_once(manager, visitor, path, answer):
    """Sends a generated document for signature, and has it signed, declined or revoked."""
    document = manager.post(f"{path}/documents/generate").json["id"]
    body = {"document_id": document, "signer_name": "Carla", "signer_email": "carla@acme.example"}
    sent = manager.post(f"{path}/signatures", body).json
    if answer == "revoke":
        assert manager.post(f"{path}/signatures/{sent['id']}/revoke", {"reason": "Wrong"}).status_code == 200
        return
    settings = visitor.app.extensions["app"].settings
    expires_at = datetime.fromisoformat(sent["expires_at"])
    token = signed_links.token_of(settings, PURPOSE, UUID(sent["id"]), expires_at)
    body = {"name": "Carla", "consent": True} if answer == "sign" else {"reason": "No"}
    assert visitor.post(f"/signing/{answer}", {"token": token, **body}).status_code == 200


def test_published_events_have_the_goldens_fields(world, callers, desk, emitted, pass_targets):
    client_id = world.client()
    remote, _ = world.card(client_id, "Remote Support", "Onsite Support")
    manager = callers("manager")
    body = {"client_id": str(client_id), "name": "Gold Support", "type": "block_hours_prepaid", "total_hours": "100"}
    body |= {"start_date": "2025-10-01", "end_date": "2026-12-31", "overage_rate": "140.00"}
    services = [{"client_service_id": str(remote), "custom_rate": "110.00", "hours_allocated": "60"}]
    unused = manager.post("/agreements", {**body, "services": services}).json
    manager.delete(f"/agreements/{unused['id']}")
    path = f"/agreements/{manager.post('/agreements', {**body, 'services': services}).json['id']}"
    manager.patch(path, {"coverage": "selected"})
    manager.post(f"{path}/activate")
    order = desk.order(client_id, path.rsplit("/", 1)[1])
    for day in ("2025-11-01", "2025-11-02", "2025-11-03"):
        desk.log(order, remote, "24", day, note="Server moved")
    last = desk.log(order, remote, "5", "2025-11-04", note="Server moved").json
    entry = f"/work-orders/{order}/time-entries/{last['id']}"
    manager.patch(entry, {"hours": "4"})
    manager.delete(entry)
    manager.patch(f"/work-orders/{order}", {"priority": "high"})
    manager.post(f"/work-orders/{order}/transition", {"status": "resolved"})
    text = {"data": b"Restored.", "headers": {"Content-Type": "application/octet-stream"}}
    file = manager.post(f"/work-orders/{order}/attachments?name=server.log", **text).json["id"]
    note = {"text": "Done", "visible": True, "attachment_ids": [file]}
    assert manager.post(f"/work-orders/{order}/notes", note).status_code == 201
    bought = {"description": "SSD 1 TB", "quantity": "2", "unit_price": "96.00", "incurred_on": "2025-11-03"}
    bought = f"/work-orders/{order}/expenses/{manager.post(f'/work-orders/{order}/expenses', bought).json['id']}"
    manager.patch(bought, {"quantity": "1"})
    manager.delete(bought)
    manager.delete(f"/work-orders/{desk.order(client_id)}")
    assert manager.patch(f"{path}/decision", {"outcome": "renew"}).status_code == 200
    keep_documents(manager, callers("anonymous"), path)
    for action in ("suspend", "resume", "cancel"):
        manager.post(f"{path}/{action}")
    for auto_renew, name in ((False, "Ends"), (True, "Goes on")):
        ending = {**body, "name": name, "services": services, "auto_renew": auto_renew, "activate": True}
        ending |= {"start_date": "2025-11-01", "end_date": "2026-10-31", "coverage": "selected"}
        assert manager.post("/agreements", ending).status_code == 201
    for as_of in ("2026-10-25", "2026-11-01"):
        assert manager.post("/jobs/agreement_expiry/run", {"as_of": as_of}).json["status"] == "succeeded"
    pass_targets(desk.order(client_id, priority="critical"))
    template = manager.post("/work-order-templates", {"name": "Check", "subject": "Check", "tasks": ["Look"]}).json
    recurring = {"client_id": str(client_id), "template_id": template["id"], "starts_on": "2027-01-01"}
    recurring = manager.post("/recurring-work-orders", recurring | {"every": 1, "unit": "weeks"}).json
    question = {"label": "Name", "type": "text"}
    assert manager.post("/work-order-forms", {"name": "Employee", "questions": [question]}).status_code == 201
    manager.delete(f"/recurring-work-orders/{recurring['id']}")
    manager.delete(f"/work-order-templates/{template['id']}")

    published = {event.type: event for event in emitted()}

    goldens = {path.stem: json.loads(path.read_text()) for path in CONTRACTS.glob("*.json")}
    assert published.keys() == goldens.keys()
    for name, event in published.items():
        assert event.data.keys() == goldens[name]["data"].keys(), name
        for part, inner in event.data.items():
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                assert inner[0].keys() == goldens[name]["data"][part][0].keys(), name
