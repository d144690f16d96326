"""The only place where the clients service is put together."""

from flask import Flask

import clients.client.events
import clients.contact.events
import clients.rate_card.events
import clients.technician.events
from clients.client import queries as client_queries
from clients.client.routes import routes as client_routes
from clients.config import Settings
from clients.contact import queries as contact_queries
from clients.contact.routes import routes as contact_routes
from clients.dashboard import routes as dashboard
from clients.db import Base
from clients.inbound import catalog
from clients.rate_card import queries as card_queries
from clients.rate_card.routes import reviews as review_routes
from clients.rate_card.routes import routes as card_routes
from clients.reference import routes as reference
from clients.technician import queries as technician_queries
from clients.technician.routes import routes as technician_routes
from common.http.app import create_app
from common.service import Service


def service(settings: Settings | None = None) -> Service:
    return Service(
        name="clients",
        settings=settings or Settings.load("clients"),
        base=Base,
        routes=[
            client_routes,
            contact_routes,
            technician_routes,
            card_routes,
            review_routes,
            reference.routes,
            dashboard.routes,
        ],
        handlers=[*catalog.handlers],
        events=[
            *clients.client.events.ALL,
            *clients.contact.events.ALL,
            *clients.technician.events.ALL,
            *clients.rate_card.events.ALL,
        ],
        republishers=[
            client_queries.republish,
            contact_queries.republish,
            technician_queries.republish,
            card_queries.republish,
        ],
    )


def api() -> Flask:
    return create_app(service())
