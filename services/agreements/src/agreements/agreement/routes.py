"""HTTP routes for agreements."""

from typing import Any
from uuid import UUID

from agreements.agreement import drafting, lifecycle, queries, views
from agreements.agreement.commands import AgreementChanges, NewAgreement
from agreements.agreement.schemas import AGREEMENT, AGREEMENT_CREATE, AGREEMENT_PATCH, FILTERS
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE, MANAGERS
from common.uow import UnitOfWork

routes = Routes("agreements", "Agreements with clients: prices, hours and covered services")

ONE = "/agreements/<uuid:agreement_id>"


@routes.list("/agreements", "listAgreements", returns=AGREEMENT, filters=FILTERS, roles=EVERYONE)
def list_agreements(work: UnitOfWork, page: Page) -> dict[str, Any]:
    found = queries.page_of_agreements(work, page)
    return {**found, "items": views.many(work, found["items"])}


@routes.post("/agreements", "createAgreement", body=AGREEMENT_CREATE, returns=AGREEMENT, roles=MANAGERS)
def create_agreement(work: UnitOfWork, body: NewAgreement) -> dict[str, Any]:
    return views.one(work, drafting.create(work, body))


@routes.get(ONE, "getAgreement", returns=AGREEMENT, roles=EVERYONE)
def get_agreement(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, queries.get(work, agreement_id))


@routes.patch(ONE, "updateAgreement", body=AGREEMENT_PATCH, returns=AGREEMENT, roles=MANAGERS)
def update_agreement(work: UnitOfWork, body: AgreementChanges, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, drafting.update(work, agreement_id, body))


@routes.delete(ONE, "deleteAgreement", roles=MANAGERS)
def delete_agreement(work: UnitOfWork, agreement_id: UUID) -> None:
    drafting.delete(work, agreement_id)


@routes.post(f"{ONE}/activate", "activateAgreement", returns=AGREEMENT, roles=MANAGERS, status=200)
def activate_agreement(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, lifecycle.activate(work, agreement_id))


@routes.post(f"{ONE}/suspend", "suspendAgreement", returns=AGREEMENT, roles=MANAGERS, status=200)
def suspend_agreement(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, lifecycle.suspend(work, agreement_id))


@routes.post(f"{ONE}/resume", "resumeAgreement", returns=AGREEMENT, roles=MANAGERS, status=200)
def resume_agreement(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, lifecycle.resume(work, agreement_id))


@routes.post(f"{ONE}/cancel", "cancelAgreement", returns=AGREEMENT, roles=MANAGERS, status=200)
def cancel_agreement(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return views.one(work, lifecycle.cancel(work, agreement_id))
