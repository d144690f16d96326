"""The agreements' part of the dashboard; the gateway merges the parts."""

from datetime import timedelta
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import func, select

from agreements.access import of_own_clients
from agreements.agreement.models import ACTIVE, Agreement
from agreements.decision import queries as decisions
from agreements.work.models import OPEN, WorkOrder
from agreements.work.queries import at_risk, overdue, visible_orders
from common.http.routes import Routes
from common.roles import STAFF
from common.uow import UnitOfWork

routes = Routes("agreements-dashboard", "Counts for the dashboard")


class Dashboard(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


@routes.get("/agreements/dashboard", "getAgreementsDashboard", returns=Dashboard(), roles=STAFF)
def agreements_dashboard(work: UnitOfWork) -> dict[str, Any]:
    active = select(func.count()).where(Agreement.status == ACTIVE, of_own_clients(work, Agreement.client_id))
    soon = active.where(Agreement.end_date.between(work.today, work.today + timedelta(days=30)))
    open_orders = select(func.count()).where(WorkOrder.status.in_(OPEN), visible_orders(work))
    return {
        "counts": {
            "agreements_active": work.session.scalar(active),
            "agreements_ending_in_30_days": work.session.scalar(soon),
            "agreement_decisions_open": decisions.count_open(work),
            "work_orders_open": work.session.scalar(open_orders),
            "work_orders_overdue": work.session.scalar(open_orders.where(overdue(work))),
            "work_orders_at_risk": work.session.scalar(open_orders.where(at_risk(work))),
        }
    }
