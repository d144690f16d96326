"""Computes the effect of a change of many rates on each row, without changing anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.bulk_change.models import FAILED, PENDING, SKIPPED, BulkChangeRow
from clients.client.models import Client
from clients.inbound.replicas import DELETED, CatalogService
from clients.rate_card import across, rates
from clients.rate_card.models import ClientService
from common import fields as own
from common.errors import Conflict, Invalid
from common.money import fits, minor_unit
from common.uow import UnitOfWork

RESET, FOLLOW_CATALOG, ACCEPT, DECLINE = "reset", "follow_catalog", "accept", "decline"
MOST_ROWS = 25_000
RowWithService = tuple[ClientService, CatalogService | None]


@dataclass(frozen=True)
class Change:
    """A change of rates: `percent`, `amount` and `set` change the effective rate, `reset` removes the custom rate,
    `follow_catalog` takes the current catalog rate, `accept` and `decline` decide a rate review."""

    kind: str
    value: Decimal | None = None
    step: Decimal | None = None
    mode: str = rates.NEAREST
    valid_from: date | None = None
    reason: str | None = None
    asked: Mapping[str, Any] = field(default_factory=dict)


def plan(
    work: UnitOfWork,
    change: Change,
    *,
    ids: Sequence[UUID] | None = None,
    filters: Mapping[str, Any] | None = None,
    expected_count: int | None = None,
) -> list[BulkChangeRow]:
    """Returns an entry for each row, in the order of `ids` or of the clients' names; rows to be changed are pending.

    Raises Conflict if the number of rows that match the filter is not `expected_count`.
    """
    if ids is not None:
        rows = {row.id: (row, service) for row, service in _load(work, ClientService.id.in_(ids))}
        wanted = [(row_id, rows.get(row_id)) for row_id in dict.fromkeys(ids)]
    else:
        wanted = [(row.id, (row, service)) for row, service in _load_filtered(work, change, filters or {})]
        _check_count(len(wanted), expected_count)
    return [_entry(position, change, row_id, pair) for position, (row_id, pair) in enumerate(wanted)]


def after(change: Change, row: ClientService, service: CatalogService | None, currency: str) -> Decimal | None:
    """Returns the effective rate of an included row after `change`. Raises Invalid if the change isn't possible."""
    if change.kind == RESET:
        return _default(row)
    if change.kind == FOLLOW_CATALOG:
        return _catalog(row, service, currency)
    if change.kind == ACCEPT:
        return row.review_rate
    if change.kind == DECLINE:
        return row.effective_rate
    assert change.value is not None
    assert row.effective_rate is not None
    rate = rates.stepped(
        rates.changed(row.effective_rate, change.kind, change.value), currency, change.step, change.mode
    )
    if rate < 0:
        raise Invalid({"change": [f"The new rate would be {rate}. A rate can't be negative."]})
    if rate > own.LARGEST:
        raise Invalid({"change": [f"The new rate would be {rate}. The maximum is {own.LARGEST}."]})
    if change.step is not None and not fits(change.step, currency):
        raise Invalid({"rounding": [f"{currency} amounts can't be finer than {minor_unit(currency)}."]})
    return rate


def _load(work: UnitOfWork, *conditions: Any) -> list[RowWithService]:
    statement = across.rows(work).where(*conditions)
    return _with_services(work, statement)


def _load_filtered(work: UnitOfWork, change: Change, filters: Mapping[str, Any]) -> list[RowWithService]:
    statement = across.filtered(work, across.rows(work).where(ClientService.included), filters)
    if change.kind in (ACCEPT, DECLINE):
        statement = statement.where(ClientService.rate_review)
    rows = _with_services(work, statement.order_by(Client.name_key, across.NAME, ClientService.id).limit(MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Invalid({"filter": [f"More than {MOST_ROWS} rows match. Narrow the filter and change them in batches."]})
    return rows


def _with_services(work: UnitOfWork, statement: Any) -> list[RowWithService]:
    rows = work.session.scalars(across.with_hours(statement, work.today)).all()
    service_ids = {row.service_id for row in rows if row.service_id}
    services = {s.id: s for s in work.session.scalars(select(CatalogService).where(CatalogService.id.in_(service_ids)))}
    return [(row, services.get(row.service_id)) for row in rows]


def _check_count(count: int, expected: int | None) -> None:
    if expected is not None and expected != count:
        message = f"You confirmed {expected} rows, but {count} match the filter now. Preview again."
        raise Conflict(message, {"expected_count": [message]})


def _entry(position: int, change: Change, row_id: UUID, pair: RowWithService | None) -> BulkChangeRow:
    entry = BulkChangeRow(position=position, client_service_id=row_id, status=PENDING)
    if pair is None:
        entry.status, entry.error = FAILED, "Service not found on any rate card."
        return entry
    row, service = pair
    entry.client_id, entry.client_name, entry.currency = row.client_id, row.client.name, row.client.currency
    entry.name, entry.before, entry.hours_last_12_months = (
        row.display_name,
        row.effective_rate,
        row.hours_last_12_months,
    )
    if not row.included:
        return _close(entry, SKIPPED, "Not included on the rate card.")
    if change.kind in (ACCEPT, DECLINE) and not row.rate_review:
        return _close(entry, SKIPPED, "No rate review is open for this service.")
    try:
        entry.after = after(change, row, service, row.client.currency)
    except Invalid as error:
        return _close(entry, FAILED, " ".join(message for messages in error.errors.values() for message in messages))
    if _changes_nothing(change, row, entry.after):
        return _close(entry, SKIPPED, "Already has this rate.")
    return entry


def _changes_nothing(change: Change, row: ClientService, rate: Decimal | None) -> bool:
    if change.kind in (ACCEPT, DECLINE):
        return False
    if change.kind in (RESET, FOLLOW_CATALOG):
        return row.custom_rate is None and rate == row.default_rate
    return rate == row.effective_rate


def _close(entry: BulkChangeRow, status: str, error: str) -> BulkChangeRow:
    entry.status, entry.error = status, error
    return entry


def _default(row: ClientService) -> Decimal | None:
    if row.is_custom:
        raise Invalid({"change": ["A custom service has no default rate."]})
    return row.default_rate


def _catalog(row: ClientService, service: CatalogService | None, currency: str) -> Decimal:
    if row.is_custom:
        raise Invalid({"change": ["A custom service has no catalog rate."]})
    if service is None or service.status == DELETED:
        raise Invalid({"change": ["This service is no longer in the catalog."]})
    return service.rate_in(currency)
