"""Unbilled work by client: what the next invoices charge at today's rates, the oldest work first."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, func, select

from billing import unbilled
from billing.inbound.replicas import Client
from billing.item.models import BILLABLE, EXPENSE, TIME, BillableItem
from billing.report.schemas import UNBILLED
from common import streaming
from common.pages import Page, ordering, paginate
from common.planning import cell
from common.uow import UnitOfWork

DEFAULT = "oldest_on"
FOREIGN = "Amounts in {} are left out."
UNPRICED = "{} parked items have no price yet."
HEADINGS = {
    "client_name": "Client",
    "currency": "Currency",
    "oldest_on": "Oldest",
    "items": "Items",
    "hours": "Hours",
    "time_amount": "Time",
    "expense_amount": "Expenses",
    "other_amount": "Other",
    "total": "Total",
    "parked": "Parked",
    "held": "Held",
    "incomplete": "Left out",
}
"""The columns of exports, and their names in the PDF."""


def page_of(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement, waiting = _clients(page)
    sorts = _sorts(waiting)
    found = paginate(work.session, statement, page, sorts=sorts, default=DEFAULT, key=Client.id)
    return {**found, "items": _rows(work, page, found["items"])}


def rows(work: UnitOfWork, page: Page) -> Iterator[dict[str, str]]:
    """Yields all rows as an export shows them."""
    statement, waiting = _clients(page)
    ordered = statement.order_by(*ordering(page, sorts=_sorts(waiting), default=DEFAULT, key=Client.id))
    portions = streaming.portions(work.session, ordered)
    found = (row for portion in portions for row in _rows(work, page, portion))
    return (_line(UNBILLED.dump(row)) for row in found)


def _line(shown: dict[str, Any]) -> dict[str, str]:
    values = {**shown, "incomplete": " ".join(shown["incomplete"])}
    return {name: cell(values[name]) for name in HEADINGS}


def _sorts(waiting: Subquery) -> dict[str, Any]:
    return {"oldest_on": waiting.c.oldest_on, "name": Client.name}


def _clients(page: Page) -> tuple[Select[Any], Subquery]:
    oldest = func.min(BillableItem.dated_on).label("oldest_on")
    items = select(BillableItem.client_id, oldest).where(BillableItem.status.in_(BILLABLE), *_matching(page))
    waiting = items.group_by(BillableItem.client_id).subquery("waiting")
    return select(Client).join(waiting, waiting.c.client_id == Client.id), waiting


def _matching(page: Page) -> list[Any]:
    found = []
    if "client_id" in page.filters:
        found.append(BillableItem.client_id == page.filters["client_id"])
    if "dated_lte" in page.filters:
        found.append(BillableItem.dated_on <= page.filters["dated_lte"])
    return found


def _rows(work: UnitOfWork, page: Page, clients: Sequence[Client]) -> list[dict[str, Any]]:
    if not clients:
        return []
    oldest = func.min(BillableItem.dated_on).label("oldest_on")
    statement = unbilled.groups().add_columns(oldest)
    statement = statement.where(BillableItem.client_id.in_([client.id for client in clients]), *_matching(page))
    groups: dict[UUID, list[Any]] = {client.id: [] for client in clients}
    for priced in unbilled.price_groups(work, work.session.execute(statement).all()):
        groups[priced[0].client_id].append(priced)
    return [_row(client, groups[client.id]) for client in clients]


def _row(client: Client, groups: Sequence[tuple[Any, str, Decimal | None]]) -> dict[str, Any]:
    amounts = {TIME: Decimal(0), EXPENSE: Decimal(0), "other": Decimal(0)}
    for row, currency, amount in groups:
        if currency == client.currency:
            amounts[row.source_type if row.source_type in amounts else "other"] += amount or Decimal(0)
    return {
        "id": client.id,
        "client_id": client.id,
        "client_name": client.name,
        "currency": client.currency,
        "oldest_on": min(row.oldest_on for row, _, _ in groups),
        "items": sum(row.items for row, _, _ in groups),
        "hours": sum((row.quantity for row, _, _ in groups if row.source_type == TIME), Decimal(0)),
        "time_amount": amounts[TIME],
        "expense_amount": amounts[EXPENSE],
        "other_amount": amounts["other"],
        "total": sum(amounts.values(), Decimal(0)),
        "parked": sum(row.parked for row, _, _ in groups),
        "held": sum(row.held for row, _, _ in groups),
        "incomplete": _left_out(client, groups),
    }


def _left_out(client: Client, groups: Sequence[tuple[Any, str, Decimal | None]]) -> list[str]:
    foreign = sorted({currency for _, currency, _ in groups} - {client.currency})
    unpriced = sum(row.items for row, _, amount in groups if amount is None)
    found = [FOREIGN.format(currency) for currency in foreign]
    return [*found, UNPRICED.format(unpriced)] if unpriced else found
