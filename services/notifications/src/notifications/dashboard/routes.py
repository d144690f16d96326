"""The part of the dashboard that notifications know; the gateway merges the parts."""

from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import func, select

from common.http.auth import STAFF
from common.http.routes import Routes
from common.uow import UnitOfWork
from notifications.delivery.models import FAILED, QUEUED, SENDING, Delivery

routes = Routes("dashboard", "Counts for the first page")


class Dashboard(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


@routes.get("/notifications/dashboard", "getNotificationsDashboard", returns=Dashboard(), roles=STAFF)
def notifications_dashboard(work: UnitOfWork) -> dict[str, Any]:
    waiting = (FAILED, QUEUED, SENDING)
    counted = select(Delivery.status, func.count()).where(Delivery.status.in_(waiting)).group_by(Delivery.status)
    counts = dict(work.session.execute(counted).all())
    return {
        "counts": {
            "deliveries_failed": counts.get(FAILED, 0),
            "deliveries_queued": counts.get(QUEUED, 0) + counts.get(SENDING, 0),
        }
    }
