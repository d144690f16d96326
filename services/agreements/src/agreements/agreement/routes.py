"""HTTP routes for agreements."""

from typing import Any
from uuid import UUID

from agreements.agreement import (
    amending,
    defaults,
    drafting,
    lifecycle,
    previewing,
    queries,
    renewal,
    statistics,
    views,
)
from agreements.agreement.amendment_schemas import AS_OF
from agreements.agreement.commands import AgreementChanges, NewAgreement, StatusReason
from agreements.agreement.schemas import (
    AGREEMENT,
    AGREEMENT_CREATE,
    AGREEMENT_PATCH,
    FILTERS,
    PREVIEW,
    REASON,
    STATISTICS,
)
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE, MANAGERS, STAFF
from common.uow import UnitOfWork

routes = Routes("agreements", "Agreements with clients: prices, hours and covered services")

ONE = "/agreements/<uuid:agreement_id>"


@routes.list("/agreements", "listAgreements", returns=AGREEMENT, filters=FILTERS, roles=EVERYONE)
def list_agreements(work: UnitOfWork, page: Page) -> dict[str, Any]:
    found = queries.page_of_agreements(work, page)
    return {**found, "items": views.many(work, found["items"])}


@routes.get("/agreements/statistics", "getAgreementStatistics", returns=STATISTICS, roles=STAFF)
def get_statistics(work: UnitOfWork) -> dict[str, Any]:
    return statistics.of_agreements(work)


@routes.post("/agreements", "createAgreement", body=AGREEMENT_CREATE, returns=AGREEMENT, roles=MANAGERS)
def create_agreement(work: UnitOfWork, body: NewAgreement) -> dict[str, Any]:
    return views.one(work, drafting.create(work, body))


@routes.post(
    "/agreements/preview", "previewAgreement", body=AGREEMENT_CREATE, returns=PREVIEW, roles=MANAGERS, status=200
)
def preview_agreement(work: UnitOfWork, body: NewAgreement) -> dict[str, Any]:
    """Returns rates, shares and totals of an agreement without storing it."""
    return previewing.preview(work, body)


@routes.get(ONE, "getAgreement", returns=AGREEMENT, query=AS_OF, roles=EVERYONE)
def get_agreement(work: UnitOfWork, query: dict[str, Any], agreement_id: UUID) -> dict[str, Any]:
    """Returns the agreement; with `as_of`, its terms as they applied on that day."""
    agreement = queries.get(work, agreement_id)
    day = query.get("as_of")
    return views.one(work, amending.as_of(work, agreement, day) if day else agreement)


@routes.patch(ONE, "updateAgreement", body=AGREEMENT_PATCH, returns=AGREEMENT, roles=MANAGERS)
def update_agreement(work: UnitOfWork, body: AgreementChanges, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, drafting.update(work, agreement_id, body))


@routes.delete(ONE, "deleteAgreement", roles=MANAGERS)
def delete_agreement(work: UnitOfWork, agreement_id: UUID) -> None:
    drafting.delete(work, agreement_id)


@routes.post(
    f"{ONE}/activate", "activateAgreement", body=REASON, bare=True, returns=AGREEMENT, roles=MANAGERS, status=200
)
def activate_agreement(work: UnitOfWork, body: StatusReason, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, lifecycle.activate(work, agreement_id, body.reason))


@routes.post(
    f"{ONE}/suspend", "suspendAgreement", body=REASON, bare=True, returns=AGREEMENT, roles=MANAGERS, status=200
)
def suspend_agreement(work: UnitOfWork, body: StatusReason, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, lifecycle.suspend(work, agreement_id, body.reason))


@routes.post(f"{ONE}/resume", "resumeAgreement", body=REASON, bare=True, returns=AGREEMENT, roles=MANAGERS, status=200)
def resume_agreement(work: UnitOfWork, body: StatusReason, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, lifecycle.resume(work, agreement_id, body.reason))


@routes.post(f"{ONE}/cancel", "cancelAgreement", body=REASON, bare=True, returns=AGREEMENT, roles=MANAGERS, status=200)
def cancel_agreement(work: UnitOfWork, body: StatusReason, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, lifecycle.cancel(work, agreement_id, body.reason))


@routes.post(f"{ONE}/make-default", "makeDefaultAgreement", returns=AGREEMENT, roles=MANAGERS, status=200)
def make_default_agreement(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    """Suggests this agreement first for the client's work orders, instead of another one."""
    return views.one(work, defaults.choose(work, agreement_id))


@routes.post(f"{ONE}/clear-default", "clearDefaultAgreement", returns=AGREEMENT, roles=MANAGERS, status=200)
def clear_default_agreement(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, defaults.clear(work, agreement_id))


@routes.post(f"{ONE}/renew", "renewAgreement", returns=AGREEMENT, roles=MANAGERS)
def renew_agreement(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    """Drafts the next term: it starts the day after the end, and lasts as long."""
    return views.one(work, renewal.renew(work, agreement_id))
