"""The rows of all cards: which clients use a service, at which rates, and what that is worth."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, Select, func, or_, select, text
from sqlalchemy.orm import contains_eager, with_expression

from clients.client.models import Client
from clients.client.visibility import visible
from clients.inbound.replicas import CatalogService, WorkedTime
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


def page_of_rows(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return _page(work, page, rows(work), SORTS, "client_name,name")


def page_of_reviews(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Rows whose default rate is not the catalog's any more, and nobody has decided."""
    return _page(work, page, rows(work).where(ClientService.rate_review), REVIEW_SORTS, "client_name,name")


def review_totals(work: UnitOfWork, filters: Mapping[str, Any]) -> dict[str, Any]:
    """What accepting all open reviews that fit would bring, by currency: sums of two currencies say nothing."""
    reviews = rows(work).where(ClientService.rate_review).add_columns(Client.currency)
    found = filtered(work, reviews, filters).subquery()
    worked = (
        select(func.sum(WorkedTime.hours))
        .where(WorkedTime.client_service_id == found.c.id, *last_12_months(work.today))
        .scalar_subquery()
    )
    each = select(
        found.c.currency, (found.c.review_rate - found.c.default_rate).label("difference"), worked.label("hours")
    ).subquery()
    totals = select(
        each.c.currency,
        func.count().label("rows"),
        func.coalesce(func.sum(each.c.hours), 0).label("hours_last_12_months"),
        func.coalesce(func.sum(each.c.difference * each.c.hours), 0).label("revenue_effect"),
    )
    result = work.session.execute(totals.group_by(each.c.currency).order_by(each.c.currency))
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


def _page(
    work: UnitOfWork, page: Page, statement: Select[Any], sorts: Mapping[str, Any], default: str
) -> dict[str, Any]:
    if page.q:
        # A plan made once for every q does not know that this one is rare, and reads whole tables.
        work.session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    filters = {**page.filters, **({"q": page.q} if page.q else {})}
    statement = with_hours(filtered(work, statement, filters), work.today)
    return paginate(work.session, statement, page, sorts=sorts, default=default, key=ClientService.id)


def _condition(work: UnitOfWork, name: str, value: Any) -> ColumnElement[bool]:
    if name == "badge":
        return BADGES[value]
    if name == "q":
        return _matching(work, value)
    of_client = {"currency": Client.currency, "client_status": Client.status}
    column: Any = of_client[name] if name in of_client else getattr(ClientService, name)
    condition: ColumnElement[bool] = column == value
    return condition


def _matching(work: UnitOfWork, q: str) -> ColumnElement[bool]:
    """By the client's name, the service's or the client's own name for it.

    The ids are looked up first: there are few clients and services beside the rows they have together.
    """
    clients = _ids(work, select(Client.id).where(Client.name.icontains(q, autoescape=True)))
    services = _ids(work, select(CatalogService.id).where(CatalogService.name.icontains(q, autoescape=True)))
    own_name = or_(ClientService.custom_name.is_not(None), ClientService.is_custom)
    named = func.coalesce(ClientService.custom_name, ClientService.name).icontains(q, autoescape=True)
    return or_(ClientService.client_id.in_(clients), ClientService.service_id.in_(services), own_name & named)


def _ids(work: UnitOfWork, statement: Select[UUID]) -> list[UUID]:
    return list(work.session.scalars(statement))
