"""Prices and composes the unbilled items of some clients. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Select, select

from billing import plausible, ratebook
from billing.composition import Charge, Composition, compose
from billing.invoice.addressing import NO_EMAIL
from billing.item.models import BILLABLE, EXPENSE, TIME, BillableItem
from billing.ratebook import RateBook, Wanted
from billing.rates import as_charged, stated
from common.fields import LARGEST
from common.rates import Resolved
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)

COLUMNS = (
    "id",
    "client_id",
    "agreement_id",
    "client_service_id",
    "service_id",
    "service_name",
    "description",
    "unit",
    "quantity",
    "worked_hours",
    "dated_on",
    "unit_rate",
    "rate_source",
    "tax_code_id",
    "currency",
    "overage",
    "work_order_number",
    "source_type",
    "source_id",
    "held",
)


@dataclass
class Prepared:
    """One client's part of a run: an invoice or the reason for none, and parked items with their reasons."""

    client_id: UUID
    client: Any = None
    composition: Composition | None = None
    item_ids: list[UUID] = field(default_factory=list)
    time_entry_ids: list[UUID] = field(default_factory=list)
    expense_ids: list[UUID] = field(default_factory=list)
    parked: dict[UUID, str] = field(default_factory=dict)
    skipped: str | None = None
    invoice_id: UUID | None = None
    number: str | None = None
    """The number of the created invoice; None for a draft."""

    @property
    def without_email(self) -> bool:
        return self.composition is not None and not self.client.invoice_email

    @property
    def warnings(self) -> list[str]:
        found = list(self.composition.warnings) if self.composition else []
        if self.without_email:
            found.append(NO_EMAIL)
        return found


def waiting(client_ids: Sequence[UUID], as_of: date) -> Select[Any]:
    columns = [getattr(BillableItem, name) for name in COLUMNS]
    return (
        select(*columns)
        .where(
            BillableItem.client_id.in_(client_ids), BillableItem.status.in_(BILLABLE), BillableItem.dated_on <= as_of
        )
        .order_by(BillableItem.id)
    )


def prepare(work: UnitOfWork, client_ids: Sequence[UUID], as_of: date, *, lock: bool) -> list[Prepared]:
    """Returns one Prepared per client with unbilled items, in the given order."""
    statement = waiting(client_ids, as_of)
    items = work.session.execute(statement.with_for_update() if lock else statement).all()
    book = ratebook.load(work, {_wanted(item) for item in items})
    by_client: dict[UUID, list[Any]] = {}
    for item in items:
        by_client.setdefault(item.client_id, []).append(item)
    rounding = work.organisation.tax_rounding
    return [prepare_client(book, key, by_client[key], rounding) for key in client_ids if key in by_client]


def prepare_client(book: RateBook, client_id: UUID, items: Sequence[Any], rounding: str) -> Prepared:
    prepared = Prepared(client_id, book.clients.get(client_id))
    if prepared.client is None:
        prepared.parked = dict.fromkeys((item.id for item in items), "The client's data has not arrived yet.")
        return prepared
    held = sum(item.held for item in items)
    if held:
        prepared.skipped = f"{_entries(held)} for approval. The client's invoice waits until then."
        return prepared
    currency = prepared.client.currency
    prepared.parked = {item.id: cause for item in items if (cause := _waits(book, item, currency))}
    good = [item for item in items if item.id not in prepared.parked]
    if not good:
        return prepared
    charges = [_charge(book, item, currency) for item in good]
    composition = None if _too_large(charges) else compose(charges, currency, rounding)
    if composition is None or composition.total > LARGEST:
        prepared.parked |= {item.id: plausible.TOO_LARGE for item in good}
        return prepared
    if composition.total < 0:
        prepared.skipped = "Credits exceed charges. They are applied to the next charges."
        return prepared
    prepared.composition = composition
    prepared.item_ids = [item.id for item in good]
    prepared.time_entry_ids = _sources(good, TIME)
    prepared.expense_ids = _sources(good, EXPENSE)
    for line in composition.lines:
        if line.rate.warning:
            log.warning("rate_missing", client_id=str(client_id), service=line.charge.service_name)
    return prepared


def _sources(items: Sequence[Any], kind: str) -> list[UUID]:
    return list(dict.fromkeys(item.source_id for item in items if item.source_type == kind))


def _entries(count: int) -> str:
    return "1 time entry waits" if count == 1 else f"{count} time entries wait"


def _waits(book: RateBook, item: Any, currency: str) -> str | None:
    """Returns why the item cannot be billed yet, or None."""
    return _foreign(book, item, currency) or _unpriced(book, item, currency) or book.treatment(_wanted(item)).unknown


def _unpriced(book: RateBook, item: Any, currency: str) -> str | None:
    if item.unit_rate is not None:
        return None
    timed = item.source_type == TIME
    return book.unpriced(_wanted(item), currency, item.quantity, overage=item.overage, time=timed)


def _foreign(book: RateBook, item: Any, currency: str) -> str | None:
    """Returns why an item in another currency waits: an invoice has one currency, without conversion."""
    agreement = book.agreements.get(item.agreement_id) if item.agreement_id else None
    of_item = item.currency or (agreement.currency if agreement else None) or currency
    return None if of_item == currency else f"The item is in {of_item}, but the client is billed in {currency}."


def _too_large(charges: Sequence[Charge]) -> bool:
    """Checks the amounts before taxes and rounding, because larger numbers cannot be rounded."""
    return sum((charge.bound for charge in charges), Decimal(0)) > LARGEST


def _charge(book: RateBook, item: Any, currency: str) -> Charge:
    model = book.model(_wanted(item), currency, overage=item.overage) if item.unit_rate is None else None
    return Charge(
        item_id=item.id,
        quantity=item.quantity,
        worked=item.worked_hours,
        rate=_rate(book, item),
        service_name=item.service_name,
        unit=item.unit,
        service_id=item.service_id,
        client_service_id=item.client_service_id,
        description=item.description,
        work_order=item.work_order_number,
        treatment=book.treatment(_wanted(item)),
        own_tax_code_id=item.tax_code_id,
        model=model,
        month=item.dated_on.replace(day=1) if model else None,
    )


def _rate(book: RateBook, item: Any) -> Resolved:
    rate: Decimal | None = item.unit_rate
    if rate is None:
        return book.rate(_wanted(item), overage=item.overage)
    return as_charged(rate, item.rate_source) if item.rate_source else stated(rate)


def _wanted(item: Any) -> Wanted:
    return Wanted(
        *(item.client_id, item.agreement_id, item.client_service_id, item.service_id),
        on=item.dated_on,
        tax_code_id=item.tax_code_id,
    )
