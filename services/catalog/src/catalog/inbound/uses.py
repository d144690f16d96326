"""Stores the use of services by clients and agreements, from their events; the database counts it."""

from typing import Any
from uuid import UUID

from marshmallow import fields
from sqlalchemy import delete, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from catalog.inbound.replicas import Successor
from catalog.service.models import CatalogService, ServiceUse
from common import successors
from common.events import Reader
from common.handlers import Handlers
from common.uow import UnitOfWork

handlers = Handlers()

CLIENT, AGREEMENT = "client", "agreement"
OVER = ("cancelled", "expired", "renewed")


class CardRow(Reader):
    service_id = fields.UUID(allow_none=True, load_default=None)
    included = fields.Boolean(load_default=True)
    version = fields.Integer(load_default=0)


class ClientServiceChanged(Reader):
    client_id = fields.UUID(required=True)
    services = fields.List(fields.Nested(CardRow()), required=True)


class CoveredService(Reader):
    service_id = fields.UUID(allow_none=True, load_default=None)


class AgreementChanged(Reader):
    id = fields.UUID(required=True)
    status = fields.String(load_default="active")
    services = fields.List(fields.Nested(CoveredService()), load_default=list)
    version = fields.Integer(load_default=0)


class ClientMerged(Reader):
    id = fields.UUID(required=True)
    merged_client_id = fields.UUID(required=True)


@handlers.handles("clients.client_service.changed.v1", reader=ClientServiceChanged())
def on_client_service(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Stores the use of the card's services. A row that is no longer included still keeps its service."""
    client_id = successors.current(work.session, Successor, data["client_id"])
    merged = client_id != data["client_id"]
    rows = [
        {
            "service_id": row["service_id"],
            "kind": CLIENT,
            "user_id": client_id,
            "in_use": row["included"],
            # The row moved to another client, whose own row of the service has other versions.
            "sequence": -1 if merged else row["version"],
        }
        for row in data["services"]
        if row["service_id"]
    ]
    _remember(work, rows)


@handlers.handles(
    "agreements.agreement.created.v1",
    "agreements.agreement.changed.v1",
    "agreements.agreement.activated.v1",
    "agreements.agreement.suspended.v1",
    "agreements.agreement.resumed.v1",
    "agreements.agreement.cancelled.v1",
    "agreements.agreement.expired.v1",
    "agreements.agreement.renewed.v1",
    reader=AgreementChanged(),
)
def on_agreement(work: UnitOfWork, data: dict[str, Any]) -> None:
    _count(work, data, in_use=data["status"] not in OVER)


@handlers.handles("agreements.agreement.deleted.v1", reader=AgreementChanged())
def on_agreement_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    _count(work, data, in_use=False)


def _count(work: UnitOfWork, data: dict[str, Any], *, in_use: bool) -> None:
    covered = {row["service_id"] for row in data["services"] if row["service_id"]}
    use, version = ServiceUse, data["version"]
    _lock(work, covered | _used_by(work, AGREEMENT, data["id"]))
    former = update(use).where(use.user_id == data["id"], use.kind == AGREEMENT, use.service_id.not_in(covered))
    work.session.execute(former.where(use.in_use, use.sequence <= version).values(in_use=False, sequence=version))
    common = {"kind": AGREEMENT, "user_id": data["id"], "in_use": in_use, "sequence": version}
    _remember(work, [{"service_id": service_id, **common} for service_id in covered])


@handlers.handles("clients.client.merged.v1", reader=ClientMerged())
def on_client_merged(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Moves the merged client's uses to the surviving client, now and for late events."""
    use, merged = ServiceUse, (ServiceUse.kind == CLIENT, ServiceUse.user_id == data["merged_client_id"])
    _lock(work, _used_by(work, CLIENT, data["merged_client_id"]))
    successors.remember(work.session, Successor, {data["merged_client_id"]: data["id"]})
    columns = ("service_id", "kind", "user_id", "in_use", "sequence")
    moved = select(use.service_id, use.kind, literal(data["id"]), use.in_use, literal(-1)).where(*merged)
    work.session.execute(insert(use).from_select(columns, moved).on_conflict_do_nothing())
    work.session.execute(delete(use).where(*merged))


_statement = insert(ServiceUse)
REMEMBER = _statement.on_conflict_do_update(
    index_elements=["service_id", "kind", "user_id"],
    set_={"in_use": _statement.excluded.in_use, "sequence": _statement.excluded.sequence},
    where=ServiceUse.sequence <= _statement.excluded.sequence,
).returning(ServiceUse.service_id)


def _remember(work: UnitOfWork, rows: list[dict[str, Any]]) -> None:
    """Stores the uses of services that still exist; a card keeps its copy of a service deleted at the same time."""
    present = _lock(work, {row["service_id"] for row in rows})
    by_service = {row["service_id"]: row for row in rows if row["service_id"] in present}
    if by_service:
        work.session.execute(REMEMBER, [by_service[key] for key in sorted(by_service)])


def _used_by(work: UnitOfWork, kind: str, user_id: UUID) -> set[UUID]:
    used = select(ServiceUse.service_id).where(ServiceUse.user_id == user_id, ServiceUse.kind == kind)
    return set(work.session.scalars(used))


def _lock(work: UnitOfWork, service_ids: set[UUID]) -> set[UUID]:
    """Returns the services that exist, locked in the order of their ids against deletion."""
    if not service_ids:
        return set()
    statement = select(CatalogService.id).where(CatalogService.id.in_(service_ids)).order_by(CatalogService.id)
    return set(work.session.scalars(statement.with_for_update(key_share=True)))
