"""What the activity of a client or service says."""

import json
import re
from pathlib import Path

import pytest

from gateway.audit.changes import changes, row_changes
from gateway.audit.summaries import summary

GOLDENS = sorted(Path(__file__).resolve().parents[3].glob("*/contracts/*.json"))
ANN = "01a1fd5f-55bd-75e3-8a20-5da69a801410"
CARD = "clients.client_service.changed.v1"


def sentence(type_: str, after: dict, **before: object) -> str:
    return summary(type_, after, changes({**after, **before}, after), {ANN: "Ann Lee"})


@pytest.mark.parametrize("golden", GOLDENS, ids=[path.stem for path in GOLDENS])
def test_every_event_is_told_in_a_sentence_without_ids(golden):
    event = json.loads(golden.read_text())

    found = summary(event["type"], event["data"], changes(None, event["data"]), {})

    assert found[0].isupper() or found[0].isdigit()
    assert found.endswith(".")
    assert not re.search(r"[0-9a-f]{8}-|None|_", found), found


@pytest.mark.parametrize(
    ("type_", "after", "before", "said"),
    [
        (
            "catalog.service.rate_changed.v1",
            {"name": "Remote", "currency": "KYD", "default_rate": "135.00"},
            {"default_rate": "125.00"},
            'Service "Remote": default rate changed from $125.00 KYD to $135.00 KYD.',
        ),
        (
            "clients.contact.changed.v1",
            {"name": "Bob", "phone": "+1345", "email": None, "title": "CFO", "mobile": "1", "location_id": ANN},
            {"phone": None, "email": "b@x.example", "title": "CTO", "mobile": "2", "location_id": None},
            'Contact "Bob": email removed (was "b@x.example"); location changed; mobile changed from 2 to 1;'
            " and 2 more fields.",
        ),
        (
            "clients.client.changed.v1",
            {"name": "Acme", "billing_cc_emails": ["a@x", "b@x"], "invoice_email": "a", "net_terms": 45, "tags": []},
            {"billing_cc_emails": [], "invoice_email": "b", "net_terms": 30, "tags": ["Gold"]},
            'Client "Acme": CC addresses set to a@x, b@x; payment terms changed from 30 to 45;'
            " tags removed (was Gold).",
        ),
        (
            "agreements.work_order.transitioned.v1",
            {"number": "WO-1", "status": "on_hold"},
            {"status": "new"},
            "Work order WO-1: status changed from new to on hold.",
        ),
        (
            "billing.labor_rate.created.v1",
            {"technician_name": "Dana", "valid_from": "2025-01-01", "rate": "48.50", "currency": "USD"},
            {},
            "Labor rate of Dana from 2025-01-01 was created: $48.50 per hour.",
        ),
        (
            "billing.labor_rate.changed.v1",
            {"technician_name": "Dana B.", "valid_from": "2025-02-01", "rate": "50.00", "currency": "USD"},
            {"technician_name": "Dana", "valid_from": "2025-01-01", "rate": "48.50"},
            "Labor rate of Dana B. from 2025-02-01: rate changed from $48.50 to $50.00;"
            " valid from changed from 2025-01-01 to 2025-02-01.",
        ),
        ("catalog.service.archived.v1", {"name": "Remote"}, {}, 'Service "Remote" was archived.'),
        ("catalog.service.changed.v1", {"name": "Remote"}, {}, 'Service "Remote" was changed.'),
        ("clients.technician.assigned.v1", {"user_id": ANN}, {}, "Ann Lee was assigned."),
        ("billing.invoice.created.v1", {"number": None}, {}, "The invoice was created."),
        ("someone.new_thing.did_it.v1", {}, {}, "The new thing was did it."),
        (
            "agreements.time.logged.v1",
            {"technician_name": "Dana", "hours": "1.50", "work_order_number": "WO-1", "service_name": "Remote"},
            {},
            "Dana: 1.50 hours logged on WO-1 (Remote).",
        ),
    ],
)
def test_sentences(type_, after, before, said):
    assert sentence(type_, after, **before) == said


def row(name: str, **fields: object) -> dict:
    return {"id": f"id of {name}", "name": name, "custom_rate": None, "effective_rate": "1.00", **fields}


def card(before: dict[str, dict], *rows: dict) -> str:
    return summary(CARD, {"services": list(rows)}, row_changes("services", before, list(rows)), {})


def test_rows_of_a_rate_card():
    labor, remote = row("EV Labor2"), row("Remote [24x7].")
    known = {one["id"]: one for one in (labor, remote, row("Onsite"))}

    assert card({}, labor) == 'Service "EV Labor2" was added to the rate card.'
    assert card({}, labor, remote) == "2 services were added to the rate card."
    changed = {**remote, "custom_rate": "90.00", "effective_rate": "90.00"}
    assert card(known, changed) == 'Rate card, "Remote [24x7].": custom rate set to 90.00.'
    assert card(known, *({**one, "custom_rate": "9.00"} for one in known.values())) == (
        "3 services on the rate card were changed."
    )
    assert card({labor["id"]: labor}, {**labor, "included": True, "custom_rate": "2.00"}, remote) == (
        'Service "Remote [24x7]." was added to the rate card. Rate card, "EV Labor2": custom rate set to 2.00.'
    )
    assert card(known, labor) == 'Rate card: Service "EV Labor2" was changed.'


def test_long_values_are_shortened():
    assert (
        len(sentence("clients.client.changed.v1", {"name": "x" * 500, "website": "y" * 500}, website="z" * 500)) < 250
    )
