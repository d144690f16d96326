"""A month of work matches the hours of its spreadsheet."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from agreements.work import orders, time_entries
from agreements.work.logging_time import NewTime
from agreements.work.orders import NewOrder

FOLDER = Path(__file__).parents[1] / "fixtures" / "november"


def rows(name):
    with (FOLDER / f"{name}.csv").open(newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def test_november_in_file_order(world, callers, in_work):
    manager = callers("manager")
    cards = cards_of_clients(world)
    agreements = agreements_of_clients(manager, cards)
    opened = {}
    with in_work() as work:
        for line, entry in enumerate(rows("time_entries"), start=2):
            client_id, services = cards[entry["client"]]
            number = entry["work_order"]
            if number not in opened:
                agreement_id = agreements.get(entry["agreement"])
                new = NewOrder(client_id=client_id, agreement_id=agreement_id, number=number)
                opened[number] = orders.create(work, new).id
            time = NewTime(
                service_id=services[entry["service"]],
                hours=Decimal(entry["hours"]),
                worked_on=date.fromisoformat(entry["worked_on"]),
                technician_name=entry["technician"],
                external_ref=f"november:{line}",
            )
            time_entries.log(work, opened[number], time)

    listed = manager.get("/agreements?page_size=100").json["items"]
    found = {
        agreement["name"]: (agreement["hours_used"], agreement["hours_overage"])
        for agreement in listed
        if agreement["type"] == "block_hours_prepaid"
    }
    assert found == {row["agreement"]: (row["hours_used"], row["hours_overage"]) for row in rows("expected_hours")}
    logged = manager.get("/time-entries?worked_on_lte=2025-11-30&page_size=1&total=exact").json
    assert logged["total"] == len(rows("time_entries"))


def cards_of_clients(world):
    """Gives every client all services and its custom ones."""
    cards = {}
    for name in sorted({row["client"] for row in [*rows("time_entries"), *rows("agreements")]}):
        client_id = world.client(name)
        names = [row["name"] for row in rows("services")]
        names += [row["name"] for row in rows("custom_services") if row["client"] == name]
        cards[name] = client_id, dict(zip(names, world.card(client_id, *names), strict=True))
    return cards


def agreements_of_clients(manager, cards):
    made = {}
    for row in rows("agreements"):
        client_id, services = cards[row["client"]]
        covered = [
            {
                "client_service_id": str(services[item["service"]]),
                "custom_rate": item["custom_rate"],
                "hours_allocated": item["hours_allocated"],
            }
            for item in rows("agreement_services")
            if item["agreement"] == row["name"]
        ]
        plain = ("name", "type", "start_date", "end_date", "total_hours", "overage_rate")
        body = {name: row[name] for name in plain} | {"client_id": str(client_id), "coverage": "selected"}
        body |= {"allocation_policy": row["allocation_policy"] or "pooled", "services": covered, "activate": True}
        answer = manager.post("/agreements", body)
        assert answer.status_code == 201, answer.json
        made[row["name"]] = UUID(answer.json["id"])
    return made
