"""Imports work orders and time in file order, which is the order prepaid hours are drawn in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from local.api import Api, Problem
from local.importer.people import find_on_card
from local.importer.session import CREATED, UNCHANGED, Record, Session
from local.importer.sheets import Row, RowError
from local.importer.waiting import until

PORTION = 1000
OUTCOMES = {"create": CREATED, "unchanged": UNCHANGED}


def load_time(session: Session, rows: Sequence[Row], label: str = "time entries") -> None:
    """Logs time in portions, with its work orders. A failed row is reported with its line."""
    references = _references(rows)
    for portion in session.track(label, [rows[start : start + PORTION] for start in range(0, len(rows), PORTION)]):
        entries: list[tuple[Row, Record]] = []
        for row in portion:
            with session.reporting(label, row):
                row.check()
                entries.append((row, _entry(session, row, references[id(row)])))
        for row, result in _send(session.api, entries):
            with session.reporting(label, row):
                if result["errors"]:
                    raise RowError("; ".join(f"{name}: {' '.join(texts)}" for name, texts in result["errors"].items()))
                session.count(label, OUTCOMES[result["action"]])
                if result["action"] == "create" and Decimal(result["split"]["billable_hours"]) > 0:
                    session.last_entries[str(session.client(row)["id"])] = result["id"]


def _send(api: Api, entries: Sequence[tuple[Row, Record]]) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Returns each row with its result."""
    if not entries:
        return
    try:
        report = api.post("/time-entries/bulk", {"entries": [entry for _, entry in entries], "rows": "good"})
    except Problem as problem:  # no row was good
        report = problem.body.get("report")
        if report is None:
            raise
    for result in report["results"]:
        yield entries[result["row"] - 1][0], result


def _entry(session: Session, row: Row, reference: str) -> Record:
    client = session.client(row)
    return {
        "work_order": _order(session, row, client),
        "service_id": find_on_card(session, client, row.required("service"))["id"],
        "hours": row.required_number("hours"),
        "worked_on": row.required("worked_on"),
        "external_ref": reference,
        "confirm": session.confirm,
    } | technician(session, row.optional("technician"))


def technician(session: Session, name: str | None) -> Record:
    """Returns the only user with that name; otherwise the name alone, because its owner need not be a user."""
    found = session.technicians.get((name or "").strip().lower(), [])
    linked: Record = {"technician_id": found[0]} if len(found) == 1 else {}
    return {"technician_name": name, **linked}


def _order(session: Session, row: Row, client: Record) -> Record:
    order: dict[str, Any] = {
        "number": row.required("work_order"),
        "client_id": client["id"],
        "subject": row["service"],
    }
    if name := row.optional("agreement"):
        agreement = session.agreements.get((str(client["id"]), name.lower()))
        if agreement is None:
            raise RowError(f'agreement: {client["name"]} has no agreement "{name}"')
        order["agreement_id"] = agreement["id"]
    return order


def _references(rows: Sequence[Row]) -> dict[int, str]:
    """Returns a reference for each row, built from its cells so that a second run finds its entry."""
    seen: Counter[str] = Counter()
    references = {}
    for row in rows:
        base = "/".join(row[name] for name in ("work_order", "worked_on", "service", "technician", "hours"))
        seen[base] += 1
        references[id(row)] = f"{base}#{seen[base]}"
    return references


def wait_for_billing(session: Session) -> bool:
    """Returns True once billing has every client's last entry, so that an invoice run finds all of them."""
    return all(until(partial(billed, session.api, entry), seconds=60) for entry in session.last_entries.values())


def billed(api: Api, entry_id: str) -> list[Record]:
    """Returns the billable items of a time entry; none until its event has arrived."""
    items: list[Record] = api.get("/billable-items", source_id=entry_id)["items"]
    return items
