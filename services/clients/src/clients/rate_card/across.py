"""Rate card rows of all clients, with the revenue impact of their rates."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select, text, true
from sqlalchemy.orm import contains_eager, selectinload, with_expression

from clients.client import filtering
from clients.client.models import Client
from clients.client.queries import visible
from clients.inbound.replicas import WorkedTime
from clients.rate_card import matching
from clients.rate_card.models import ClientService
from clients.rate_card.queries import BADGES
from common.money import rounded
from common.pages import Page, paginate
from common.uow import UnitOfWork

NAME = func.lower(func.coalesce(ClientService.custom_name, ClientService.name))
SORTS = {
    "name": NAME,
    "client_name": Client.name_key,
    "effective_rate": func.coalesce(ClientService.custom_rate, ClientService.default_rate, 0),
    "difference": func.coalesce(ClientService.custom_rate - ClientService.default_rate, 0),
    "updated_at": ClientService.updated_at,
}
REVIEW_SORTS = {"name": NAME, "client_name": Client.name_key, "updated_at": ClientService.updated_at}
OF_CLIENT = {"currency": Client.currency, "client_status": Client.status}


def page_of_rows(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return _page(work, page, SORTS, "client_name,name")


def page_of_reviews(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns a page of the rows with an open rate review."""
    return _page(work, page, REVIEW_SORTS, "client_name,name", ClientService.rate_review)


def review_totals(work: UnitOfWork, filters: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the 12-month revenue impact of accepting all matching reviews, by currency."""
    reviews = rows(work).where(ClientService.rate_review).add_columns(Client.currency)
    matches = filtered(work, reviews, filters).subquery()
    # LATERAL, because the hours are used twice but should be summed once.
    worked = (
        select(func.coalesce(func.sum(WorkedTime.hours), 0).label("hours"))
        .where(WorkedTime.client_service_id == matches.c.id, *last_12_months(work.today))
        .lateral()
    )
    totals = select(
        matches.c.currency,
        func.count().label("rows"),
        func.sum(worked.c.hours).label("hours_last_12_months"),
        func.sum((matches.c.review_rate - matches.c.default_rate) * worked.c.hours).label("revenue_effect"),
    ).select_from(matches.join(worked, true()))
    result = work.session.execute(totals.group_by(matches.c.currency).order_by(matches.c.currency))
    rounded_totals = [
        {**row, "revenue_effect": rounded(row["revenue_effect"], row["currency"])} for row in result.mappings()
    ]
    return {"count": sum(total["rows"] for total in rounded_totals), "totals": rounded_totals}


def rows(work: UnitOfWork) -> Select[Any]:
    """Returns the statement of all rows the actor may see, with their clients joined."""
    joined = select(ClientService).join(Client, Client.id == ClientService.client_id)
    return joined.where(visible(work.actor, Client.id))


def filtered(work: UnitOfWork, statement: Select[Any], filters: Mapping[str, Any]) -> Select[Any]:
    """Returns the statement with conditions for the filters of this feature's schemas, including `q`."""
    for name, value in filters.items():
        statement = statement.where(_condition(work, name, value))
    return statement


def with_hours(statement: Select[Any], today: date) -> Select[Any]:
    """Returns the statement with each row's client and `hours_last_12_months`."""
    worked = (
        select(func.coalesce(func.sum(WorkedTime.hours), 0))
        .where(WorkedTime.client_service_id == ClientService.id, *last_12_months(today))
        .correlate(ClientService)
        .scalar_subquery()
    )
    return statement.options(
        contains_eager(ClientService.client), with_expression(ClientService.hours_last_12_months, worked)
    )


def last_12_months(today: date) -> tuple[ColumnElement[bool], ...]:
    """Returns the conditions for hours worked in the year that ends today."""
    return WorkedTime.worked_on > today - relativedelta(years=1), WorkedTime.worked_on <= today


def effect(difference: Decimal | None, hours: Decimal | None, currency: str) -> Decimal | None:
    """Returns the revenue impact of a rate difference over these hours."""
    return None if difference is None or hours is None else rounded(difference * hours, currency)


def _page(work: UnitOfWork, page: Page, sorts: Mapping[str, Any], default: str, *more: Any) -> dict[str, Any]:
    if page.q:
        # A generic plan doesn't know how rare this text is, and reads whole tables.
        work.session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    conditions = [*more, *(_condition(work, name, value) for name, value in page.filters.items())]
    # Every row has a client, so the count joins clients only for a condition on them.
    counted: Select[Any] | CompoundSelect[Any]
    counted = plain = select(ClientService.id).where(visible(work.actor, ClientService.client_id), *conditions)
    if page.filters.keys() & OF_CLIENT.keys():
        counted = plain = plain.join(Client, Client.id == ClientService.client_id)
    if page.q:
        match = matching.match(work, page.q)
        counted = match.counted(plain)
        conditions.append(match.condition)
    statement = with_hours(rows(work).where(*conditions), work.today)
    statement = statement.options(selectinload(ClientService.catalog_service))
    return paginate(work.session, statement, page, sorts=sorts, default=default, key=ClientService.id, counted=counted)


def _condition(work: UnitOfWork, name: str, value: Any) -> ColumnElement[bool]:
    if name == "badge":
        return BADGES[value]
    if name == "q":
        return matching.match(work, value).condition
    if name == "tag":
        return filtering.tagged(work, ClientService.client_id, value)
    column: Any = OF_CLIENT[name] if name in OF_CLIENT else getattr(ClientService, name)
    condition: ColumnElement[bool] = column == value
    return condition
