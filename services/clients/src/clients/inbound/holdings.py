"""Stores what merges need to know of agreements, work orders, invoices and payments of other services."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marshmallow import fields

from clients.merging.models import AGREEMENT, DELETED, INVOICE, PAYMENT, WORK_ORDER, Holding
from common import fields as own
from common.events import Reader
from common.handlers import Handlers
from common.replicas import upsert
from common.uow import UnitOfWork

handlers = Handlers()


class Held(Reader):
    id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)
    status = fields.String(load_default="")
    currency = fields.String(allow_none=True, load_default=None)
    sequence = fields.Integer(required=True, data_key="version")


class InvoiceState(Held):
    amount = own.Money(required=True, data_key="balance")


class Allocation(Reader):
    amount = own.Money(required=True)


class PaymentReceived(Held):
    amount = own.Money(required=True)
    allocations = fields.List(fields.Nested(Allocation()), load_default=list)


class PaymentChanged(Held):
    amount = own.Money(required=True, data_key="unallocated")


@handlers.handles(
    "billing.invoice.created.v1",
    "billing.invoice.issued.v1",
    "billing.invoice.changed.v1",
    "billing.invoice.voided.v1",
    reader=InvoiceState(),
)
def on_invoice(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Holding, [{**data, "kind": INVOICE}])


@handlers.handles("billing.invoice.deleted.v1", reader=InvoiceState())
def on_invoice_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Holding, [{**data, "status": DELETED, "kind": INVOICE}])


@handlers.handles("billing.payment.received.v1", reader=PaymentReceived())
def on_payment_received(work: UnitOfWork, data: dict[str, Any]) -> None:
    allocated = sum((share["amount"] for share in data.pop("allocations")), Decimal(0))
    upsert(work.session, Holding, [{**data, "amount": data["amount"] - allocated, "kind": PAYMENT}])


@handlers.handles("billing.payment.changed.v1", reader=PaymentChanged())
def on_payment_changed(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Holding, [{**data, "kind": PAYMENT}])


@handlers.handles(
    "agreements.agreement.created.v1",
    "agreements.agreement.changed.v1",
    "agreements.agreement.activated.v1",
    "agreements.agreement.suspended.v1",
    "agreements.agreement.resumed.v1",
    "agreements.agreement.cancelled.v1",
    "agreements.agreement.expired.v1",
    "agreements.agreement.renewed.v1",
    reader=Held(),
)
def on_agreement(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Holding, [{**data, "amount": None, "kind": AGREEMENT}])


@handlers.handles("agreements.agreement.deleted.v1", reader=Held())
def on_agreement_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Holding, [{**data, "status": DELETED, "amount": None, "kind": AGREEMENT}])


@handlers.handles_batch(
    "agreements.work_order.created.v1",
    "agreements.work_order.changed.v1",
    "agreements.work_order.transitioned.v1",
    reader=Held(),
)
def on_work_order(work: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    upsert(work.session, Holding, [{**row, "amount": None, "kind": WORK_ORDER} for row in rows])


@handlers.handles("agreements.work_order.deleted.v1", reader=Held())
def on_work_order_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    upsert(work.session, Holding, [{**data, "status": DELETED, "amount": None, "kind": WORK_ORDER}])
