"""How the time of each technician divides into covered, billable and other hours."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, select

from agreements.agreement import hour_math as hm
from agreements.report.schemas import TECHNICIAN_TIME
from agreements.work.models import WAITING_APPROVAL, TimeEntry
from agreements.work.queries import matching_entries
from common.errors import Invalid
from common.pages import Page, ordering, paginate
from common.planning import cell
from common.uow import UnitOfWork

KEY = func.coalesce(cast(TimeEntry.technician_id, String), TimeEntry.technician_name, "", type_=String())
"""Imported time may have only a name."""
NAME = func.coalesce(func.max(TimeEntry.technician_name), "")
HOURS = func.sum(TimeEntry.hours)
FOR_CLIENTS = TimeEntry.covered_hours + TimeEntry.billable_hours > 0
DEFAULT = "name"
HEADINGS = {
    "technician_name": "Technician",
    "hours": "Hours",
    "client_hours": "For clients",
    "client_percent": "For clients %",
    "covered_hours": "Covered",
    "billable_hours": "Billable",
    "other_hours": "Other",
    "waiting_hours": "Waiting for approval",
    "entries": "Entries",
    "days": "Days",
    "hours_per_day": "Hours a day",
}
"""The columns of exports, and their names in the PDF."""


def page_of(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement, sorts, key = _technicians(work, page)
    found = paginate(work.session, statement, page, sorts=sorts, default=DEFAULT, key=key)
    return {**found, "items": _rows(work, page, found["items"])}


def rows(work: UnitOfWork, page: Page) -> Iterator[dict[str, str]]:
    """Yields all rows as an export shows them."""
    statement, sorts, key = _technicians(work, page)
    keys = work.session.scalars(statement.order_by(*ordering(page, sorts=sorts, default=DEFAULT, key=key))).all()
    shown = (TECHNICIAN_TIME.dump(row) for row in _rows(work, page, keys))
    return ({name: cell(row[name]) for name in HEADINGS} for row in shown)


def _technicians(work: UnitOfWork, page: Page) -> tuple[Select[Any], dict[str, Any], Any]:
    columns = (KEY.label("key"), NAME.label("name"), HOURS.label("hours"))
    people = _matching(work, page).with_only_columns(*columns).group_by("key").subquery("people")
    statement = select(people.c.key)
    if page.q:
        statement = statement.where(people.c.name.icontains(page.q, autoescape=True))
    return statement, {"name": people.c.name, "hours": people.c.hours}, people.c.key


def _matching(work: UnitOfWork, page: Page) -> Select[Any]:
    filters = dict(page.filters)
    first, last = filters.get("worked_on_gte"), filters.get("worked_on_lte")
    if first and last and last < first:
        raise Invalid({"worked_on_lte": [f"Must not be before {first}."]})
    if first is None and last is None:
        filters["worked_on_gte"] = work.today.replace(day=1)
    return matching_entries(work, filters)


def _rows(work: UnitOfWork, page: Page, keys: Sequence[str]) -> list[dict[str, Any]]:
    if not keys:
        return []
    statement = (
        _matching(work, page)
        .where(KEY.in_(keys))
        .with_only_columns(
            KEY.label("key"),
            func.max(TimeEntry.technician_name).label("technician_name"),
            HOURS.label("hours"),
            func.sum(TimeEntry.covered_hours).label("covered_hours"),
            func.sum(TimeEntry.billable_hours).label("billable_hours"),
            _hours(FOR_CLIENTS).label("client_hours"),
            _hours(~FOR_CLIENTS).label("other_hours"),
            _hours(TimeEntry.approval.in_(WAITING_APPROVAL)).label("waiting_hours"),
            func.count().label("entries"),
            func.count(TimeEntry.worked_on.distinct()).label("days"),
        )
        .group_by("key")
    )
    found = {row.key: row._asdict() for row in work.session.execute(statement)}
    return [_row(found[key]) for key in keys]


def _hours(condition: ColumnElement[bool]) -> ColumnElement[Decimal]:
    return func.coalesce(HOURS.filter(condition), 0)


def _row(sums: dict[str, Any]) -> dict[str, Any]:
    hours: Decimal = sums["hours"]
    return {
        **sums,
        "id": sums["key"],
        "technician_id": _id(sums["key"]),
        "client_percent": hm.percent(sums["client_hours"], hours) if hours else None,
        "hours_per_day": (hours / sums["days"]).quantize(hm.STEP) if sums["days"] else None,
    }


def _id(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
