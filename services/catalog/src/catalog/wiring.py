"""Assembles the catalog service."""

from flask import Flask

import catalog.bundle.events
import catalog.category.events
import catalog.service.events
import catalog.service_set.events
import catalog.tax.events
from catalog.bundle import queries as bundles
from catalog.bundle.routes import routes as bundle_routes
from catalog.category import queries as categories
from catalog.category.routes import routes as category_routes
from catalog.dashboard import routes as dashboard
from catalog.db import Base
from catalog.importing.routes import routes as table_routes
from catalog.inbound import uses
from catalog.plan.routes import routes as plan_routes
from catalog.price.applying import PRICE_CHANGES, PRICE_TICK
from catalog.price.routes import routes as price_routes
from catalog.service import queries as services
from catalog.service.routes import routes as service_routes
from catalog.service_set import queries as service_sets
from catalog.service_set.routes import routes as set_routes
from catalog.tax import queries as taxes
from catalog.tax.routes import routes as tax_routes
from common.app import App
from common.config import Settings
from common.http.app import create_app
from common.jobs import job_routes
from common.organisation import replica as organisation


def app(settings: Settings | None = None) -> App:
    return App(
        name="catalog",
        settings=settings or Settings.load("catalog"),
        base=Base,
        routes=[
            *(service_routes, table_routes, price_routes, plan_routes, category_routes),
            *(tax_routes, set_routes, bundle_routes, dashboard.routes, job_routes([PRICE_CHANGES])),
        ],
        handlers=[*organisation.handlers, *uses.handlers],
        events=[
            *catalog.category.events.ALL,
            *catalog.tax.events.ALL,
            *catalog.service.events.ALL,
            *catalog.service_set.events.ALL,
            *catalog.bundle.events.ALL,
        ],
        tasks=[PRICE_CHANGES, *table_routes.tasks],
        ticks=[PRICE_TICK],
        republishers=[
            categories.republish,
            taxes.republish,
            services.republish,
            service_sets.republish,
            bundles.republish,
        ],
    )


def api() -> Flask:
    return create_app(app())
