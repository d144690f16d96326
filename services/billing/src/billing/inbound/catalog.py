"""Replicas of services and tax codes."""

from typing import Any

from marshmallow import fields

from billing.inbound.replicas import CatalogService, TaxCode
from billing.price_models import priced_in_steps
from common import fields as own
from common import replicas
from common.events import Reader
from common.handlers import Handlers
from common.uow import UnitOfWork

handlers = Handlers()


class OtherPrice(Reader):
    currency = fields.String(required=True)
    default_rate = fields.String(required=True)
    price_model = fields.Dict(allow_none=True, load_default=None)


class ServiceState(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    description = fields.String(allow_none=True, load_default=None)
    category = fields.String(allow_none=True, load_default=None)
    default_rate = own.Money(required=True)
    default_unit = fields.String(load_default="Hour")
    currency = fields.String(required=True)
    status = fields.String(load_default="active")
    tax_code_id = fields.UUID(allow_none=True, load_default=None)
    price_model = fields.Dict(allow_none=True, load_default=None)
    kind = fields.String(allow_none=True, load_default=None)
    prices = fields.List(fields.Nested(OtherPrice()), load_default=list)
    sequence = fields.Integer(required=True, data_key="version")


class TaxComponent(Reader):
    name = fields.String(required=True)
    rate_percent = fields.String(required=True)
    compound = fields.Boolean(load_default=False)


class TaxCodeState(Reader):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    rate_percent = own.Percent(required=True)
    inclusive = fields.Boolean(load_default=False)
    exempt = fields.Boolean(load_default=False)
    exempt_reason = fields.String(allow_none=True, load_default=None)
    components = fields.List(fields.Nested(TaxComponent()), load_default=list)
    status = fields.String(load_default="active")
    sequence = fields.Integer(required=True, data_key="version")


@handlers.handles(
    "catalog.service.created.v1",
    "catalog.service.changed.v1",
    "catalog.service.rate_changed.v1",
    "catalog.service.archived.v1",
    "catalog.service.restored.v1",
    "catalog.service.deleted.v1",
    reader=ServiceState(),
)
def on_service(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Keeps a deleted service's row, because a deleted service was never used."""
    row = {**data, "priced_in_steps": priced_in_steps(data["price_model"])}
    replicas.upsert(work.session, CatalogService, [row])


@handlers.handles("catalog.tax_code.created.v1", "catalog.tax_code.changed.v1", reader=TaxCodeState())
def on_tax_code(work: UnitOfWork, data: dict[str, Any]) -> None:
    replicas.upsert(work.session, TaxCode, [data])
