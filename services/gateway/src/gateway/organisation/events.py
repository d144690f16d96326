"""What the gateway publishes about the organisation."""

from typing import Any

from marshmallow import fields

from common.events import EventType
from common.organisation import stored
from common.organisation.settings import STATE, Organisation, OrganisationState


class OrganisationChanged(OrganisationState):
    id = fields.UUID()
    version = fields.Integer()


CHANGED = EventType("gateway.organisation.changed.v1", OrganisationChanged(), "The organisation's settings changed")

ALL = (CHANGED,)


def state(settings: Organisation, version: int) -> dict[str, Any]:
    return {"id": stored.ID, "version": version, **{name: getattr(settings, name) for name in STATE.fields}}
