"""The invoice run: bills all unbilled items up to a day, with one invoice per client.

Clients are billed in portions, one transaction each. Concurrent runs wait at the clients' accounts and then find
nothing to bill. A killed run loses its current portion, numbers included. A portion that fails is retried client
by client; the failing client is parked with its reason and the others are billed.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Select, select

from billing.account import locking
from billing.composition import Composition
from billing.config import Settings
from billing.inbound.replicas import Client
from billing.invoice import numbering
from billing.item.models import BILLABLE, BillableItem
from billing.payment import crediting
from billing.run import writing
from billing.run.preparing import Prepared, prepare, waiting
from common.error_texts import describe, explain
from common.errors import Invalid
from common.failures import Kind, classify
from common.jobs import outcome
from common.replicas import find
from common.tasks.execution import Execution
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)

PREVIEW_CHUNK = 500
COUNTED = ("clients", "invoices", "without_email", "items", "parked", "skipped")


def run(
    execution: Execution,
    as_of: date,
    dry_run: bool,
    client_ids: Sequence[str] | None = None,
    exclude_client_ids: Sequence[str] = (),
) -> None:
    """Bills the clients. Counts clients, invoices, invoices without email, items, and parked and skipped clients."""
    only = None if client_ids is None else [UUID(key) for key in client_ids]
    without = [UUID(key) for key in exclude_client_ids]
    clients = execution.transact(partial(_begin, execution, as_of, dry_run, only, without))
    size = PREVIEW_CHUNK if dry_run else Settings.of(execution.app).run_chunk
    for start in range(0, len(clients), size):
        chunk = clients[start : start + size]
        if dry_run:
            execution.transact(partial(_preview, execution, chunk, as_of))
        else:
            _bill(execution, chunk, as_of)
    log.info("invoice_run_finished", as_of=str(as_of), dry_run=dry_run, clients=len(clients))


def require_clients(work: UnitOfWork, client_ids: Sequence[UUID], field: str) -> None:
    """Raises Invalid for unknown clients. A client known only by its items is accepted; those are parked."""
    known = set(work.session.scalars(select(Client.id).where(Client.id.in_(client_ids))))
    items = select(BillableItem.client_id).where(BillableItem.client_id.in_(set(client_ids) - known))
    known |= set(work.session.scalars(items.distinct()))
    for client_id in client_ids:
        if client_id not in known and find(work, Client, client_id) is None:
            raise Invalid({field: [f"Client {client_id} not found."]})


def _begin(
    execution: Execution,
    as_of: date,
    dry_run: bool,
    only: Sequence[UUID] | None,
    without: Sequence[UUID],
    work: UnitOfWork,
) -> list[UUID]:
    """Returns the clients that are still to be billed, and warns once of a day before the latest invoice's."""
    organisation = work.organisation
    clients = list(work.session.scalars(_candidates(as_of, only, without)))
    before = execution.expect(work, len(clients), afresh=dry_run)
    reason = numbering.out_of_order(work, organisation.invoice_series, as_of) if organisation.issue_on_run else None
    if clients and reason and not before:
        execution.advance(work, 0, outcome({}, {"warnings": [reason]}))
    return clients


def _candidates(as_of: date, only: Sequence[UUID] | None, without: Sequence[UUID]) -> Select[UUID]:
    statement = select(BillableItem.client_id).where(BillableItem.status.in_(BILLABLE), BillableItem.dated_on <= as_of)
    if only is not None:
        statement = statement.where(BillableItem.client_id.in_(only))
    if without:
        statement = statement.where(BillableItem.client_id.not_in(without))
    return statement.distinct().order_by(BillableItem.client_id)


def _preview(execution: Execution, chunk: Sequence[UUID], as_of: date, work: UnitOfWork) -> None:
    prepared = prepare(work, chunk, as_of, lock=False)
    execution.advance(work, len(chunk), _part(chunk, prepared, lines=True))


def _bill(execution: Execution, chunk: Sequence[UUID], as_of: date) -> None:
    try:
        execution.transact(partial(_together, execution, chunk, as_of))
    except Exception as error:
        if classify(error) is Kind.AWAY:
            raise  # a missing database is not the client's fault
        if len(chunk) == 1:
            execution.transact(partial(_park, execution, chunk[0], as_of, error))
            return
        log.warning("invoice_run_portion_split", clients=len(chunk), error=describe(error))
        for client_id in chunk:
            _bill(execution, [client_id], as_of)


def _together(execution: Execution, chunk: Sequence[UUID], as_of: date, work: UnitOfWork) -> None:
    prepared = bill(work, chunk, as_of)
    work.flush()
    execution.advance(work, len(chunk), _part(chunk, prepared))


def bill(work: UnitOfWork, client_ids: Sequence[UUID], as_of: date) -> list[Prepared]:
    """Bills one portion in the caller's transaction."""
    locking.lock(work, client_ids)
    prepared = prepare(work, client_ids, as_of, lock=True)
    writing.park(work, {item: cause for one in prepared for item, cause in one.parked.items()})
    made = writing.write(work, prepared, as_of)
    if made and work.organisation.issue_on_run:
        crediting.apply_credit(work, [one.client_id for one in prepared if one.composition])
    return prepared


def _park(execution: Execution, client_id: UUID, as_of: date, error: Exception, work: UnitOfWork) -> None:
    cause = explain(error)[:500]
    log.error("client_parked", client_id=str(client_id), error=describe(error))
    parked = {item.id: cause for item in work.session.execute(waiting([client_id], as_of))}
    writing.park(work, parked)
    execution.advance(work, 1, _part([client_id], [Prepared(client_id, parked=parked)]))


def _part(chunk: Sequence[UUID], prepared: Sequence[Prepared], *, lines: bool = False) -> dict[str, Any]:
    counts = {
        "clients": len(chunk),
        "invoices": sum(one.composition is not None for one in prepared),
        "without_email": sum(one.without_email for one in prepared),
        "items": sum(len(one.item_ids) for one in prepared),
        "parked": sum(len(one.parked) for one in prepared),
        "skipped": sum(one.skipped is not None for one in prepared),
    }
    return outcome(counts, {"clients": [_described(one, lines=lines) for one in prepared]})


def _described(one: Prepared, *, lines: bool) -> dict[str, Any]:
    causes = sorted(set(one.parked.values()))
    described: dict[str, Any] = {
        "client_id": str(one.client_id),
        "client_name": one.client.name if one.client else None,
        "warnings": one.warnings,
        "items": len(one.item_ids),
        "parked": causes,
        "parked_items": len(one.parked),
        "skipped": one.skipped,
        "invoice_id": str(one.invoice_id) if one.invoice_id else None,
        "number": one.number,
    }
    if one.composition:
        described |= _totals(one.composition) | (_lines(one.composition) if lines else {})
    return described


def _totals(composition: Composition) -> dict[str, Any]:
    return {
        "currency": composition.currency,
        "subtotal": f"{composition.subtotal:f}",
        "tax_total": f"{composition.tax_total:f}",
        "total": f"{composition.total:f}",
    }


def _lines(composition: Composition) -> dict[str, Any]:
    return {
        "taxes": [{"name": part.tax.name, "amount": f"{part.amount:f}"} for part in composition.taxes],
        "lines": [
            {
                "description": line.description,
                "quantity": f"{line.quantity:f}",
                "unit_rate": f"{line.rate.rate:f}",
                "rate_source": line.rate.source,
                "amount": f"{line.amount:f}",
            }
            for line in composition.lines
        ],
    }
