"""The composition root of billing."""

from flask import Flask

import billing.invoice.events
import billing.labor_rate.events
import billing.payment.events
from billing.account.routes import routes as account_routes
from billing.config import Settings
from billing.dashboard.routes import routes as dashboard_routes
from billing.db import Base
from billing.document.announcing import announce_waiting
from billing.document.models import CHANNEL
from billing.inbound import agreements, catalog, clients, gateway
from billing.invoice import queries as invoices
from billing.invoice.routes import routes as invoice_routes
from billing.item.routes import routes as item_routes
from billing.labor_rate.routes import routes as labor_rate_routes
from billing.payment import queries as payments
from billing.payment.routes import routes as payment_routes
from billing.report.routes import routes as report_routes
from billing.run.routes import INVOICE_RUNS
from billing.run.routes import jobs as job_routes
from billing.run.routes import routes as run_routes
from common.app import App, Loop
from common.http.app import create_app
from common.organisation import replica as organisation


def app(settings: Settings | None = None) -> App:
    return App(
        name="billing",
        settings=settings or Settings.load("billing"),
        base=Base,
        routes=[
            invoice_routes,
            run_routes,
            job_routes,
            item_routes,
            payment_routes,
            account_routes,
            dashboard_routes,
            labor_rate_routes,
            report_routes,
        ],
        handlers=[
            *(*organisation.handlers, *catalog.handlers, *clients.handlers, *agreements.handlers, *gateway.handlers)
        ],
        events=[*billing.invoice.events.ALL, *billing.payment.events.ALL, *billing.labor_rate.events.ALL],
        tasks=[INVOICE_RUNS],
        loops=[Loop("invoice-documents", announce_waiting, channel=CHANNEL)],
        republishers=[invoices.republish, payments.republish],
    )


def api() -> Flask:
    return create_app(app())
