"""Routes of bulk changes and of decisions on rate reviews."""

from typing import Any
from uuid import UUID

from clients.bulk_change import running
from clients.bulk_change.planning import ACCEPT, DECLINE, Change
from clients.bulk_change.schemas import BODY, BULK_CHANGE, DECISION, RESULT
from common.app import App
from common.context import Context
from common.http import idempotency
from common.http.routes import Answer, Routes
from common.pages import Page
from common.roles import BILLING_READERS, MANAGERS
from common.uow import UnitOfWork

routes = Routes("bulk-changes", "Bulk changes of custom rates across clients")

ALL = "/client-services/bulk-changes"


@routes.post(
    "/client-services/bulk-change",
    "bulkChangeClientServices",
    body=BODY,
    returns=RESULT,
    roles=MANAGERS,
    status=200,
    also=(202,),
    transaction=False,
    promise=idempotency.BY_FUNCTION,
)
def bulk_change_client_services(app: App, context: Context, body: dict[str, Any]) -> Answer:
    """Changes many rates. Runs as a preview unless `dry_run=false`; returns a result for each row.

    Rows are changed in batches. Rows whose rate changed since the preview are skipped.
    """
    rounding = body["rounding"] or {}
    change = Change(
        **body["change"],
        **rounding,
        valid_from=body["valid_from"],
        reason=body["reason"],
        asked={**body["change"], "rounding": body["rounding"]},
    )
    return running.run(app, context, change, **_selection(body))


@routes.list(ALL, "listBulkChanges", returns=BULK_CHANGE, roles=BILLING_READERS)
def list_bulk_changes(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return running.page_of_changes(work, page)


@routes.get(f"{ALL}/<uuid:bulk_change_id>", "getBulkChange", returns=RESULT, roles=BILLING_READERS)
def get_bulk_change(work: UnitOfWork, bulk_change_id: UUID) -> dict[str, Any]:
    """Returns the change with the result of each row."""
    return running.result_of(work, bulk_change_id)


@routes.post(
    "/rate-reviews/accept",
    "acceptRateReviews",
    body=DECISION,
    returns=RESULT,
    roles=MANAGERS,
    status=200,
    also=(202,),
    transaction=False,
    promise=idempotency.BY_FUNCTION,
)
def accept_rate_reviews(app: App, context: Context, body: dict[str, Any]) -> Answer:
    """Updates the default rates of these clients to the catalog rate."""
    return running.run(app, context, Change(ACCEPT, asked={"kind": ACCEPT}), **_selection(body))


@routes.post(
    "/rate-reviews/decline",
    "declineRateReviews",
    body=DECISION,
    returns=RESULT,
    roles=MANAGERS,
    status=200,
    also=(202,),
    transaction=False,
    promise=idempotency.BY_FUNCTION,
)
def decline_rate_reviews(app: App, context: Context, body: dict[str, Any]) -> Answer:
    """Keeps the current rates of these clients. The next catalog change opens a new review."""
    return running.run(app, context, Change(DECLINE, asked={"kind": DECLINE}), **_selection(body))


def _selection(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "dry_run": body["dry_run"],
        "ids": body.get("ids"),
        "filters": body.get("filter"),
        "expected_count": body.get("expected_count"),
    }
