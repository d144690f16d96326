"""Stores services, service sets and tax codes from the catalog's events."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from marshmallow import fields

from clients.inbound.replicas import DELETED, ServiceSet, TaxCode
from clients.rate_card import catalog_changes, inheriting
from common import fields as own
from common.events import Reader
from common.handlers import Handlers
from common.ids import born_at
from common.replicas import upsert
from common.uow import UnitOfWork

handlers = Handlers()


class Price(Reader):
    currency = fields.String(required=True)
    default_rate = own.Money(required=True)


class CatalogServiceState(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    category = fields.String(allow_none=True, load_default=None)
    default_rate = own.Money(required=True)
    currency = fields.String(load_default=None)
    prices = fields.List(fields.Nested(Price()), load_default=list)
    default_unit = fields.String(required=True)
    minimum_hours = own.Hours(allow_none=True, load_default=None)
    status = fields.String(required=True)
    sort_order = fields.Integer(load_default=0)
    created_at = fields.AwareDateTime(required=True, default_timezone=UTC)
    version = fields.Integer(required=True)


class ServiceSetState(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    status = fields.String(required=True)
    is_default = fields.Boolean(required=True)
    service_ids = fields.List(fields.UUID(), required=True)
    version = fields.Integer(required=True)


class TaxCodeState(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    rate_percent = own.Percent(required=True)
    status = fields.String(required=True)
    version = fields.Integer(required=True)


@handlers.handles(
    "catalog.service.created.v1",
    "catalog.service.changed.v1",
    "catalog.service.rate_changed.v1",
    "catalog.service.archived.v1",
    "catalog.service.restored.v1",
    reader=CatalogServiceState(),
)
def on_service(work: UnitOfWork, data: dict[str, Any]) -> None:
    catalog_changes.take(work, _replica(data), _event_time(work))


@handlers.handles("catalog.service.deleted.v1", reader=CatalogServiceState())
def on_service_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    catalog_changes.take(work, {**_replica(data), "status": DELETED}, _event_time(work))


@handlers.handles("catalog.tax_code.created.v1", "catalog.tax_code.changed.v1", reader=TaxCodeState())
def on_tax_code(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, TaxCode, [_with_sequence(data)])


@handlers.handles("catalog.service_set.changed.v1", reader=ServiceSetState())
def on_service_set(work: UnitOfWork, data: dict[str, Any]) -> None:
    inheriting.hold_catalog(work)
    upsert(work.session, ServiceSet, [_with_sequence(data)])


@handlers.handles("catalog.service_set.deleted.v1", reader=ServiceSetState())
def on_service_set_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    inheriting.hold_catalog(work)
    upsert(work.session, ServiceSet, [{**_with_sequence(data), "status": DELETED, "is_default": False}])


def _event_time(work: UnitOfWork) -> datetime | None:
    """Returns the time at which the current event was created, from its id."""
    return born_at(UUID(work.context.causation_id)) if work.context.causation_id else None


def _replica(data: dict[str, Any]) -> dict[str, Any]:
    row = _with_sequence(data)
    row["unit"] = row.pop("default_unit")
    # The price in the service's own currency is left out: `default_rate` has it and may be newer.
    row["prices"] = {
        price["currency"]: own.plain(price["default_rate"])
        for price in data["prices"]
        if price["currency"] != data["currency"]
    }
    return row


def _with_sequence(data: dict[str, Any]) -> dict[str, Any]:
    row = dict(data)
    row["sequence"] = row.pop("version")
    return row
