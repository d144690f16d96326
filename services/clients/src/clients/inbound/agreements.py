"""What agreements says: the time that was worked, which tells what a rate is worth."""

from decimal import Decimal
from typing import Any

from marshmallow import fields

from clients.inbound.replicas import WorkedTime
from common.events import Reader
from common.handlers import Handlers
from common.http import fields as own
from common.replicas import upsert
from common.uow import UnitOfWork

handlers = Handlers()


class TimeState(Reader):
    id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)
    client_service_id = fields.UUID(allow_none=True, load_default=None)
    worked_on = fields.Date(required=True)
    hours = own.Hours(required=True)
    deleted = fields.Boolean(load_default=False)
    version = fields.Integer(required=True)


@handlers.handles(
    "agreements.time.logged.v1", "agreements.time.corrected.v1", "agreements.time.deleted.v1", reader=TimeState()
)
def on_time(work: UnitOfWork, data: dict[str, Any]) -> None:
    row = dict(data)
    row["sequence"] = row.pop("version")
    if row.pop("deleted"):
        row["hours"] = Decimal(0)
    upsert(work.session, WorkedTime, [row])
