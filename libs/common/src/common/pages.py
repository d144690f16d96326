"""Keyset pages: all pages cost the same, and rows inserted between two pages shift none."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zlib import crc32

import orjson
from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    CompoundSelect,
    Executable,
    Select,
    and_,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session

from common.errors import Invalid

DEFAULT_SIZE, LARGEST_SIZE = 50, 100
COUNTED = 1_000
"""The largest total that is counted unasked. Counting more rows would cost more than the page."""
LARGEST_INTEGER, LARGEST_EXPONENT = 2**63 - 1, 40


@dataclass(frozen=True)
class Page:
    """A request for a page: `sort` as sent ("-created_at,name"), `filters` as loaded by the list's schema.

    `hidden` names the fields that the actor does not see, so that no order discloses them. With `finds_nothing` the
    actor filtered by one of them. `exact` asks for an exact total, however large.
    """

    size: int = DEFAULT_SIZE
    cursor: str | None = None
    sort: str | None = None
    q: str | None = None
    filters: dict[str, Any] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    finds_nothing: bool = False
    exact: bool = False


@dataclass(frozen=True)
class Order:
    name: str
    column: ColumnElement[Any]
    descending: bool


def paginate(
    session: Session,
    statement: Select[Any],
    page: Page,
    *,
    sorts: Mapping[str, Any],
    default: str,
    key: Any,
    counted: Select[Any] | CompoundSelect[Any] | None = None,
) -> dict[str, Any]:
    """Returns `{"items", "next_cursor", "total", "total_is_exact"}` for a SELECT of one entity.

    `sorts` maps public names to NOT NULL columns or expressions; `default` is a sort; `key` is the unique last sort
    column, usually the id. `counted` has the same number of rows and is cheaper to count, for example without a join.
    Only the first page has a total: later ones say null. Above COUNTED it is an estimate unless asked to be exact.
    Raises Invalid for an unknown sort or an invalid cursor.
    """
    orders = _orders(page.sort or default, _open(sorts, page), key)
    if page.finds_nothing:
        return {"items": [], "next_cursor": None, "total": 0, "total_is_exact": True}
    selected = statement
    if page.cursor:
        selected = selected.where(_after(orders, _decode(page.cursor, orders)))
    ordered = selected.order_by(*_directed(orders))
    entity_and_keys = ordered.add_columns(*(o.column for o in orders)).limit(page.size + 1)
    rows = session.execute(entity_and_keys).unique().all()
    more = len(rows) > page.size
    rows = rows[: page.size]
    total, exact = (None, False) if page.cursor else (len(rows), True)
    if more and not page.cursor:
        keys = statement.with_only_columns(key, maintain_column_froms=True)
        total, exact = _total(session, keys if counted is None else counted, keys, exact=page.exact)
    cursor = _encode(orders, rows[-1][-len(orders) :]) if more else None
    return {"items": [row[0] for row in rows], "next_cursor": cursor, "total": total, "total_is_exact": exact}


def cursor_of(sort: str, sorts: Mapping[str, Any], key: Any, values: Sequence[Any]) -> str:
    """Returns the cursor behind the row with these `values` of its sort columns and its key."""
    return _encode(_orders(sort, sorts, key), values)


def ordering(page: Page, *, sorts: Mapping[str, Any], default: str, key: Any) -> list[ColumnElement[Any]]:
    """Returns the list's ORDER BY, for an export that has no pages. Raises Invalid for an unknown sort."""
    return _directed(_orders(page.sort or default, _open(sorts, page), key))


def _open(sorts: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """Returns the sorts without those by a field that the actor does not see: their order and cursor would tell it."""
    return {name: column for name, column in sorts.items() if name not in page.hidden}


def _directed(orders: Sequence[Order]) -> list[ColumnElement[Any]]:
    return [order.column.desc() if order.descending else order.column.asc() for order in orders]


class _Plan(Executable, ClauseElement):
    """EXPLAIN of a SELECT with the parameters of the SELECT."""

    inherit_cache = False

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement


@compiles(_Plan, "postgresql")
def _explain(element: _Plan, compiler: Any, **options: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.statement, **options)}"


