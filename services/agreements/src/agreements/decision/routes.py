"""HTTP routes for renewal decisions."""

from typing import Any
from uuid import UUID

from agreements.decision import deciding, queries
from agreements.decision.deciding import DecisionChanges
from agreements.decision.schemas import DECISION, DECISION_PATCH, FILTERS, STATISTICS
from common.http.routes import Routes
from common.pages import Page
from common.roles import MANAGERS, STAFF
from common.uow import UnitOfWork

routes = Routes("agreement-decisions", "Decisions about the next term of agreements")

ONE = "/agreements/<uuid:agreement_id>/decision"


@routes.list("/agreements/decisions", "listAgreementDecisions", returns=DECISION, filters=FILTERS, roles=STAFF)
def list_decisions(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Lists decisions that are overdue or due within 90 days, the most urgent first."""
    return queries.page_of_decisions(work, page)


@routes.get("/agreements/decisions/statistics", "getAgreementDecisionStatistics", returns=STATISTICS, roles=STAFF)
def get_statistics(work: UnitOfWork) -> dict[str, Any]:
    return queries.statistics(work)


@routes.get(ONE, "getAgreementDecision", returns=DECISION, roles=STAFF)
def get_decision(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    return queries.one(work, agreement_id)


@routes.patch(ONE, "decideAgreement", body=DECISION_PATCH, returns=DECISION, roles=MANAGERS)
def decide_agreement(work: UnitOfWork, body: DecisionChanges, agreement_id: UUID) -> dict[str, Any]:
    """Sets the owner, snoozes or decides. "renew" turns automatic renewal on, "let_end" turns it off."""
    return deciding.decide(work, agreement_id, body)
