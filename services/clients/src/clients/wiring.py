"""Assembles the clients service."""

from flask import Flask

import clients.asset.events
import clients.client.events
import clients.contact.events
import clients.location.events
import clients.merging.events
import clients.note.events
import clients.rate_card.events
import clients.technician.events
from clients.asset import queries as asset_queries
from clients.asset.routes import routes as asset_routes
from clients.bulk_change.performing import BULK_CHANGES
from clients.bulk_change.routes import routes as bulk_routes
from clients.client import queries as client_queries
from clients.client.routes import routes as client_routes
from clients.contact import queries as contact_queries
from clients.contact.routes import routes as contact_routes
from clients.custom_field.routes import routes as custom_field_routes
from clients.dashboard import routes as dashboard
from clients.db import Base
from clients.importing.routes import routes as table_routes
from clients.inbound import agreements, catalog, gateway, holdings
from clients.location import queries as location_queries
from clients.location.routes import routes as location_routes
from clients.merging import queries as merge_queries
from clients.merging.routes import routes as merge_routes
from clients.note import queries as note_queries
from clients.note.routes import routes as note_routes
from clients.rate_card import queries as card_queries
from clients.rate_card.catalog_changes import CATALOG_NEWS, CATALOG_TICK
from clients.rate_card.routes import reviews as review_routes
from clients.rate_card.routes import routes as card_routes
from clients.reference import routes as reference
from clients.scheduled_rate.due import RATE_CHANGES, RATE_TICK
from clients.scheduled_rate.routes import routes as schedule_routes
from clients.tag.routes import routes as tag_routes
from clients.technician import queries as technician_queries
from clients.technician.routes import routes as technician_routes
from common.app import App
from common.config import Settings
from common.http.app import create_app
from common.jobs import job_routes
from common.organisation import replica as organisation


def app(settings: Settings | None = None) -> App:
    return App(
        name="clients",
        settings=settings or Settings.load("clients"),
        base=Base,
        routes=[
            client_routes,
            merge_routes,
            table_routes,
            contact_routes,
            location_routes,
            asset_routes,
            note_routes,
            tag_routes,
            custom_field_routes,
            technician_routes,
            card_routes,
            review_routes,
            bulk_routes,
            schedule_routes,
            job_routes([RATE_CHANGES]),
            reference.routes,
            dashboard.routes,
        ],
        handlers=[
            *organisation.handlers,
            *catalog.handlers,
            *agreements.handlers,
            *gateway.handlers,
            *holdings.handlers,
        ],
        events=[
            *clients.client.events.ALL,
            *clients.contact.events.ALL,
            *clients.location.events.ALL,
            *clients.asset.events.ALL,
            *clients.note.events.ALL,
            *clients.technician.events.ALL,
            *clients.rate_card.events.ALL,
            *clients.merging.events.ALL,
        ],
        tasks=[RATE_CHANGES, BULK_CHANGES, CATALOG_NEWS, *table_routes.tasks],
        ticks=[RATE_TICK, CATALOG_TICK],
        republishers=[
            client_queries.republish,
            contact_queries.republish,
            location_queries.republish,
            asset_queries.republish,
            note_queries.republish,
            technician_queries.republish,
            card_queries.republish,
            merge_queries.republish,
        ],
    )


def api() -> Flask:
    return create_app(app())
