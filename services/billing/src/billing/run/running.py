"""The invoice run: bills all unbilled items up to a day, with one invoice per client.

Clients are billed in portions, one transaction each. Concurrent runs wait at the clients' accounts and then find
nothing to bill. A killed run loses its current portion, numbers included. A portion that fails is retried client
by client; the failing client is parked with its reason and the others are billed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from billing.account import locking
from billing.composition import Composition
from billing.config import settings_of
from billing.inbound.replicas import Client
from billing.invoice import numbering
from billing.item.models import BILLABLE, BillableItem
from billing.payment import crediting
from billing.run import writing
from billing.run.preparing import Prepared, prepare, waiting
from common.app import App
from common.context import Context
from common.error_texts import describe, explain
from common.errors import Invalid
from common.http.errors import transient
from common.jobs import Outcome
from common.messaging.failures import Kind, classify
from common.replicas import find
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)

ATTEMPTS = 3
PREVIEW_CHUNK = 500
COUNTED = ("invoices", "without_email", "items", "parked", "skipped")


def run(
    app: App,
    context: Context,
    as_of: date,
    dry_run: bool,
    client_ids: Sequence[UUID] | None = None,
    without: Sequence[UUID] = (),
) -> Outcome:
    """Bills the clients. Counts clients, invoices, invoices without email, items, and parked and skipped clients."""
    clients = _candidates(app, context, as_of, client_ids, without)
    warnings = _warnings(app, context, as_of) if clients else []
    counts = Counter({"clients": len(clients)} | dict.fromkeys(COUNTED, 0))
    detail: list[dict[str, Any]] = []
    size = PREVIEW_CHUNK if dry_run else settings_of(app.settings).run_chunk
    for start in range(0, len(clients), size):
        chunk = clients[start : start + size]
        for one in _preview(app, context, chunk, as_of) if dry_run else _bill(app, context, chunk, as_of):
            _count(counts, one)
            detail.append(_described(one, lines=dry_run))
    log.info("invoice_run_finished", as_of=str(as_of), dry_run=dry_run, **counts)
    return Outcome(dict(counts), {"clients": detail, "warnings": warnings})


def require_clients(app: App, context: Context, client_ids: Sequence[UUID], field: str) -> None:
    """Raises Invalid for unknown clients. A client known only by its items is accepted; those are parked."""
    with app.work(context) as work:
        known = set(work.session.scalars(select(Client.id).where(Client.id.in_(client_ids))))
        items = select(BillableItem.client_id).where(BillableItem.client_id.in_(set(client_ids) - known))
        known |= set(work.session.scalars(items.distinct()))
        for client_id in client_ids:
            if client_id not in known and find(work, Client, client_id) is None:
                raise Invalid({field: [f"Client {client_id} not found."]})


def _candidates(
    app: App, context: Context, as_of: date, only: Sequence[UUID] | None, without: Sequence[UUID]
) -> list[UUID]:
    statement = select(BillableItem.client_id).where(BillableItem.status.in_(BILLABLE), BillableItem.dated_on <= as_of)
    if only is not None:
        statement = statement.where(BillableItem.client_id.in_(only))
    if without:
        statement = statement.where(BillableItem.client_id.not_in(without))
    with app.work(context) as work:
        return list(work.session.scalars(statement.distinct().order_by(BillableItem.client_id)))


def _warnings(app: App, context: Context, as_of: date) -> list[str]:
    with app.work(context) as work:
        if not work.organisation.issue_on_run:
            return []
        reason = numbering.out_of_order(work, work.organisation.invoice_series, as_of)
    return [reason] if reason else []


def _preview(app: App, context: Context, chunk: Sequence[UUID], as_of: date) -> list[Prepared]:
    with app.work(context) as work:
        return prepare(work, chunk, as_of, lock=False)


def _bill(app: App, context: Context, chunk: Sequence[UUID], as_of: date) -> Iterator[Prepared]:
    try:
        yield from _together(app, context, chunk, as_of)
    except Exception as error:
        if classify(error) is Kind.AWAY:
            raise  # a missing database is not the client's fault
        if len(chunk) == 1:
            yield _park(app, context, chunk[0], as_of, error)
            return
        log.warning("invoice_run_portion_split", clients=len(chunk), error=describe(error))
        for client_id in chunk:
            yield from _bill(app, context, [client_id], as_of)


def _together(app: App, context: Context, chunk: Sequence[UUID], as_of: date) -> list[Prepared]:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with app.work(context) as work:
                return bill(work, chunk, as_of)
        except DBAPIError as error:
            if attempt == ATTEMPTS or not transient(error):
                raise
    raise AssertionError("unreachable")


def bill(work: UnitOfWork, client_ids: Sequence[UUID], as_of: date) -> list[Prepared]:
    """Bills one portion in the caller's transaction."""
    locking.lock(work, client_ids)
    prepared = prepare(work, client_ids, as_of, lock=True)
    writing.park(work, {item: cause for one in prepared for item, cause in one.parked.items()})
    made = writing.write(work, prepared, as_of)
    if made and work.organisation.issue_on_run:
        crediting.apply_credit(work, [one.client_id for one in prepared if one.composition])
    return prepared


def _park(app: App, context: Context, client_id: UUID, as_of: date, error: Exception) -> Prepared:
    cause = explain(error)[:500]
    log.error("client_parked", client_id=str(client_id), error=describe(error))
    with app.work(context) as work:
        parked = {item.id: cause for item in work.session.execute(waiting([client_id], as_of))}
        writing.park(work, parked)
    return Prepared(client_id, parked=parked)


def _count(counts: Counter[str], one: Prepared) -> None:
    counts["invoices"] += one.composition is not None
    counts["without_email"] += one.without_email
    counts["items"] += len(one.item_ids)
    counts["parked"] += len(one.parked)
    counts["skipped"] += one.skipped is not None


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
