"""Exports a client's statement as a CSV file."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from billing.account import queries
from billing.account.schemas import STATEMENT
from common import csvfiles
from common.planning import cell
from common.uow import UnitOfWork

COLUMNS = ("date", "kind", "reference", "amount", "balance", "currency")
FROM_ENTRY = {"date": "on", "kind": "kind", "reference": "reference", "amount": "amount", "balance": "balance"}


def table(
    work: UnitOfWork, client_id: UUID, *, start: date | None, end: date | None, currency: str | None
) -> Iterator[bytes]:
    """Writes the opening balance, each entry with the balance after it, and the closing balance."""
    shown = STATEMENT.dump(queries.statement(work, client_id, start=start, end=end, currency=currency))
    return csvfiles.write(COLUMNS, _rows(shown))


def _rows(shown: dict[str, Any]) -> Iterator[dict[str, str]]:
    currency = {"currency": shown["currency"]}
    plain = dict.fromkeys(COLUMNS, "") | currency
    yield plain | {"date": cell(shown["start"]), "kind": "opening balance", "balance": shown["opening_balance"]}
    for entry in shown["entries"]:
        yield {column: cell(entry[name]) for column, name in FROM_ENTRY.items()} | currency
    yield plain | {"date": shown["end"], "kind": "closing balance", "balance": shown["closing_balance"]}
