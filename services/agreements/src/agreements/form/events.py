"""Events about forms for work orders; each carries the whole state but the description."""

from marshmallow import Schema, fields

from common.events import EventType


class QuestionState(Schema):
    label = fields.String()
    type = fields.String()
    required = fields.Boolean()
    choices = fields.List(fields.String())


class FormState(Schema):
    id = fields.UUID()
    name = fields.String()
    client_id = fields.UUID(allow_none=True)
    service_id = fields.UUID(allow_none=True)
    active = fields.Boolean()
    form_version = fields.Integer()
    questions = fields.List(fields.Nested(QuestionState()))
    version = fields.Integer()


CHANGED = EventType("agreements.work_order_form.changed.v1", FormState(), "A work order form was created or changed")

ALL = (CHANGED,)
