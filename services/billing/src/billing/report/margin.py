"""Margin by client, agreement or work order: revenue of the work in a range against its cost."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, func, select, true, union

from billing import unbilled
from billing.inbound.replicas import Agreement, Client, SpentExpense, WorkedTime
from billing.invoice.models import DRAFT, Invoice, InvoiceLine, LineItem
from billing.item.models import CLOSED, BillableItem
from billing.labor_rate.models import LaborRate
from billing.report import margin_math as mm
from billing.report.schemas import AGREEMENT, CLIENT, MARGIN, WORK_ORDER
from common.errors import Invalid
from common.money import rounded
from common.pages import Page, ordering, paginate
from common.planning import cell
from common.uow import UnitOfWork

COLUMN = {CLIENT: "client_id", AGREEMENT: "agreement_id", WORK_ORDER: "work_order_number"}
DAYS: dict[Any, str] = {WorkedTime: "worked_on", SpentExpense: "incurred_on", BillableItem: "dated_on"}
WORTH: dict[Any, ColumnElement[bool]] = {WorkedTime: WorkedTime.hours > 0, BillableItem: BillableItem.status != CLOSED}
"""Deleted time and items without anything to bill have no figures."""
RANGE = timedelta(days=89)
PORTION = 500
WITHOUT_RATE = "{} hours have no labor rate."
NO_RATE = "None of the {} hours has a labor rate, so the margin is unknown."
FOREIGN_COST = "Labor costs are in {}, so there is no margin in {}."
FOREIGN = "Amounts in {} are left out."
UNPRICED = ("1 parked item has no price yet.", "{} parked items have no price yet.")
UNKNOWN_COST = ("1 material or expense has no cost.", "{} materials or expenses have no cost.")
"""For one and for several."""
HEADINGS = {
    "name": "Name",
    "client_name": "Client",
    "currency": "Currency",
    "hours": "Hours",
    "revenue_billed": "Billed",
    "revenue_unbilled": "To bill",
    "labor_cost": "Labor",
    "expense_cost": "Expenses",
    "margin": "Margin",
    "margin_percent": "Margin %",
    "hours_without_rate": "Hours without rate",
    "incomplete": "Left out",
}
"""The columns of exports, and their names in the PDF."""


@dataclass(frozen=True)
class Question:
    """What the report is about: `by` names the groups, and the days are those of the work."""

    by: str
    first: date
    last: date
    same: dict[str, UUID]

    def matching(self, model: Any) -> list[ColumnElement[bool]]:
        day = getattr(model, DAYS[model])
        found = [day.between(self.first, self.last), *(getattr(model, name) == at for name, at in self.same.items())]
        return [*found, WORTH[model]] if model in WORTH else found

    def key(self, model: Any) -> Any:
        return getattr(model, COLUMN[self.by])


@dataclass
class Sums:
    """The figures of one group, by currency where they have one."""

    billed: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    unbilled: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    expenses: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    labor: list[tuple[Decimal, Decimal | None]] = field(default_factory=list)
    labor_currencies: set[str] = field(default_factory=set)
    unknown_costs: int = 0
    unpriced: int = 0
    work_order_id: UUID | None = None


def page_of(work: UnitOfWork, page: Page) -> dict[str, Any]:
    question = _question(work, page)
    statement, sorts, key = _groups(question)
    found = paginate(work.session, statement, page, sorts=sorts, default="name", key=key)
    return {**found, "items": _rows(work, question, found["items"])}


def rows(work: UnitOfWork, page: Page) -> Iterator[dict[str, str]]:
    """Yields all rows as an export shows them."""
    question = _question(work, page)
    statement, sorts, key = _groups(question)
    keys = list(work.session.scalars(statement.order_by(*ordering(page, sorts=sorts, default="name", key=key))))
    found = (row for at in range(0, len(keys), PORTION) for row in _rows(work, question, keys[at : at + PORTION]))
    return (_line(MARGIN.dump(row)) for row in found)


def _line(shown: dict[str, Any]) -> dict[str, str]:
    values = {**shown, "incomplete": " ".join(shown["incomplete"])}
    return {name: cell(values[name]) for name in HEADINGS}


def _question(work: UnitOfWork, page: Page) -> Question:
    last = page.filters.get("worked_on_lte", work.today)
    first = page.filters.get("worked_on_gte", last - RANGE)
    if last < first:
        raise Invalid({"worked_on_lte": [f"Must not be before {first}."]})
    same: dict[str, UUID] = {
        str(name): page.filters[name] for name in ("client_id", "agreement_id") if name in page.filters
    }
    return Question(page.filters.get("by", CLIENT), first, last, same)


def _groups(question: Question) -> tuple[Select[Any], dict[str, Any], Any]:
    """Returns a SELECT of the keys of all groups with work in the range, its sorts and its key column."""
    parts = []
    for model in DAYS:
        key = question.key(model)
        columns = (key.label("key"), model.client_id.label("client_id"))
        parts.append(select(*columns).where(key.is_not(None), *question.matching(model)))
    groups: Subquery = union(*parts).subquery("work")
    statement = select(groups.c.key).join(Client, Client.id == groups.c.client_id)
    name: Any = groups.c.key
    if question.by == CLIENT:
        name = Client.name
    elif question.by == AGREEMENT:
        statement, name = statement.join(Agreement, Agreement.id == groups.c.key), Agreement.number
    return statement, {"name": name}, groups.c.key


def _rows(work: UnitOfWork, question: Question, keys: Sequence[Any]) -> list[dict[str, Any]]:
    if not keys:
        return []
    sums: dict[Any, Sums] = {key: Sums() for key in keys}
    clients: dict[Any, UUID] = {}
    _add_labor(work, question, sums, clients)
    _add_expenses(work, question, sums, clients)
    _add_billed(work, question, sums, clients)
    _add_unbilled(work, question, sums, clients)
    known = {one.id: one for one in work.session.scalars(select(Client).where(Client.id.in_(set(clients.values()))))}
    agreements = {}
    if question.by == AGREEMENT:
        agreements = {one.id: one for one in work.session.scalars(select(Agreement).where(Agreement.id.in_(keys)))}
    return [_row(question, key, sums[key], known[clients[key]], agreements.get(key)) for key in keys]


def _add_labor(work: UnitOfWork, question: Question, sums: dict[Any, Sums], clients: dict[Any, UUID]) -> None:
    rate = (
        select(LaborRate.rate, LaborRate.currency)
        .where(LaborRate.technician_id == WorkedTime.technician_id, LaborRate.valid_from <= WorkedTime.worked_on)
        .order_by(LaborRate.valid_from.desc())
        .limit(1)
        .lateral("rate")
    )
    key = question.key(WorkedTime)
    columns = (key.label("key"), WorkedTime.client_id, *_order_id(question, WorkedTime), rate.c.rate, rate.c.currency)
    statement = (
        select(*columns, func.sum(WorkedTime.hours).label("hours"))
        .outerjoin(rate, true())
        .where(key.in_(list(sums)), *question.matching(WorkedTime))
        .group_by(*columns)
    )
    for row in work.session.execute(statement):
        group = _group(row, sums, clients)
        group.labor.append((row.hours, row.rate))
        if row.currency:
            group.labor_currencies.add(row.currency)


def _add_expenses(work: UnitOfWork, question: Question, sums: dict[Any, Sums], clients: dict[Any, UUID]) -> None:
    key = question.key(SpentExpense)
    columns = (key.label("key"), SpentExpense.client_id, *_order_id(question, SpentExpense), SpentExpense.currency)
    statement = (
        select(*columns, func.coalesce(func.sum(SpentExpense.cost), 0).label("cost"))
        .add_columns(func.count().filter(SpentExpense.cost.is_(None)).label("unknown"))
        .where(key.in_(list(sums)), *question.matching(SpentExpense))
        .group_by(*columns)
    )
    for row in work.session.execute(statement):
        group = _group(row, sums, clients)
        group.expenses[row.currency] += row.cost
        group.unknown_costs += row.unknown


def _add_billed(work: UnitOfWork, question: Question, sums: dict[Any, Sums], clients: dict[Any, UUID]) -> None:
    """Adds each item's share of its invoice line, without the taxes that the line's amount contains."""
    key = question.key(BillableItem)
    lines = (InvoiceLine.amount, InvoiceLine.quantity, InvoiceLine.taxes, Invoice.currency, Invoice.status)
    columns = (key.label("key"), BillableItem.client_id, InvoiceLine.id)
    statement = (
        select(*columns, *(column.label(f"line_{column.key}") for column in lines))
        .add_columns(func.sum(BillableItem.quantity).label("part"))
        .join(LineItem, (LineItem.item_id == BillableItem.id) & LineItem.live)
        .join(InvoiceLine, InvoiceLine.id == LineItem.line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(key.in_(list(sums)), *question.matching(BillableItem))
        .group_by(*columns, Invoice.id)
    )
    for row in work.session.execute(statement):
        group = _group(row, sums, clients)
        contained = sum((Decimal(tax["rate_percent"]) for tax in row.line_taxes or () if tax["inclusive"]), mm.ZERO)
        amount = mm.net(mm.share(row.line_amount, row.part, row.line_quantity), contained)
        (group.unbilled if row.line_status == DRAFT else group.billed)[row.line_currency] += amount


def _add_unbilled(work: UnitOfWork, question: Question, sums: dict[Any, Sums], clients: dict[Any, UUID]) -> None:
    key = question.key(BillableItem)
    statement = unbilled.groups(key.label("key")).where(key.in_(list(sums)), *question.matching(BillableItem))
    for row, currency, amount in unbilled.price_groups(work, work.session.execute(statement).all()):
        group = _group(row, sums, clients)
        if amount is None:
            group.unpriced += row.items
        else:
            group.unbilled[currency] += amount


def _order_id(question: Question, model: Any) -> list[Any]:
    return [model.work_order_id] if question.by == WORK_ORDER else []


def _group(row: Any, sums: dict[Any, Sums], clients: dict[Any, UUID]) -> Sums:
    group = sums[row.key]
    clients[row.key] = row.client_id
    group.work_order_id = getattr(row, "work_order_id", None) or group.work_order_id
    return group


def _row(question: Question, key: Any, sums: Sums, client: Client, agreement: Agreement | None) -> dict[str, Any]:
    currency = client.currency
    labor = mm.labor(sums.labor, currency)
    billed, to_bill = rounded(sums.billed[currency], currency), rounded(sums.unbilled[currency], currency)
    expenses, foreign_labor = sums.expenses[currency], sums.labor_currencies - {currency}
    labor_cost = None if foreign_labor or labor.unknown else labor.cost
    margin = None if labor_cost is None else mm.margin(billed + to_bill, labor_cost, expenses)
    return {
        "id": str(key),
        "name": f"{agreement.number} {agreement.name}" if agreement else client.name if question.by == CLIENT else key,
        "client_id": client.id,
        "client_name": client.name,
        "agreement_id": agreement.id if agreement else None,
        "work_order_id": sums.work_order_id,
        "currency": currency,
        "hours": labor.hours,
        "hours_without_rate": labor.hours_without_rate,
        "revenue_billed": billed,
        "revenue_unbilled": to_bill,
        "labor_cost": labor_cost,
        "expense_cost": expenses,
        "margin": margin,
        "margin_percent": None if margin is None else mm.percent(margin, billed + to_bill),
        "incomplete": _left_out(sums, labor, currency, foreign_labor),
    }


def _left_out(sums: Sums, labor: mm.Labor, currency: str, foreign_labor: set[str]) -> list[str]:
    others = {code for part in (sums.billed, sums.unbilled, sums.expenses) for code in part if part[code]} - {currency}
    found = [FOREIGN_COST.format(", ".join(sorted(foreign_labor)), currency)] if foreign_labor else []
    found += [FOREIGN.format(code) for code in sorted(others)]
    if labor.hours_without_rate:
        found.append((NO_RATE if labor.unknown else WITHOUT_RATE).format(f"{labor.hours_without_rate:.2f}"))
    for count, (one, several) in ((sums.unknown_costs, UNKNOWN_COST), (sums.unpriced, UNPRICED)):
        if count:
            found.append(one if count == 1 else several.format(count))
    return found
