"""Request and response schemas of templates of work orders."""

from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from agreements.checklist.editing import MOST_TASKS
from agreements.checklist.models import LONGEST_TITLE
from agreements.order_template.editing import NewTemplate, TemplateChanges
from agreements.order_template.using import OrderFromTemplate
from agreements.work.models import PRIORITIES
from common import fields as own
from common.commands import CommandSchema


class TemplateBody(CommandSchema):
    command: ClassVar[type[Any] | None] = NewTemplate

    name = own.text(100, required=True)
    subject = own.text(300, required=True)
    description = own.text(50_000, allow_none=True, load_default=None)
    priority = own.one_of(*PRIORITIES, load_default="medium")
    service_id = fields.UUID(allow_none=True, load_default=None, metadata={"description": "A service of the catalog"})
    estimated_hours = own.Hours(allow_none=True, load_default=None, above_zero=True)
    tasks = fields.List(
        own.text(LONGEST_TITLE, required=True),
        load_default=list,
        validate=validate.Length(max=MOST_TASKS, error=f"At most {MOST_TASKS} tasks."),
        metadata={"description": "What each task says, in its order"},
    )


class OrderTemplate(TemplateBody):
    command = None

    id = fields.UUID(dump_only=True)
    service_name = fields.String(dump_only=True, allow_none=True)
    version = fields.Integer(dump_only=True)
    created_at = fields.DateTime(dump_only=True)
    updated_at = fields.DateTime(dump_only=True)


class TemplatePatch(TemplateBody):
    """The same fields, each optional; `tasks` replaces the whole list."""

    command = TemplateChanges


class OrderFromTemplateBody(CommandSchema):
    """A field that is left out has the template's value."""

    command = OrderFromTemplate

    client_id = fields.UUID(required=True)
    contact_id = fields.UUID(allow_none=True, load_default=None)
    agreement_id = fields.UUID(allow_none=True, load_default=None)
    service_id = fields.UUID(allow_none=True)
    subject = own.text(300)
    description = own.text(50_000, allow_none=True)
    priority = own.one_of(*PRIORITIES)
    technician_id = fields.UUID(allow_none=True, load_default=None)
    technician_name = own.text(200, allow_none=True, load_default=None)
    billable = fields.Boolean(load_default=True)
    due_on = own.day(allow_none=True, load_default=None)
    estimated_hours = own.Hours(allow_none=True, above_zero=True)


class CreatedOrder(Schema):
    """The new work order; `getWorkOrder` returns all of it."""

    id = fields.UUID()
    number = fields.String()
    client_id = fields.UUID()
    subject = fields.String()
    version = fields.Integer()


TEMPLATE, TEMPLATE_BODY, TEMPLATE_PATCH = OrderTemplate(), TemplateBody(), TemplatePatch(partial=True)
FROM_TEMPLATE, CREATED_ORDER = OrderFromTemplateBody(), CreatedOrder()
