"""Who uses which service: counted from what clients and agreements announce."""

from typing import Any

from marshmallow import fields
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from catalog.service.models import ServiceUse
from common.events import Reader
from common.handlers import Handlers
from common.uow import UnitOfWork

handlers = Handlers()


class CardRow(Reader):
    service_id = fields.UUID(allow_none=True, load_default=None)


class ClientServiceChanged(Reader):
    client_id = fields.UUID(required=True)
    services = fields.List(fields.Nested(CardRow()), required=True)


class CoveredService(Reader):
    service_id = fields.UUID(allow_none=True, load_default=None)


class AgreementChanged(Reader):
    id = fields.UUID(required=True)
    services = fields.List(fields.Nested(CoveredService()), load_default=list)


@handlers.handles("clients.client_service.changed.v1", reader=ClientServiceChanged())
def on_client_service(work: UnitOfWork, data: dict[str, Any]) -> None:
    """A row once on a card keeps its service from being deleted, even when it is not included any more."""
    rows = [
        {"service_id": row["service_id"], "kind": "client", "user_id": data["client_id"]}
        for row in data["services"]
        if row["service_id"]
    ]
    _remember(work, rows)


@handlers.handles(
    "agreements.agreement.created.v1",
    "agreements.agreement.changed.v1",
    "agreements.agreement.activated.v1",
    reader=AgreementChanged(),
)
def on_agreement(work: UnitOfWork, data: dict[str, Any]) -> None:
    work.session.execute(delete(ServiceUse).where(ServiceUse.kind == "agreement", ServiceUse.user_id == data["id"]))
    _remember(
        work,
        [
            {"service_id": covered["service_id"], "kind": "agreement", "user_id": data["id"]}
            for covered in data["services"]
            if covered["service_id"]
        ],
    )


def _remember(work: UnitOfWork, rows: list[dict[str, Any]]) -> None:
    if rows:
        ordered = sorted(rows, key=lambda row: str(row["service_id"]))
        work.session.execute(insert(ServiceUse).values(ordered).on_conflict_do_nothing())
