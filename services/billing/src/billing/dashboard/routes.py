"""Billing's part of the dashboard; the gateway merges the parts."""

from typing import Any

from marshmallow import Schema, fields

from billing.dashboard import summary
from common import fields as own
from common.audience import seen_by
from common.http.routes import Routes
from common.roles import EVERYONE, MONEY_READERS
from common.uow import UnitOfWork

routes = Routes("dashboard", "Counts for the dashboard")


class MoneyByCurrency(Schema):
    currency = fields.String()
    receivable = own.Money(seen_by=MONEY_READERS)
    overdue = own.Money(seen_by=MONEY_READERS)
    unbilled = own.Money(seen_by=MONEY_READERS, allow_none=True)


class Alert(Schema):
    kind = fields.String()
    severity = fields.String()
    title = fields.String()
    href = fields.String(allow_none=True)


class RecentInvoice(Schema):
    """As in the list of invoices."""

    id = fields.UUID()
    number = fields.String(allow_none=True)
    client_id = fields.UUID()
    client_name = fields.String()
    agreement_id = fields.UUID(allow_none=True)
    status = fields.String()
    overdue = fields.Boolean()
    issued_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    currency = fields.String()
    subtotal = own.Money(seen_by=MONEY_READERS)
    tax_total = own.Money(seen_by=MONEY_READERS)
    total = own.Money(seen_by=MONEY_READERS)
    balance = own.Money(seen_by=MONEY_READERS)
    version = fields.Integer()
    created_at = fields.DateTime()
    updated_at = fields.DateTime()


class Dashboard(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    money = fields.List(fields.Nested(MoneyByCurrency()), metadata=seen_by(MONEY_READERS))
    alerts = fields.List(fields.Nested(Alert()))
    recent_invoices = fields.List(fields.Nested(RecentInvoice()), metadata=seen_by(MONEY_READERS))


@routes.get("/billing/dashboard", "getBillingDashboard", returns=Dashboard(), roles=EVERYONE)
def billing_dashboard(work: UnitOfWork) -> dict[str, Any]:
    return summary.of_actor(work)
