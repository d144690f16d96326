"""The composition root of the agreements service."""

from flask import Flask

import agreements.agreement.events
import agreements.conversation.events
import agreements.document.events
import agreements.expense.events
import agreements.form.events
import agreements.order_template.events
import agreements.recurring.events
import agreements.signature.events
import agreements.work.events
from agreements.agreement import queries as agreement_queries
from agreements.agreement.amendment_routes import routes as amendment_routes
from agreements.agreement.block_routes import routes as block_routes
from agreements.agreement.blocks import BLOCK_EXPIRY, BLOCK_TICK
from agreements.agreement.ending import AGREEMENT_EXPIRY, EXPIRY_TICK
from agreements.agreement.grants import GRANT_TICK, HOUR_GRANTS
from agreements.agreement.hour_routes import routes as hour_routes
from agreements.agreement.routes import routes as agreement_routes
from agreements.checklist.routes import routes as checklist_routes
from agreements.config import Settings
from agreements.conversation.routes import routes as conversation_routes
from agreements.dashboard.routes import routes as dashboard_routes
from agreements.db import Base
from agreements.decision.routes import routes as decision_routes
from agreements.document.routes import routes as document_routes
from agreements.expense import queries as expense_queries
from agreements.expense.routes import routes as expense_routes
from agreements.form.routes import routes as form_routes
from agreements.importing.routes import routes as importing_routes
from agreements.inbound import billing, catalog, clients, gateway
from agreements.mail_in.polling import MAILBOX_TICK, READ_MAILBOX
from agreements.mail_in.routes import routes as mail_routes
from agreements.order_template.routes import routes as template_routes
from agreements.recurring.routes import routes as recurring_routes
from agreements.recurring.running import RECURRING_ORDERS, RECURRING_TICK
from agreements.report.routes import routes as report_routes
from agreements.signature.routes import routes as signature_routes
from agreements.simulation.routes import routes as simulation_routes
from agreements.sla.sweeping import SLA_SWEEP, SLA_TICK
from agreements.time.approval_routes import routes as approval_routes
from agreements.time.routes import routes as timer_routes
from agreements.work import queries as work_queries
from agreements.work.routes import routes as work_routes
from agreements.work.time_routes import routes as time_routes
from common.app import App
from common.config import Settings as CommonSettings
from common.http.app import create_app
from common.jobs import job_routes
from common.organisation import replica as organisation


def app(settings: CommonSettings | None = None) -> App:
    return App(
        name="agreements",
        settings=settings or Settings.load("agreements"),
        base=Base,
        routes=[
            *(agreement_routes, hour_routes, work_routes, time_routes, importing_routes, dashboard_routes),
            *(amendment_routes, report_routes, checklist_routes, template_routes, conversation_routes),
            *(block_routes, expense_routes),
            job_routes([HOUR_GRANTS, BLOCK_EXPIRY, AGREEMENT_EXPIRY, RECURRING_ORDERS]),
            *(recurring_routes, timer_routes, approval_routes, decision_routes, form_routes, mail_routes),
            *(document_routes, signature_routes, simulation_routes),
        ],
        handlers=[*organisation.handlers, *clients.handlers, *catalog.handlers, *billing.handlers, *gateway.handlers],
        events=[
            *agreements.agreement.events.ALL,
            *agreements.conversation.events.ALL,
            *agreements.expense.events.ALL,
            *agreements.document.events.ALL,
            *agreements.form.events.ALL,
            *agreements.order_template.events.ALL,
            *agreements.recurring.events.ALL,
            *agreements.signature.events.ALL,
            *agreements.work.events.ALL,
        ],
        tasks=[
            *(HOUR_GRANTS, BLOCK_EXPIRY, AGREEMENT_EXPIRY, RECURRING_ORDERS, READ_MAILBOX, SLA_SWEEP),
            *importing_routes.tasks,
        ],
        ticks=[GRANT_TICK, BLOCK_TICK, EXPIRY_TICK, RECURRING_TICK, MAILBOX_TICK, SLA_TICK],
        republishers=[agreement_queries.republish, work_queries.republish, expense_queries.republish],
    )


def api() -> Flask:
    return create_app(app())
