"""Keeps a service's copy of the organisation's settings. The wiring of every service adds these handlers."""

from typing import Any

from marshmallow import fields

from common.handlers import Handlers
from common.organisation import stored
from common.organisation.settings import OrganisationState, of_values
from common.uow import UnitOfWork

handlers = Handlers()


class OrganisationChanged(OrganisationState):
    version = fields.Integer(required=True)


@handlers.handles("gateway.organisation.changed.v1", reader=OrganisationChanged())
def on_changed(work: UnitOfWork, data: dict[str, Any]) -> None:
    version = data.pop("version")
    stored.write(work.session, of_values(data), version, work.now)
