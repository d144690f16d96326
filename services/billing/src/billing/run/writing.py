"""Writes the invoices of many clients with a fixed number of statements; takes numbers last."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from billing.bulk import insert_rows
from billing.document import queueing
from billing.invoice import events, numbering
from billing.invoice.addressing import Addresses, bill_to, billing_addresses, seller
from billing.invoice.models import DRAFT, ISSUED, PAID, Invoice, InvoiceLine, InvoiceTax
from billing.invoice.refreshing import made_for
from billing.invoice.rows import line_row, tax_rows
from billing.run.preparing import Prepared
from common.ids import new_id
from common.uow import UnitOfWork

TAKE_ITEMS = text(
    """UPDATE billable_item AS item
       SET status = 'invoiced', invoice_id = taken.invoice_id, parked_cause = NULL,
           version = item.version + 1, updated_at = :now
       FROM unnest(CAST(:items AS uuid[]), CAST(:invoices AS uuid[])) AS taken(item_id, invoice_id)
       WHERE item.id = taken.item_id AND item.status IN ('open', 'parked')"""
)
LINK_ITEMS = text(
    """INSERT INTO invoice_line_item (line_id, item_id, invoice_id, live)
       SELECT line_id, item_id, invoice_id, true
       FROM unnest(CAST(:lines AS uuid[]), CAST(:items AS uuid[]), CAST(:invoices AS uuid[]))
            AS linked(line_id, item_id, invoice_id)"""
)
PARK_ITEMS = text(
    """UPDATE billable_item AS item
       SET status = 'parked', parked_cause = parked.cause, version = item.version + 1, updated_at = :now
       FROM unnest(CAST(:items AS uuid[]), CAST(:causes AS text[])) AS parked(item_id, cause)
       WHERE item.id = parked.item_id AND item.status IN ('open', 'parked')
             AND item.parked_cause IS DISTINCT FROM parked.cause"""
)


class Taken(RuntimeError):
    """Raised if another transaction billed an item; the whole portion is rolled back."""


def park(work: UnitOfWork, causes: dict[UUID, str]) -> None:
    if causes:
        values = {"items": list(causes), "causes": list(causes.values()), "now": work.now}
        work.session.execute(PARK_ITEMS, values)


def write(work: UnitOfWork, prepared: Sequence[Prepared], as_of: date) -> list[UUID]:
    """Creates the composed invoices, issued or as drafts. Returns their ids."""
    ready = [one for one in prepared if one.composition]
    if not ready:
        return []
    ids = [new_id() for _ in ready]
    _take_items(work, ready, ids)
    _insert_lines(work, ready, ids)
    addresses = billing_addresses(work, [one.client for one in ready])
    rows = [_invoice(work, one, key, addresses) for one, key in zip(ready, ids, strict=True)]
    if work.organisation.issue_on_run:
        _number(work, rows, as_of)
    insert_rows(work.session, Invoice, rows)
    for one, row in zip(ready, rows, strict=True):
        one.invoice_id, one.number = row["id"], row["number"]
    if work.organisation.issue_on_run:
        queueing.request(work, ids)
    for row in rows:
        work.emit(events.ISSUED if work.organisation.issue_on_run else events.CREATED, row)
    return ids


def _take_items(work: UnitOfWork, ready: Sequence[Prepared], ids: Sequence[UUID]) -> None:
    items = [item for one in ready for item in one.item_ids]
    invoices = [key for one, key in zip(ready, ids, strict=True) for _ in one.item_ids]
    done: Any = work.session.execute(TAKE_ITEMS, {"items": items, "invoices": invoices, "now": work.now})
    if done.rowcount != len(items):
        raise Taken(f"{len(items) - done.rowcount} items were billed by another run.")


def _insert_lines(work: UnitOfWork, ready: Sequence[Prepared], ids: Sequence[UUID]) -> None:
    lines: list[dict[str, Any]] = []
    taxes: list[dict[str, Any]] = []
    links: dict[str, list[UUID]] = {"lines": [], "items": [], "invoices": []}
    for one, invoice_id in zip(ready, ids, strict=True):
        assert one.composition is not None
        for position, line in enumerate(one.composition.lines, 1):
            row = line_row(line, invoice_id, position)
            lines.append(row)
            links["lines"] += [row["id"]] * len(line.item_ids)
            links["items"] += line.item_ids
            links["invoices"] += [invoice_id] * len(line.item_ids)
        taxes += tax_rows(one.composition.taxes, invoice_id)
    insert_rows(work.session, InvoiceLine, lines)
    work.session.execute(LINK_ITEMS, links)
    insert_rows(work.session, InvoiceTax, taxes)


def _invoice(work: UnitOfWork, one: Prepared, invoice_id: UUID, addresses: Addresses) -> dict[str, Any]:
    assert one.composition is not None
    organisation = work.organisation
    addressed = bill_to(one.client, addresses)
    drafted = {} if work.organisation.issue_on_run else {"drafted_for": made_for(one.client, addressed)}
    return drafted | {
        "id": invoice_id,
        "version": 1,
        "created_at": work.now,
        "updated_at": work.now,
        "series": organisation.invoice_series,
        "number": None,
        "number_order": 0,
        "client_id": one.client_id,
        "client_name": one.client.name,
        "agreement_id": None,
        "status": DRAFT,
        "issued_on": None,
        "due_on": None,
        "net_terms": one.client.net_terms,
        "currency": one.composition.currency,
        "subtotal": one.composition.subtotal,
        "tax_total": one.composition.tax_total,
        "total": one.composition.total,
        "balance": one.composition.total,
        "tax_rounding": organisation.tax_rounding,
        "notes": None,
        "bill_to": addressed,
        "seller": seller(organisation, one.composition.currency),
        "time_entry_ids": one.time_entry_ids,
        "expense_ids": one.expense_ids,
        "warnings": one.warnings,
    }


def _number(work: UnitOfWork, rows: Sequence[dict[str, Any]], as_of: date) -> None:
    """Numbers the rows in the given order and issues them with the date `as_of`."""
    numbers = numbering.take(work, rows[0]["series"], as_of, len(rows))
    for row, number in zip(rows, numbers, strict=True):
        row |= {"number": number.text, "number_order": number.order, "issued_on": as_of}
        row |= {"due_on": as_of + timedelta(days=row["net_terms"]), "status": ISSUED if row["total"] else PAID}
