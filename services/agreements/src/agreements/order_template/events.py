"""Events about templates of work orders; each carries the whole state but the description."""

from marshmallow import Schema, fields

from common import fields as own
from common.events import EventType


class TemplateState(Schema):
    id = fields.UUID()
    name = fields.String()
    subject = fields.String()
    priority = fields.String()
    service_id = fields.UUID(allow_none=True)
    estimated_hours = own.Hours(allow_none=True)
    tasks = fields.List(fields.String())
    version = fields.Integer()


CHANGED = EventType(
    "agreements.work_order_template.changed.v1", TemplateState(), "A work order template was created or changed"
)
DELETED = EventType("agreements.work_order_template.deleted.v1", TemplateState(), "A work order template was deleted")

ALL = (CHANGED, DELETED)
