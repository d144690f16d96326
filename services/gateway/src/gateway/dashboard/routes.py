"""Route of the dashboard, merged from all services."""

from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import func, select

from common import fields as own
from common.audience import seen_by
from common.http.routes import Routes
from common.roles import ADMINS, EVERYONE, MONEY_READERS
from common.uow import UnitOfWork
from gateway.asking import fetch
from gateway.dashboard.merging import merged
from gateway.runtime import runtime
from gateway.session.identify import principal
from gateway.user.models import ACTIVE, User

routes = Routes("dashboard", "Dashboard numbers")


class DashboardMoney(Schema):
    currency = fields.String(required=True)
    receivable = own.Money(seen_by=MONEY_READERS, required=True)
    overdue = own.Money(seen_by=MONEY_READERS, required=True)
    unbilled = own.Money(
        seen_by=MONEY_READERS,
        required=True,
        allow_none=True,
        metadata={"description": "Null if there is too much open work to price"},
    )


class Alert(Schema):
    kind = fields.String(required=True)
    severity = fields.String(required=True)
    title = fields.String(required=True)
    href = fields.String(required=True, allow_none=True)


def _date() -> fields.Raw:
    """Returns a field that passes billing's date on unchanged."""
    return fields.Raw(required=True, allow_none=True, metadata={"type": ["string", "null"], "format": "date"})


class RecentInvoice(Schema):
    id = fields.UUID(required=True)
    number = fields.String(required=True, allow_none=True)
    client_id = fields.UUID(required=True)
    client_name = fields.String(required=True)
    agreement_id = fields.UUID(required=True, allow_none=True)
    status = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    issued_on = _date()
    due_on = _date()
    currency = fields.String(required=True)
    total = own.Money(seen_by=MONEY_READERS, required=True)
    balance = own.Money(seen_by=MONEY_READERS, required=True)
    version = fields.Integer(required=True)


class Dashboard(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    money = fields.List(fields.Nested(DashboardMoney()), required=True, metadata=seen_by(MONEY_READERS))
    alerts = fields.List(fields.Nested(Alert()), required=True)
    recent_invoices = fields.List(fields.Nested(RecentInvoice()), required=True, metadata=seen_by(MONEY_READERS))
    unavailable = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Services that did not answer; their numbers are missing"},
    )


@routes.get("/dashboard", "getDashboard", returns=Dashboard(), roles=EVERYONE)
def dashboard(work: UnitOfWork) -> dict[str, Any]:
    """Returns counts, open money, alerts and recent invoices that the caller may see."""
    # Asks the services before its own first query, so that it holds no database connection meanwhile.
    result = merged(fetch(runtime(), principal(), "dashboard"))
    if work.actor.role in ADMINS:
        active = select(func.count()).select_from(User).where(User.status == ACTIVE)
        result["counts"]["users_active"] = work.session.scalar(active)
    return result
