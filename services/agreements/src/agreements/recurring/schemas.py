"""Request and response schemas of recurring work orders."""

from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from agreements.recurring.calendar import UNITS
from agreements.recurring.editing import NewRecurring, RecurringChanges
from agreements.recurring.models import ALL_MISSED, CATCH_UP, STATUSES
from common import fields as own
from common.commands import CommandSchema

MOST = 366


class RecurringBody(CommandSchema):
    command: ClassVar[type[Any] | None] = NewRecurring

    client_id = fields.UUID(required=True)
    template_id = fields.UUID(required=True)
    agreement_id = fields.UUID(allow_none=True, load_default=None)
    subject = own.text(
        300, allow_none=True, load_default=None, metadata={"description": "Null: the template's subject"}
    )
    technician_id = fields.UUID(allow_none=True, load_default=None)
    billable = fields.Boolean(load_default=True)
    starts_on = own.day(required=True, metadata={"description": "The first day, from which the others are counted"})
    ends_on = own.day(allow_none=True, load_default=None)
    every = own.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, MOST, error=f"From 1 to {MOST}."),
        metadata={"description": "2 with `weeks`: every two weeks"},
    )
    unit = own.one_of(*UNITS, required=True)
    due_in_days = own.Integer(
        strict=True,
        allow_none=True,
        load_default=None,
        validate=validate.Range(0, MOST, error=f"From 0 to {MOST}."),
        metadata={"description": "Days until an order is due; null: no due day"},
    )
    catch_up = own.one_of(
        *CATCH_UP,
        load_default=ALL_MISSED,
        metadata={"description": "Days missed without a worker: an order for all of them, or for the latest only"},
    )


class RecurringOrder(RecurringBody):
    """`next_dates` are the next days, up to five; `problem` says why the next order could not be created."""

    command = None

    id = fields.UUID(dump_only=True)
    client_name = fields.String(dump_only=True, allow_none=True)
    template_name = fields.String(dump_only=True)
    template_subject = fields.String(dump_only=True)
    agreement_number = fields.String(dump_only=True, allow_none=True)
    technician_name = fields.String(dump_only=True, allow_none=True)
    status = own.one_of(*STATUSES, dump_only=True)
    next_on = fields.Date(dump_only=True, allow_none=True)
    next_dates = fields.List(fields.Date(), dump_only=True)
    problem = fields.String(dump_only=True, allow_none=True)
    last_order_id = fields.UUID(dump_only=True, allow_none=True)
    last_order_number = fields.String(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class RecurringPatch(RecurringBody):
    """The same fields, each optional; the client cannot change."""

    command = RecurringChanges

    class Meta:
        exclude = ("client_id",)


class RecurringFilters(Schema):
    client_id = fields.UUID()
    template_id = fields.UUID()
    status = own.one_of(*STATUSES)


RECURRING, RECURRING_BODY = RecurringOrder(), RecurringBody()
RECURRING_PATCH, RECURRING_FILTERS = RecurringPatch(partial=True), RecurringFilters()
