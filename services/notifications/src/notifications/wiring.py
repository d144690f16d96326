"""The composition root of notifications."""

from flask import Flask

from common.app import App
from common.config import Settings as CommonSettings
from common.http.app import create_app
from common.organisation import replica as organisation
from notifications.channel.email import Email
from notifications.config import Settings
from notifications.dashboard import routes as dashboard
from notifications.db import Base
from notifications.delivery import events, sending
from notifications.delivery.routes import routes as delivery_routes
from notifications.inbound import agreements, billing, clients, gateway


def app(settings: CommonSettings | None = None) -> App:
    return App(
        name="notifications",
        settings=settings or Settings.load("notifications"),
        base=Base,
        routes=[delivery_routes, dashboard.routes],
        handlers=[
            *organisation.handlers,
            *clients.handlers,
            *gateway.handlers,
            *billing.handlers,
            *agreements.handlers,
        ],
        events=events.ALL,
        loops=[sending.loop(Email())],
    )


def api() -> Flask:
    return create_app(app())
