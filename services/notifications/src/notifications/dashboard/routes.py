"""The dashboard's part from notifications; the gateway merges the parts."""

from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import func, select

from common.http.routes import Routes
from common.roles import BILLING_READERS
from common.uow import UnitOfWork
from notifications.delivery.models import FAILED, QUEUED, SENDING, Delivery

routes = Routes("dashboard", "Counts for the dashboard")


class Alert(Schema):
    kind = fields.String(required=True)
    severity = fields.String(required=True)
    title = fields.String(required=True)
    href = fields.String(required=True, allow_none=True)


class Dashboard(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    alerts = fields.List(fields.Nested(Alert()), required=True)


@routes.get("/notifications/dashboard", "getNotificationsDashboard", returns=Dashboard(), roles=BILLING_READERS)
def notifications_dashboard(work: UnitOfWork) -> dict[str, Any]:
    """Returns the counts, for roles that can see the mail log."""
    waiting = (FAILED, QUEUED, SENDING)
    counted = select(Delivery.status, func.count()).where(Delivery.status.in_(waiting)).group_by(Delivery.status)
    counts = dict(work.session.execute(counted).all())
    failed = counts.get(FAILED, 0)
    return {
        "counts": {
            "deliveries_failed": failed,
            "deliveries_queued": counts.get(QUEUED, 0) + counts.get(SENDING, 0),
        },
        "alerts": [_undelivered(failed)] if failed else [],
    }


def _undelivered(count: int) -> dict[str, Any]:
    what = "1 email" if count == 1 else f"{count} emails"
    title, place = f"{what} could not be delivered", "/notifications?status=failed"
    return {"kind": "deliveries_failed", "severity": "error", "title": title, "href": place}