def _total(
    session: Session, counted: Select[Any] | CompoundSelect[Any], estimated: Select[Any], *, exact: bool
) -> tuple[int, bool]:
    """Returns the number of rows and whether it is exact; above COUNTED, the planner estimates it unless asked."""
    unordered = counted.order_by(None)
    some = (unordered if exact else unordered.limit(COUNTED + 1)).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    if exact or total <= COUNTED:
        return total, True
    plan = session.execute(_Plan(estimated.order_by(None))).scalar_one()
    return max(int(plan[0]["Plan"]["Plan Rows"]), total), False


def _orders(sort: str, sorts: Mapping[str, Any], key: Any) -> list[Order]:
    orders = []
    for part in filter(None, (p.strip() for p in sort.split(","))):
        name = part.removeprefix("-")
        if name not in sorts:
            raise Invalid({"sort": [f'Can\'t sort by "{name}". Choose one of: {", ".join(sorts)}.']})
        orders.append(Order(name, sorts[name], part.startswith("-")))
    last = orders[-1].descending if orders else False
    return [*orders, Order("id", key, last)]


def _after(orders: Sequence[Order], values: Sequence[Any]) -> ColumnElement[bool]:
    """Returns the condition for rows after the cursor; with one direction, a comparison of tuples for the index."""
    # Bound, because SQLAlchemy does not compare with True by "<".
    values = [literal(value) if isinstance(value, bool) else value for value in values]
    if len({o.descending for o in orders}) == 1:
        left, right = tuple_(*(o.column for o in orders)), tuple_(*values)
        # The first column again by itself, because an index can use only this if the others are of another table.
        first = orders[0].column
        if orders[0].descending:
            return and_(first <= values[0], left < right)
        return and_(first >= values[0], left > right)
    branches: list[ColumnElement[bool]] = []
    for depth, order in enumerate(orders):
        same = [o.column == v for o, v in zip(orders[:depth], values, strict=False)]
        beyond = order.column < values[depth] if order.descending else order.column > values[depth]
        branches.append(and_(*same, beyond))
    return or_(false(), *branches)


def _signature(orders: Sequence[Order]) -> str:
    """Returns a signature of the list and its sort, so that cursors of other lists or sorts are refused."""
    names = ",".join(("-" if o.descending else "") + o.name for o in orders)
    return f"{crc32(str(orders[-1].column).encode()):x} {names}"


def _encode(orders: Sequence[Order], values: Sequence[Any]) -> str:
    packed = orjson.dumps([_signature(orders), *values], default=str)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _decode(cursor: str, orders: Sequence[Order]) -> list[Any]:
    wrong = Invalid({"cursor": ["The cursor is not valid for this list and sort. Start again without a cursor."]})
    try:
        signature, *values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if signature != _signature(orders) or len(values) != len(orders):
            raise wrong
        return [_typed(o.column, v) for o, v in zip(orders, values, strict=True)]
    except (ValueError, TypeError, ArithmeticError) as error:
        raise wrong from error


def _typed(column: ColumnElement[Any], value: Any) -> Any:
    """Returns a cursor's value in the column's type; raises ValueError or TypeError for an impossible value."""
    kind = column.type.python_type
    if kind is UUID:
        return UUID(value)
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    if kind is Decimal:
        amount = Decimal(value)
        if not amount.is_finite() or abs(amount.adjusted()) > LARGEST_EXPONENT:
            raise ValueError(value)
        return amount
    if kind in (int, bool):
        if type(value) is not kind or abs(value) > LARGEST_INTEGER:
            raise ValueError(value)
        return value
    if not isinstance(value, str) or "\x00" in value:  # expressions without a type of their own are texts
        raise ValueError(value)
    return value
