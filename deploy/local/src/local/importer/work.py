"""Imports work orders and time in file order, which is the order prepaid hours are drawn in."""

from collections import Counter
from decimal import Decimal
from functools import partial
from typing import Any

from local.api import Api, Problem
from local.importer.people import find_on_card
from local.importer.session import CREATED, UNCHANGED, Record, Session
from local.importer.sheets import Row, RowError
from local.importer.waiting import until


class TimeLoader:
    """Logs time. Each row's reference is built from its cells, so that a second run finds it."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._orders: dict[str, Record] = {}

    def load(self, session: Session, row: Row) -> str:
        reference = self._reference(row)
        client = session.client(row)
        order = self._order(session, row, client)
        body = {
            "service_id": find_on_card(session, client, row.required("service"))["id"],
            "hours": row.required_number("hours"),
            "worked_on": row.required("worked_on"),
            "technician_name": row.optional("technician"),
            "external_ref": reference,
            "confirm": session.confirm,
        }
        try:
            entry = session.api.post(f"/work-orders/{order['id']}/time-entries", body)
        except Problem as problem:
            if problem.status == 409 and "external_ref" in problem.errors:
                return UNCHANGED
            raise
        if Decimal(entry["billable_hours"]) > 0:
            session.last_entries[str(client["id"])] = entry["id"]
        return CREATED

    def _reference(self, row: Row) -> str:
        cells = ("work_order", "worked_on", "service", "technician", "hours")
        base = "/".join(row[name] for name in cells)
        self._seen[base] += 1
        return f"{base}#{self._seen[base]}"

    def _order(self, session: Session, row: Row, client: Record) -> Record:
        number = row.required("work_order")
        if number not in self._orders:
            self._orders[number] = _find_order(session, number) or self._create_order(session, row, client)
        order = self._orders[number]
        if order["client_id"] != client["id"]:
            raise RowError(f"work_order: {number} belongs to another client")
        return order

    def _create_order(self, session: Session, row: Row, client: Record) -> Record:
        body: dict[str, Any] = {"number": row["work_order"], "client_id": client["id"], "subject": row["service"]}
        if name := row.optional("agreement"):
            agreement = session.agreements.get((str(client["id"]), name.lower()))
            if agreement is None:
                raise RowError(f'agreement: {client["name"]} has no agreement "{name}"')
            body["agreement_id"] = agreement["id"]
        created: Record = session.api.post("/work-orders", body)
        return created


def _find_order(session: Session, number: str) -> Record | None:
    found = session.api.get("/work-orders", number=number)["items"]
    return found[0] if found else None


def wait_for_billing(session: Session) -> bool:
    """Returns True once billing has every client's last entry, so that an invoice run finds all of them."""
    return all(until(partial(billed, session.api, entry), seconds=60) for entry in session.last_entries.values())


def billed(api: Api, entry_id: str) -> list[Record]:
    """Returns the billable items of a time entry; none until its event has arrived."""
    items: list[Record] = api.get("/billable-items", source_id=entry_id)["items"]
    return items
