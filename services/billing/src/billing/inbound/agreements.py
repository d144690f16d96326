"""Replicas of agreements, and billable items from time entries and expenses."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from marshmallow import fields

from billing.inbound.replicas import DELETED, Agreement, SpentExpense, WorkedTime
from billing.item import expenses, recording
from billing.item.expenses import Expense
from billing.item.recording import Time
from common import fields as own
from common import replicas
from common.events import Reader
from common.handlers import Handlers
from common.uow import UnitOfWork

handlers = Handlers()

WAITING_APPROVAL = ("pending", "returned")


class CoveredService(Reader):
    client_service_id = fields.UUID(required=True)
    custom_rate = own.Money(allow_none=True, load_default=None)


class EarlierRate(Reader):
    client_service_id = fields.UUID(required=True)
    custom_rate = own.Money(allow_none=True, load_default=None)


class EarlierRates(Reader):
    before = fields.Date(required=True)
    overage_rate = own.Money(allow_none=True, load_default=None)
    services = fields.List(fields.Nested(EarlierRate()), load_default=list)


class AgreementState(Reader):
    id = fields.UUID(required=True)
    number = fields.String(load_default="", allow_none=True)
    client_id = fields.UUID(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True)
    status = fields.String(required=True)
    start_date = fields.Date(allow_none=True, load_default=None)
    end_date = fields.Date(allow_none=True, load_default=None)
    currency = fields.String(allow_none=True, load_default=None)
    coverage = fields.String(load_default="all")
    overage_rate = own.Money(allow_none=True, load_default=None)
    services = fields.List(fields.Nested(CoveredService()), load_default=list)
    earlier_rates = fields.List(fields.Nested(EarlierRates()), load_default=list)
    sequence = fields.Integer(required=True, data_key="version")


class TimeEntry(Reader):
    id = fields.UUID(required=True)
    work_order_id = fields.UUID(allow_none=True, load_default=None)
    technician_id = fields.UUID(allow_none=True, load_default=None)
    hours = own.Hours(allow_none=True, load_default=None)
    work_order_number = fields.String(allow_none=True, load_default=None)
    client_id = fields.UUID(required=True)
    agreement_id = fields.UUID(allow_none=True, load_default=None)
    client_service_id = fields.UUID(allow_none=True, load_default=None)
    service_id = fields.UUID(allow_none=True, load_default=None)
    service_name = fields.String(allow_none=True, load_default=None)
    unit = fields.String(allow_none=True, load_default=None)
    worked_on = fields.Date(required=True)
    worked_hours = own.Hours(allow_none=True, load_default=None)
    billed_hours = own.Hours(allow_none=True, load_default=None)
    billable_hours = own.Hours(required=True)
    overage = fields.Boolean(load_default=False)
    technician_name = fields.String(allow_none=True, load_default=None)
    note = fields.String(allow_none=True, load_default=None)
    approval = fields.String(allow_none=True, load_default=None)
    deleted = fields.Boolean(load_default=False)
    version = fields.Integer(required=True)


class ExpenseState(Reader):
    id = fields.UUID(required=True)
    work_order_id = fields.UUID(allow_none=True, load_default=None)
    cost = own.Money(allow_none=True, load_default=None)
    work_order_number = fields.String(allow_none=True, load_default=None)
    client_id = fields.UUID(required=True)
    agreement_id = fields.UUID(allow_none=True, load_default=None)
    description = fields.String(required=True)
    quantity = own.Number(required=True)
    unit_price = own.Money(required=True)
    currency = fields.String(required=True)
    tax_code_id = fields.UUID(allow_none=True, load_default=None)
    billable = fields.Boolean(required=True)
    incurred_on = fields.Date(required=True)
    technician_name = fields.String(allow_none=True, load_default=None)
    deleted = fields.Boolean(load_default=False)
    version = fields.Integer(required=True)


@handlers.handles(
    "agreements.agreement.created.v1",
    "agreements.agreement.changed.v1",
    "agreements.agreement.activated.v1",
    "agreements.agreement.suspended.v1",
    "agreements.agreement.resumed.v1",
    "agreements.agreement.cancelled.v1",
    "agreements.agreement.expired.v1",
    "agreements.agreement.renewed.v1",
    reader=AgreementState(),
)
def on_agreement(work: UnitOfWork, data: dict[str, Any]) -> None:
    _write(work, data)


@handlers.handles("agreements.agreement.deleted.v1", reader=AgreementState())
def on_agreement_deleted(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Keeps the agreement as deleted, so that a late older event does not restore it."""
    _write(work, {**data, "status": DELETED})


