"""HTTP routes for an agreement's covered services and hours."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from agreements.agreement import amending, coverage, grants, history, queries, statement, utilisation, views
from agreements.agreement.amendment_schemas import AS_OF
from agreements.agreement.commands import Cover, CoverAll, CoverChanges, NewHours
from agreements.agreement.models import Agreement
from agreements.agreement.schemas import (
    AGREEMENT,
    HOUR_ENTRY,
    HOUR_ENTRY_CREATE,
    HOUR_FILTERS,
    HOUR_PERIODS,
    SERVICE,
    SERVICE_PATCH,
    SERVICE_SET,
    SERVICES,
    STATEMENT,
    UTILISATION,
)
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE, MANAGERS, STAFF
from common.uow import UnitOfWork

routes = Routes("agreement-services", "Covered services, their rates, and the hour ledger of an agreement")

ALL = "/agreements/<uuid:agreement_id>/services"
ONE = f"{ALL}/<uuid:row_id>"
HOURS = "/agreements/<uuid:agreement_id>/hours"


@routes.list(ALL, "listAgreementServices", returns=SERVICE, filters=AS_OF, roles=EVERYONE)
def list_services(work: UnitOfWork, page: Page, agreement_id: UUID) -> dict[str, Any]:
    """Lists the covered services. Of an earlier day (`as_of`) all are on one page, with the agreement's own rates."""
    agreement = queries.get(work, agreement_id)
    day = page.filters.get("as_of")
    past = amending.as_of(work, agreement, day) if day else agreement
    if past is not agreement:
        items = views.past_services(work, past)
        return {"items": items, "next_cursor": None, "total": len(items), "total_is_exact": True}
    found = queries.page_of_services(work, agreement_id, page)
    return {**found, "items": views.services(work, agreement, found["items"])}


@routes.post(ALL, "addAgreementService", body=SERVICE, returns=SERVICE, roles=MANAGERS)
def add_service(work: UnitOfWork, body: Cover, agreement_id: UUID) -> dict[str, Any]:
    agreement, row = coverage.add(work, agreement_id, body)
    return views.services(work, agreement, [row])[0]


@routes.put(ALL, "replaceAgreementServices", body=SERVICES, returns=SERVICE_SET, roles=MANAGERS)
def replace_services(work: UnitOfWork, body: CoverAll, agreement_id: UUID) -> dict[str, Any]:
    return _whole(work, coverage.replace(work, agreement_id, body.services))


@routes.patch(ONE, "updateAgreementService", body=SERVICE_PATCH, returns=SERVICE, roles=MANAGERS)
def update_service(work: UnitOfWork, body: CoverChanges, agreement_id: UUID, row_id: UUID) -> dict[str, Any]:
    agreement, row = coverage.update(work, agreement_id, row_id, body)
    return views.services(work, agreement, [row])[0]


@routes.delete(ONE, "removeAgreementService", roles=MANAGERS)
def remove_service(work: UnitOfWork, agreement_id: UUID, row_id: UUID) -> None:
    coverage.remove(work, agreement_id, row_id)


@routes.post(f"{ALL}/distribute", "distributeAgreementHours", returns=SERVICE_SET, roles=MANAGERS, status=200)
def distribute_hours(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return _whole(work, coverage.distribute(work, agreement_id))


@routes.list(HOURS, "listAgreementHours", returns=HOUR_ENTRY, filters=HOUR_FILTERS, roles=STAFF)
def list_hours(work: UnitOfWork, page: Page, agreement_id: UUID) -> dict[str, Any]:
    queries.get(work, agreement_id)
    return queries.page_of_hours(work, agreement_id, page)


@routes.post(HOURS, "addAgreementHours", body=HOUR_ENTRY_CREATE, returns=AGREEMENT, roles=MANAGERS)
def add_hours(work: UnitOfWork, body: NewHours, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, grants.add_by_hand(work, agreement_id, body))


@routes.export(f"{HOURS}/statement", "exportHourStatement", shows=STATEMENT, roles=EVERYONE, filename="hours.csv")
def export_statement(work: UnitOfWork, page: Page, agreement_id: UUID) -> Iterator[bytes]:
    """Returns every row of the ledger with its balance and a running hash, which `evergreen-verify` checks."""
    return statement.table(work, queries.get(work, agreement_id))


@routes.get(f"{HOURS}/periods", "listAgreementPeriods", returns=HOUR_PERIODS, roles=EVERYONE)
def list_periods(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    """Returns the last 36 grant periods, oldest first."""
    return {"items": history.of(work, queries.get(work, agreement_id))}


@routes.get(
    "/agreements/<uuid:agreement_id>/utilisation", "getAgreementUtilisation", returns=UTILISATION, roles=EVERYONE
)
def get_utilisation(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return utilisation.of(work, queries.get(work, agreement_id))


def _whole(work: UnitOfWork, agreement: Agreement) -> dict[str, Any]:
    items = views.services(work, agreement)
    return {"items": items, "next_cursor": None, "total": len(items), "version": agreement.version}
