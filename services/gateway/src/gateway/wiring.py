"""Assembles the gateway."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

import gateway.organisation.events
import gateway.user.events
from common.app import App
from common.http.app import create_app
from gateway.api_key.routes import routes as api_key_routes
from gateway.audit.routes import routes as audit_routes
from gateway.config import Settings
from gateway.dashboard.routes import routes as dashboard_routes
from gateway.db import Base
from gateway.inbound import audit, clients
from gateway.limits.visiting import Visits
from gateway.organisation import queries as organisation
from gateway.organisation.routes import routes as settings_routes
from gateway.proxy.identity import Signer
from gateway.proxy.upstream import Upstream
from gateway.runtime import EXTENSION, Runtime
from gateway.saved_view.routes import routes as saved_view_routes
from gateway.session import housekeeping, identify
from gateway.session.lookup import Lookup
from gateway.session.routes import auth as auth_routes
from gateway.session.routes import routes as session_routes
from gateway.task.routes import routes as task_list_routes
from gateway.user import queries as users
from gateway.user.passwords import Passwords
from gateway.user.routes import roles as role_routes
from gateway.user.routes import routes as user_routes
from gateway.web.front import Front
from gateway.web.routes import PagePath, pages


def app(settings: Settings | None = None) -> App:
    return App(
        name="gateway",
        settings=settings or Settings.load("gateway"),
        base=Base,
        routes=[
            auth_routes,
            user_routes,
            role_routes,
            session_routes,
            api_key_routes,
            audit_routes,
            dashboard_routes,
            settings_routes,
            task_list_routes,
            saved_view_routes,
        ],
        handlers=[*clients.handlers, *audit.handlers],
        events=[*gateway.user.events.ALL, *gateway.organisation.events.ALL],
        tasks=[housekeeping.TIDY],
        ticks=[housekeeping.TICK],
        republishers=[users.republish, organisation.republish],
        on_api_start=start,
    )


def start(flask_app: Flask, app: App) -> None:
    """Sets up what only the API process does: authenticating and forwarding requests, serving the web client."""
    settings = Settings.of(app)
    if not settings.identity_private_key_file:
        raise SystemExit("IDENTITY_PRIVATE_KEY_FILE is not set, so the gateway can't issue identity tokens.")
    runtime = Runtime(
        settings=settings,
        passwords=Passwords(settings.hash_concurrency),
        lookup=Lookup(settings),
        signer=Signer(settings.identity_private_key_file),
        upstreams={name: Upstream(name, url, settings) for name, url in settings.upstreams.items()},
        visits=Visits(app),
        fetchers=ThreadPoolExecutor(settings.own_share * len(settings.upstreams), thread_name_prefix="fetch"),
    )
    flask_app.extensions[EXTENSION] = runtime
    identify.install(flask_app)
    flask_app.url_map.converters["page"] = PagePath
    flask_app.register_blueprint(pages(runtime))
    flask_app.wsgi_app = Front(runtime, flask_app.wsgi_app)  # type: ignore[method-assign]


def api() -> Flask:
    return create_app(app())
