"""The rows of all cards: which clients use a service, at which rates, and what that is worth."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select, text, true
from sqlalchemy.orm import contains_eager, selectinload, with_expression

from clients.client import filtering
from clients.client.models import Client
from clients.client.visibility import visible
from clients.inbound.replicas import WorkedTime
from clients.rate_card import matching
from clients.rate_card.models import ClientService
from clients.rate_card.queries import BADGES
from common.http.pagination import Page, paginate
from common.money import rounded
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
    """Rows whose default rate is not the catalog's any more, and nobody has decided."""
    return _page(work, page, REVIEW_SORTS, "client_name,name", ClientService.rate_review)


def review_totals(work: UnitOfWork, filters: Mapping[str, Any]) -> dict[str, Any]:
    """What accepting all open reviews that fit would bring, by currency: sums of two currencies say nothing."""
    reviews = rows(work).where(ClientService.rate_review).add_columns(Client.currency)
    found = filtered(work, reviews, filters).subquery()
    # A row's hours are summed once, though they are used twice.
    worked = (
        select(func.coalesce(func.sum(WorkedTime.hours), 0).label("hours"))
        .where(WorkedTime.client_service_id == found.c.id, *last_12_months(work.today))
        .lateral()
    )
    totals = select(
        found.c.currency,
        func.count().label("rows"),
        func.sum(worked.c.hours).label("hours_last_12_months"),
        func.sum((found.c.review_rate - found.c.default_rate) * worked.c.hours).label("revenue_effect"),
    ).select_from(found.join(worked, true()))
    result = work.session.execute(totals.group_by(found.c.currency).order_by(found.c.currency))
    totals_found = [
        {**row, "revenue_effect": rounded(row["revenue_effect"], row["currency"])} for row in result.mappings()
    ]
    return {"count": sum(total["rows"] for total in totals_found), "totals": totals_found}


def rows(work: UnitOfWork) -> Select[Any]:
    """All rows the asker may see, with their clients joined."""
    joined = select(ClientService).join(Client, Client.id == ClientService.client_id)
    return joined.where(visible(work.actor, Client.id))


def filtered(work: UnitOfWork, statement: Select[Any], filters: Mapping[str, Any]) -> Select[Any]:
    """`filters` as the schemas of this feature name them, `q` among them."""
    for name, value in filters.items():
        statement = statement.where(_condition(work, name, value))
    return statement


def with_hours(statement: Select[Any], today: date) -> Select[Any]:
    """Rows that know their client and how long was worked on them."""
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
    """The year that ends today."""
    return WorkedTime.worked_on > today - relativedelta(years=1), WorkedTime.worked_on <= today


def effect(difference: Decimal | None, hours: Decimal | None, currency: str) -> Decimal | None:
    """What a rate higher by `difference` would have brought in those hours."""
    return None if difference is None or hours is None else rounded(difference * hours, currency)


def _page(work: UnitOfWork, page: Page, sorts: Mapping[str, Any], default: str, *more: Any) -> dict[str, Any]:
    if page.q:
        # A plan made once for every q does not know that this one is rare, and reads whole tables.
        work.session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    conditions = [*more, *(_condition(work, name, value) for name, value in page.filters.items())]
    # Every row has its client: only a condition on clients makes the join matter to the count.
    counted: Select[Any] | CompoundSelect[Any]
    counted = plain = select(ClientService.id).where(visible(work.actor, ClientService.client_id), *conditions)
    if page.filters.keys() & OF_CLIENT.keys():
        counted = plain = plain.join(Client, Client.id == ClientService.client_id)
    if page.q:
        found = matching.match(work, page.q)
        counted = found.counted(plain)
        conditions.append(found.condition)
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
