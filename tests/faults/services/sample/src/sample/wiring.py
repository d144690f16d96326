"""Composes the sample service."""

from typing import Any

import structlog
from flask import Flask
from marshmallow import Schema, fields

from common.app import App
from common.config import Settings
from common.events import EventType, Reader
from common.handlers import Handlers
from common.http.app import create_app
from common.http.routes import Routes
from common.roles import STAFF
from common.uow import UnitOfWork
from sample.db import Base, Effect, Thing

log = structlog.get_logger(__name__)


class ThingSchema(Schema):
    id = fields.UUID(dump_only=True)
    name = fields.String(required=True)
    version = fields.Integer(dump_only=True)


THING_MADE = EventType("sample.thing.made.v1", ThingSchema(), "A thing was made.")

routes = Routes("things", "Things")
handlers = Handlers()


@routes.post("/things", "createThing", body=ThingSchema(), returns=ThingSchema(), roles=STAFF)
def create_thing(work: UnitOfWork, body: dict[str, Any]) -> Thing:
    return make(work, **body)


def make(work: UnitOfWork, *, name: str) -> Thing:
    thing = Thing(name=name)
    work.session.add(thing)
    work.emit(THING_MADE, thing)
    return thing


class ThingMade(Reader):
    id = fields.UUID(required=True)


@handlers.handles("sample.thing.made.v1", reader=ThingMade())
def on_thing_made(work: UnitOfWork, data: dict[str, Any]) -> None:
    event_id = work.context.causation_id
    work.session.add(Effect(event_id=event_id, thing_id=data["id"]))
    log.info("effect_recorded", thing_id=str(data["id"]))


def app(settings: Settings | None = None) -> App:
    return App(
        name="sample",
        settings=settings or Settings.load("sample"),
        base=Base,
        routes=[routes],
        handlers=[*handlers],
        events=[THING_MADE],
    )


def api() -> Flask:
    return create_app(app())
