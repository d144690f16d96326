"""Replicas of catalog services (whether they accept time, their minimum hours and status) and of tax codes."""

from typing import Any

from marshmallow import fields

from agreements.inbound.replicas import CatalogService, TaxCode
from common import fields as own
from common.events import Reader
from common.handlers import Handlers
from common.replicas import upsert
from common.uow import UnitOfWork

handlers = Handlers()


class ServiceChanged(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    status = fields.String(required=True)
    kind = fields.String(allow_none=True, load_default=None)
    minimum_hours = own.Hours(allow_none=True, load_default=None)
    sequence = fields.Integer(required=True, data_key="version")


@handlers.handles(
    "catalog.service.created.v1",
    "catalog.service.changed.v1",
    "catalog.service.rate_changed.v1",
    "catalog.service.archived.v1",
    "catalog.service.restored.v1",
    reader=ServiceChanged(),
)
def on_service(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, CatalogService, [data])


@handlers.handles("catalog.service.deleted.v1", reader=ServiceChanged())
def on_service_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, CatalogService, [{**data, "status": "deleted"}])


class TaxCodeState(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    status = fields.String(load_default="active")
    sequence = fields.Integer(required=True, data_key="version")


@handlers.handles("catalog.tax_code.created.v1", "catalog.tax_code.changed.v1", reader=TaxCodeState())
def on_tax_code(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, TaxCode, [data])
