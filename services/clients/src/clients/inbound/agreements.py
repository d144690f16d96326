"""Stores hours worked from the agreements service's events, to compute the revenue impact of rates."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marshmallow import fields

from clients.inbound.replicas import WorkedTime
from common import fields as own
from common.events import Reader
from common.handlers import Handlers
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


@handlers.handles_batch(
    "agreements.time.logged.v1", "agreements.time.corrected.v1", "agreements.time.deleted.v1", reader=TimeState()
)
def on_time(work: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    upsert(work.session, WorkedTime, [_worked(row) for row in rows])


def _worked(row: dict[str, Any]) -> dict[str, Any]:
    data = dict(row)
    deleted, sequence = data.pop("deleted"), data.pop("version")
    return data | {"sequence": sequence} | ({"hours": Decimal(0)} if deleted else {})
