"""HTTP routes for the history of an agreement's terms."""

from typing import Any
from uuid import UUID

from agreements.agreement import amending, queries
from agreements.agreement.amendment_schemas import AMENDMENTS
from common.http.routes import Routes
from common.roles import BILLING_READERS
from common.uow import UnitOfWork

routes = Routes("agreement-terms", "The history of an agreement's terms")


@routes.get(
    "/agreements/<uuid:agreement_id>/amendments",
    "listAgreementAmendments",
    returns=AMENDMENTS,
    roles=BILLING_READERS,
)
def list_amendments(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    """Returns what was agreed from which day on, by whom and why, the newest first."""
    return {"items": amending.history(work, queries.get(work, agreement_id))}
