"""How far the hours of block hours agreements are used, per service."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from agreements.agreement import hour_math as hm
from agreements.agreement import queries, utilisation
from agreements.agreement.models import ACTIVE, BLOCK_HOURS, SUSPENDED, Agreement
from agreements.inbound.replicas import Client
from agreements.report.schemas import UTILISATION
from common import searching, streaming
from common.errors import Invalid
from common.pages import Page, ordering, paginate
from common.planning import cell
from common.uow import UnitOfWork

SORTS = {"name": Agreement.name, "number": Agreement.number, "start_date": Agreement.start_date}
DEFAULT = "name"
HEADINGS = {
    "number": "Number",
    "name": "Agreement",
    "client_name": "Client",
    "period_start": "Period from",
    "service": "Service",
    "hours_allocated": "Hours",
    "hours_used": "Used",
    "hours_remaining": "Left",
    "used_percent": "Used %",
    "remaining_level": "Level",
    "projected_exhaustion": "Used up on",
    "hours_in_range": "In the range",
}
"""The columns of exports, and their names in the PDF."""


def page_of(work: UnitOfWork, page: Page) -> dict[str, Any]:
    found = paginate(work.session, _matching(work, page), page, sorts=SORTS, default=DEFAULT, key=Agreement.id)
    return {**found, "items": _rows(work, found["items"], page.filters)}


def rows(work: UnitOfWork, page: Page) -> Iterator[dict[str, str]]:
    """Yields one row per covered service after one for the whole agreement, whose `service` is empty."""
    statement = _matching(work, page).order_by(*ordering(page, sorts=SORTS, default=DEFAULT, key=Agreement.id))
    portions = streaming.portions(work.session, statement)
    found = (row for portion in portions for row in _rows(work, portion, page.filters))
    return (line for row in found for line in _lines(UTILISATION.dump(row)))


def _lines(shown: dict[str, Any]) -> Iterator[dict[str, str]]:
    whole = {**shown, "hours_allocated": shown["total_hours"], "service": None}
    for service in ({}, *({"service": row["name"], **_without_name(row)} for row in shown["services"])):
        values = {**whole, **service}
        yield {name: cell(values.get(name)) for name in HEADINGS}


def _without_name(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "name"}


def _matching(work: UnitOfWork, page: Page) -> Select[Agreement]:
    first, last = _days(page.filters)
    if first and last and last < first:
        raise Invalid({"worked_on_lte": [f"Must not be before {first}."]})
    statement = queries.visible(work).where(Agreement.type.in_(BLOCK_HOURS), Agreement.status.in_((ACTIVE, SUSPENDED)))
    if "client_id" in page.filters:
        statement = statement.where(Agreement.client_id == page.filters["client_id"])
    if "agreement_id" in page.filters:
        statement = statement.where(Agreement.id == page.filters["agreement_id"])
    if page.q:
        searching.plan_each_anew(work.session)
        statement = statement.where(searching.matching(Agreement.search_text, page.q))
    return statement


def _days(filters: dict[str, Any]) -> tuple[date | None, date | None]:
    return filters.get("worked_on_gte"), filters.get("worked_on_lte")


def _rows(work: UnitOfWork, agreements: Sequence[Agreement], filters: dict[str, Any]) -> list[dict[str, Any]]:
    if not agreements:
        return []
    first, last = _days(filters)
    worked = utilisation.covered_hours(work, agreements, first, last) if first or last else None
    clients = [agreement.client_id for agreement in agreements]
    names: dict[UUID, str] = dict(
        work.session.execute(select(Client.id, Client.name).where(Client.id.in_(clients))).all()
    )
    return [
        _row(agreement, names.get(agreement.client_id), use, None if worked is None else worked[agreement.id])
        for agreement, use in zip(agreements, utilisation.many(work, agreements), strict=True)
    ]


def _row(
    agreement: Agreement, client_name: str | None, use: dict[str, Any], worked: dict[UUID | None, Decimal] | None
) -> dict[str, Any]:
    total = use["total_hours"]
    named = {name: getattr(agreement, name) for name in ("id", "number", "name", "client_id", "type", "status")}
    return {
        **use,
        **named,
        "client_name": client_name,
        "used_percent": hm.percent(use["hours_used"], total) if total else None,
        "hours_in_range": None if worked is None else sum(worked.values(), hm.ZERO),
        "services": [
            {
                **service,
                "remaining_level": _level(service),
                "hours_in_range": None if worked is None else worked.get(service["client_service_id"], hm.ZERO),
            }
            for service in use["services"]
        ],
    }


def _level(service: dict[str, Any]) -> str | None:
    if not service["hours_allocated"]:
        return None
    return hm.level(hm.percent(service["hours_remaining"], service["hours_allocated"]))
