"""Billable items from time entries: one per entry, and one more for each change after its invoice."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select, update
from sqlalchemy.dialects.postgresql import insert

from billing.inbound.replicas import Successor
from billing.item.adjusting import adjust
from billing.item.models import CLOSED, INVOICED, OPEN, TIME, BillableItem
from common import successors
from common.ids import new_id
from common.uow import UnitOfWork

ZERO = Decimal(0)


def record_time(
    work: UnitOfWork,
    *,
    id: UUID,
    version: int,
    client_id: UUID,
    worked_on: date,
    hours: Decimal,
    service_name: str | None,
    unit: str | None,
    **values: Any,
) -> None:
    """Records the newest version of a time entry; `hours` is billable hours, 0 if covered or deleted.

    Uses one statement for an entry without an invoice. Older versions change nothing.
    """
    row = {
        "source_type": TIME,
        "source_id": id,
        "part": "",
        "source_sequence": version,
        "client_id": client_id,
        "dated_on": worked_on,
        "quantity": hours,
        "service_name": service_name or "Time",
        "unit": unit or "Hour",
        "status": OPEN if hours else CLOSED,
        "updated_at": work.now,
        **values,
    }
    if not _put(work, row):
        _after_the_invoice(work, row)


def _put(work: UnitOfWork, row: dict[str, Any]) -> bool:
    statement = insert(BillableItem).values(id=new_id(), version=1, adjusted=False, created_at=work.now, **row)
    statement = statement.on_conflict_do_update(
        index_elements=["source_type", "source_id", "part"],
        set_={**row, "version": BillableItem.version + 1, "parked_cause": None},
        where=and_(
            BillableItem.source_sequence < statement.excluded.source_sequence,
            BillableItem.status != INVOICED,
            BillableItem.adjusted.is_(False),
        ),
    )
    return work.session.scalar(statement.returning(BillableItem.id)) is not None


def _after_the_invoice(work: UnitOfWork, row: dict[str, Any]) -> None:
    """Adds an item with the difference if the entry is invoiced. Ignores old versions."""
    of_source = select(BillableItem).where(
        BillableItem.source_type == row["source_type"], BillableItem.source_id == row["source_id"]
    )
    items = list(work.session.scalars(of_source.order_by(BillableItem.id).with_for_update()))
    if any(item.source_sequence >= row["source_sequence"] for item in items):
        return
    work.session.execute(
        update(BillableItem)
        .where(BillableItem.id == next(item.id for item in items if item.part == ""))
        .values(adjusted=True, version=BillableItem.version + 1)
    )
    adjust(work, items, row | _as_stored(work, row))


def _as_stored(work: UnitOfWork, row: dict[str, Any]) -> dict[str, Any]:
    """Returns the row with merged ids replaced, because stored items follow merges."""
    named = {name: row.get(name) for name in ("client_id", "client_service_id")}
    return {name: value and successors.current(work.session, Successor, value) for name, value in named.items()}