def _write(work: UnitOfWork, data: dict[str, Any]) -> None:
    covered = {str(row["client_service_id"]): {"custom_rate": _text(row["custom_rate"])} for row in data["services"]}
    earlier = data["earlier_rates"]
    row = {
        **data,
        "number": data["number"] or "",
        "services": covered,
        "earlier_rates": _by_service(earlier, covered),
        "earlier_overage_rates": [
            {"before": one["before"].isoformat(), "overage_rate": _text(one["overage_rate"])} for one in earlier
        ],
    }
    replicas.upsert(work.session, Agreement, [row])


def _by_service(earlier: Sequence[dict[str, Any]], covered: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Returns the earlier rates of every service that was or is covered; null where it had none."""
    rates = [{str(row["client_service_id"]): row["custom_rate"] for row in one["services"]} for one in earlier]
    return {
        service: [
            {"before": one["before"].isoformat(), "custom_rate": _text(rate.get(service))}
            for one, rate in zip(earlier, rates, strict=True)
        ]
        for service in {*covered, *(service for rate in rates for service in rate)}
        if earlier
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


@handlers.handles_batch(
    "agreements.time.logged.v1", "agreements.time.corrected.v1", "agreements.time.deleted.v1", reader=TimeEntry()
)
def on_time(work: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    replicas.upsert(work.session, WorkedTime, [_worked(row) for row in rows])
    recording.record_time(work, [_time(row) for row in rows])


WORKED = ("id", "client_id", "agreement_id", "work_order_id", "work_order_number", "technician_id", "worked_on")


def _worked(row: dict[str, Any]) -> dict[str, Any]:
    hours = row["worked_hours"] if row["hours"] is None else row["hours"]
    return {name: row[name] for name in WORKED} | {
        "hours": Decimal(0) if row["deleted"] or hours is None else hours,
        "sequence": row["version"],
    }


def _time(row: dict[str, Any]) -> Time:
    data = {name: value for name, value in row.items() if name not in {"work_order_id", "technician_id", "hours"}}
    deleted, hours = data.pop("deleted"), data.pop("billable_hours")
    approval = data.pop("approval")
    worked, billed = data.pop("worked_hours"), data.pop("billed_hours")
    return Time(
        hours=hours.copy_abs() * 0 if deleted else hours,
        worked_hours=worked if worked != billed and hours == billed else None,
        held=approval in WAITING_APPROVAL,
        **data,
    )


@handlers.handles_batch(
    *("agreements.expense.recorded.v1", "agreements.expense.corrected.v1", "agreements.expense.deleted.v1"),
    reader=ExpenseState(),
)
def on_expense(work: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    replicas.upsert(work.session, SpentExpense, [_spent(row) for row in rows])
    expenses.record_expenses(work, [_expense(row) for row in rows])


SPENT = ("id", "client_id", "agreement_id", "work_order_id", "work_order_number", "incurred_on", "currency")


def _spent(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in SPENT} | {
        "cost": Decimal(0) if row["deleted"] else row["cost"],
        "sequence": row["version"],
    }


def _expense(row: dict[str, Any]) -> Expense:
    data = {name: value for name, value in row.items() if name not in {"work_order_id", "cost"}}
    billable, deleted = data.pop("billable"), data.pop("deleted")
    return Expense(**{**data, "quantity": data["quantity"] if billable and not deleted else Decimal(0)})
