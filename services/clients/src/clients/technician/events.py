"""Events about technicians of clients."""

from marshmallow import Schema, fields

from common.events import EventType


class TechnicianState(Schema):
    id = fields.UUID()
    client_id = fields.UUID()
    user_id = fields.UUID()
    active = fields.Boolean()
    version = fields.Integer()


ASSIGNED = EventType("clients.technician.assigned.v1", TechnicianState(), "A technician was assigned to a client")
UNASSIGNED = EventType(
    "clients.technician.unassigned.v1", TechnicianState(), "A technician was unassigned from a client"
)

ALL = (ASSIGNED, UNASSIGNED)
