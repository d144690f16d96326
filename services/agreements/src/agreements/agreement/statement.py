"""The statement of an agreement's hours: every ledger row with its balance and the running hash."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from agreements.agreement import chain
from agreements.agreement import hour_math as hm
from agreements.agreement.block_models import HourBlock
from agreements.agreement.hour_models import HourEntry
from agreements.agreement.models import Agreement
from agreements.inbound.replicas import ClientService
from agreements.work.models import TimeEntry, WorkOrder
from common import csvfiles
from common.uow import UnitOfWork

PORTION = 500


def table(work: UnitOfWork, agreement: Agreement) -> Iterator[bytes]:
    """Writes the rows in the order of the ledger."""
    return csvfiles.write(chain.COLUMNS, _rows(work, agreement.id))


def _rows(work: UnitOfWork, agreement_id: UUID) -> Iterator[dict[str, Any]]:
    previous, balance = chain.START, hm.ZERO
    for row in work.session.execute(_ledger(agreement_id).execution_options(yield_per=PORTION)):
        balance += row.hours
        shown = _shown(row, balance)
        previous = chain.link(previous, shown)
        yield {**shown, chain.HASH: previous}


def _shown(row: Row[Any], balance: Decimal) -> dict[str, Any]:
    return {
        "entry_id": str(row.id),
        "recorded_at": row.created_at.isoformat(),
        "period_start": row.period_start.isoformat(),
        "kind": row.kind,
        "hours": format(row.hours, "f"),
        "balance": format(balance, "f"),
        "service": row.service,
        "work_order": row.work_order,
        "worked_on": row.worked_on,
        "block": row.bought_on,
    }


def _ledger(agreement_id: UUID) -> Any:
    """Returns the ledger by id: rows are written under the agreement's lock, so ids have the order of commits."""
    account = ClientService.id == HourEntry.account_id
    used_for = TimeEntry.id == HourEntry.time_entry_id
    columns = (
        HourEntry.id,
        HourEntry.created_at,
        HourEntry.period_start,
        HourEntry.kind,
        HourEntry.hours,
    )
    drawn_for = ClientService.id == HourEntry.client_service_id
    return (
        select(
            *columns,
            ClientService.name.label("service"),
            WorkOrder.number.label("work_order"),
            TimeEntry.worked_on,
            HourBlock.bought_on,
        )
        .outerjoin(HourBlock, HourBlock.id == HourEntry.block_id)
        .outerjoin(ClientService, drawn_for | (HourEntry.client_service_id.is_(None) & account))
        .outerjoin(TimeEntry, used_for)
        .outerjoin(WorkOrder, WorkOrder.id == TimeEntry.work_order_id)
        .where(HourEntry.agreement_id == agreement_id)
        .order_by(HourEntry.id)
    )
