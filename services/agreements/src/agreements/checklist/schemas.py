"""Request and response schemas of the tasks of work orders."""

from marshmallow import Schema, fields, validate

from agreements.checklist.editing import MOST_TASKS, NewTask, TaskChanges
from agreements.checklist.models import LONGEST_TITLE
from common import fields as own
from common.commands import CommandSchema


class OrderTask(Schema):
    id = fields.UUID()
    title = fields.String()
    done = fields.Boolean()
    done_at = fields.DateTime(allow_none=True)
    done_by_name = fields.String(allow_none=True)


class OrderTasks(Schema):
    """The tasks of a work order, in their order."""

    items = fields.List(fields.Nested(OrderTask()))


class TaskBody(CommandSchema):
    command = NewTask

    title = own.text(LONGEST_TITLE, required=True)


class TaskPatch(CommandSchema):
    command = TaskChanges

    title = own.text(LONGEST_TITLE, required=True)
    done = fields.Boolean()
    position = own.Integer(
        strict=True,
        validate=validate.Range(0, MOST_TASKS - 1),
        metadata={"description": "The new place in the list, 0 for the first"},
    )


ORDER_TASKS, TASK_BODY, TASK_PATCH = OrderTasks(), TaskBody(), TaskPatch(partial=True)
