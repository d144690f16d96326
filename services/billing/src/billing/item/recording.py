"""Billable items from sources of other services: one per source, and one more for each change after its invoice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, literal_column, null, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from billing.inbound.replicas import Successor
from billing.item.adjusting import adjust, charged_rates
from billing.item.models import CLOSED, INVOICED, OPEN, TIME, BillableItem
from common import successors
from common.ids import new_id
from common.uow import UnitOfWork

MOVED = ("client_id", "client_service_id")
"""Columns that follow a merge."""
REPLACED = (
    *("source_sequence", "client_id", "agreement_id", "client_service_id", "service_id", "service_name", "unit"),
    *("dated_on", "quantity", "worked_hours", "overage", "work_order_number", "technician_name", "note", "held"),
    *("description", "unit_rate", "currency", "tax_code_id", "status", "updated_at"),
)
ITEM = BillableItem.__table__.c
ADDED = insert(BillableItem)
# Literals instead of parameters here: with parameters each row would be a statement of its own.
PUT = ADDED.on_conflict_do_update(
    index_elements=["source_type", "source_id", "part"],
    set_={name: ADDED.excluded[name] for name in REPLACED}
    | {"version": ITEM.version + literal_column("1"), "parked_cause": null()},
    where=and_(
        ITEM.source_sequence < ADDED.excluded.source_sequence,
        ITEM.status != literal_column(f"'{INVOICED}'"),
        ITEM.adjusted.is_(False),
    ),
).returning(ITEM.source_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """A version of a time entry; `hours` is billable hours, 0 if covered or deleted."""

    id: UUID
    version: int
    client_id: UUID
    agreement_id: UUID | None
    client_service_id: UUID | None
    service_id: UUID | None
    service_name: str | None
    unit: str | None
    worked_on: date
    hours: Decimal
    worked_hours: Decimal | None
    overage: bool
    work_order_number: str | None
    technician_name: str | None
    note: str | None
    held: bool = False
    """True while the time waits for approval."""


def record_time(work: UnitOfWork, entries: Sequence[Time]) -> None:
    """Records the newest version of each time entry. Older versions change nothing."""
    record(work, [_row(work, entry) for entry in entries])


def record(work: UnitOfWork, versions: Sequence[dict[str, Any]]) -> None:
    """Writes the items of one kind of source from versions of it. Older versions change nothing.

    Uses one statement for sources without an invoice, and a fixed number for those changed after their invoice.
    """
    newest: dict[UUID, dict[str, Any]] = {}
    for row in versions:
        known = newest.get(row["source_id"])
        if known is None or known["source_sequence"] < row["source_sequence"]:
            newest[row["source_id"]] = row
    rows = [newest[key] for key in sorted(newest)]
    recorded = _put(work, rows)
    left = [row for row in rows if row["source_id"] not in recorded]
    if left:
        _after_the_invoice(work, left)


def _row(work: UnitOfWork, entry: Time) -> dict[str, Any]:
    return {
        "source_type": TIME,
        "source_id": entry.id,
        "part": "",
        "source_sequence": entry.version,
        "client_id": entry.client_id,
        "agreement_id": entry.agreement_id,
        "client_service_id": entry.client_service_id,
        "service_id": entry.service_id,
        "service_name": entry.service_name or "Time",
        "unit": entry.unit or "Hour",
        "dated_on": entry.worked_on,
        "quantity": entry.hours,
        "worked_hours": entry.worked_hours,
        "overage": entry.overage,
        "work_order_number": entry.work_order_number,
        "technician_name": entry.technician_name,
        "note": entry.note,
        "held": entry.held,
        "description": None,
        "unit_rate": None,
        "currency": None,
        "tax_code_id": None,
        "status": OPEN if entry.hours else CLOSED,
        "updated_at": work.now,
    }


def _put(work: UnitOfWork, rows: Sequence[dict[str, Any]]) -> set[UUID]:
    """Returns the sources whose item was written."""
    new = {"version": 1, "adjusted": False, "created_at": work.now}
    items = [{"id": new_id(), **new, **row} for row in rows]
    return set(work.session.connection().execute(PUT, items).scalars())


def _after_the_invoice(work: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    """Adds an item with the difference for each source that is invoiced. Ignores old versions."""
    sources = [(row["source_type"], row["source_id"]) for row in rows]
    of_sources = select(BillableItem).where(tuple_(BillableItem.source_type, BillableItem.source_id).in_(sources))
    items: dict[UUID, list[BillableItem]] = defaultdict(list)
    for item in work.session.scalars(of_sources.order_by(BillableItem.id).with_for_update()):
        items[item.source_id].append(item)
    due = [row for row in rows if all(one.source_sequence < row["source_sequence"] for one in items[row["source_id"]])]
    if not due:
        return
    first = [item.id for row in due for item in items[row["source_id"]] if item.part == ""]
    marked = {"adjusted": True, "version": BillableItem.version + 1}
    work.session.execute(update(BillableItem).where(BillableItem.id.in_(first)).values(marked))
    charged = charged_rates(work, [item for row in due for item in items[row["source_id"]]])
    # Stored items follow merges, so ids of merged clients and rows are replaced here too.
    stored = successors.among(work.session, Successor, {row[name] for row in due for name in MOVED if row[name]})
    for row in due:
        adjust(work, items[row["source_id"]], row | {name: stored.get(row[name], row[name]) for name in MOVED}, charged)
