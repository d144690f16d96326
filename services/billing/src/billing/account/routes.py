"""HTTP routes for client balances."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from billing.account import exporting, queries
from billing.account.schemas import AGEING, AS_OF_QUERY, BALANCE, STATEMENT, STATEMENT_QUERY
from common.http.routes import Routes
from common.pages import Page
from common.roles import BILLING_READERS, CLIENT_USERS
from common.uow import UnitOfWork

routes = Routes("accounts", "Client balances, statements and aging")

READERS = BILLING_READERS | CLIENT_USERS


@routes.get("/clients/<uuid:client_id>/balance", "getClientBalance", query=AS_OF_QUERY, returns=BALANCE, roles=READERS)
def get_balance(work: UnitOfWork, query: dict[str, Any], client_id: UUID) -> dict[str, Any]:
    return queries.balance(work, client_id, query["as_of"])


@routes.get("/clients/<uuid:client_id>/ageing", "getClientAgeing", query=AS_OF_QUERY, returns=AGEING, roles=READERS)
def get_ageing(work: UnitOfWork, query: dict[str, Any], client_id: UUID) -> dict[str, Any]:
    return queries.ageing(work, client_id, query["as_of"])


@routes.get(
    "/clients/<uuid:client_id>/statement",
    "getClientStatement",
    query=STATEMENT_QUERY,
    returns=STATEMENT,
    roles=READERS,
)
def get_statement(work: UnitOfWork, query: dict[str, Any], client_id: UUID) -> dict[str, Any]:
    return queries.statement(work, client_id, **query)


@routes.export(
    "/clients/<uuid:client_id>/statement/export",
    "exportClientStatement",
    shows=STATEMENT,
    filters=STATEMENT_QUERY,
    roles=READERS,
    filename="statement.csv",
)
def export_statement(work: UnitOfWork, page: Page, client_id: UUID) -> Iterator[bytes]:
    return exporting.table(work, client_id, **page.filters)
