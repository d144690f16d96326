"""The preview shows what saving would store, and stores nothing."""

from dataclasses import fields
from datetime import date

import pytest

from agreements.agreement.commands import AgreementChanges
from agreements.agreement.models import ALWAYS_OPEN, SETTLED, TERMS
from agreements.agreement.previewing import periods


@pytest.fixture
def example(world, callers, make_block):
    """Returns the manager, and the body of 003's example: 30 hours for three services."""
    client_id = world.client()
    rows = world.card(client_id, "24/7 Support", "Project Development", "On-Demand Consulting", rate="120.00")
    services = [
        {"client_service_id": str(row), "hours_allocated": hours}
        for row, hours in zip(rows, ["15", "10", "5"], strict=True)
    ]
    services[0]["custom_rate"] = "75.00"
    return callers("manager"), make_block(client_id, total_hours="30", services=services, coverage="selected")


def test_rates_shares_and_totals(example):
    manager, body = example

    found = manager.post("/agreements/preview", body)

    assert found.status_code == 200, found.json
    shown = [(row["effective_rate"], row["rate_source"], row["allocated_percent"]) for row in found.json["services"]]
    assert shown == [("75.00", "agreement", "50.00"), ("120.00", "catalog", "33.30"), ("120.00", "catalog", "16.70")]
    assert (found.json["hours_allocated"], found.json["hours_unallocated"]) == ("30.00", "0.00")
    assert manager.get("/agreements").json["total"] == 0
    assert manager.post("/agreements", body).json["number"] == "AGR-0001", "the preview took no number"


def test_allocations_that_do_not_add_up_are_refused_as_when_saving(example):
    manager, body = example
    body["services"][2] |= {"hours_allocated": "0"}

    answers = [
        manager.post(path, body | {"allocation_policy": "strict"}) for path in ("/agreements/preview", "/agreements")
    ]

    assert [answer.json["errors"] for answer in answers] == [
        {"services": ["Total allocated hours (25) ≠ Agreement hours (30)"]}
    ] * 2


def test_amounts_of_the_term(example):
    manager, body = example
    fixed = {"type": "fixed_price", "total_hours": None, "recurring_amount": "1000.00", "frequency": "quarterly"}
    services = [{"client_service_id": body["services"][0]["client_service_id"], "recurring_share": "250.00"}]

    found = manager.post("/agreements/preview", body | fixed | {"services": services}).json

    assert (found["periods"], found["term_amount"], found["monthly_amount"]) == (8, "8000.00", "333.33")
    assert (found["recurring_split"], found["recurring_unsplit"]) == ("250.00", "750.00")
    assert found["services"][0]["share_percent"] == "25.00"
    monthly = {"type": "block_hours_monthly", "total_hours": "30"}
    assert manager.post("/agreements/preview", body | monthly).json["hours_in_term"] == "720.00"
    open_ended = manager.post("/agreements/preview", body | fixed | {"services": services, "end_date": None}).json
    assert (open_ended["periods"], open_ended["term_amount"]) == (None, None)


@pytest.mark.parametrize(
    ("start", "end", "months", "expected"),
    [
        ("2025-01-31", "2025-02-27", 1, 1),
        ("2025-01-31", "2025-02-28", 1, 2),
        ("2025-01-01", "2025-12-31", 12, 1),
        ("2025-01-01", "2026-01-01", 12, 2),
        ("2025-01-01", "2025-01-01", 3, 1),
    ],
)
def test_periods_count_their_first_days(start, end, months, expected):
    assert periods(date.fromisoformat(start), date.fromisoformat(end), months) == expected


def test_fixed_fields_cover_every_field_that_can_be_edited(example):
    manager, body = example
    assert {field.name for field in fields(AgreementChanges)} - {
        "confirm",
        "first_day",
        "reason",
    } == TERMS | SETTLED | ALWAYS_OPEN
    draft = manager.post("/agreements", body).json
    assert draft["fixed_fields"] == []
    active = manager.post(f"/agreements/{draft['id']}/activate").json
    assert "total_hours" in active["fixed_fields"]
    assert "services" not in active["fixed_fields"]
    over = manager.post(f"/agreements/{draft['id']}/cancel").json
    assert {"name", "services", "total_hours"} <= set(over["fixed_fields"])


def test_a_larger_monthly_total_and_its_allocations_count_from_the_next_grant(example):
    manager, body = example
    body |= {"type": "block_hours_monthly", "allocation_policy": "strict"}
    agreement = manager.post("/agreements", body | {"activate": True}).json
    path = f"/agreements/{agreement['id']}"
    services = [
        row | {"hours_allocated": hours} for row, hours in zip(body["services"], ["20", "15", "5"], strict=True)
    ]

    saved = manager.patch(path, {"total_hours": "40", "services": services})

    assert (saved.status_code, saved.json["total_hours"], saved.json["hours_remaining"]) == (200, "40.00", "30.00")
    rows = manager.get(f"{path}/services").json["items"]
    assert [(row["hours_allocated"], row["hours_remaining"]) for row in rows] == [
        ("20.00", "15.00"),
        ("15.00", "10.00"),
        ("5.00", "5.00"),
    ]
