"""The only place where the catalog is put together."""

from flask import Flask

import catalog.service.events
import catalog.tax.events
from catalog.dashboard import routes as dashboard
from catalog.db import Base
from catalog.inbound import uses
from catalog.service import queries as services
from catalog.service.routes import routes as service_routes
from catalog.tax import queries as taxes
from catalog.tax.routes import routes as tax_routes
from common.config import Settings
from common.http.app import create_app
from common.service import Service


def service(settings: Settings | None = None) -> Service:
    return Service(
        name="catalog",
        settings=settings or Settings.load("catalog"),
        base=Base,
        routes=[service_routes, tax_routes, dashboard.routes],
        handlers=[*uses.handlers],
        events=[*catalog.service.events.ALL, *catalog.tax.events.ALL],
        republishers=[taxes.republish, services.republish],
    )


def api() -> Flask:
    return create_app(service())
