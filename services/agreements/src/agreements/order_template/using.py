"""Creating work orders from a template."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from agreements.checklist import editing
from agreements.inbound import card
from agreements.order_template.models import OrderTemplate
from agreements.order_template.queries import get
from agreements.work import orders
from agreements.work.models import WorkOrder
from agreements.work.orders import NewOrder
from common.commands import UNSET, Unset, sent
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderFromTemplate:
    """A work order with the template's values for the fields left out."""

    client_id: UUID
    contact_id: UUID | None = None
    agreement_id: UUID | None = None
    service_id: UUID | Unset | None = UNSET
    subject: str | Unset = UNSET
    description: str | Unset | None = UNSET
    priority: str | Unset = UNSET
    technician_id: UUID | None = None
    technician_name: str | None = None
    billable: bool = True
    due_on: date | None = None
    estimated_hours: Decimal | Unset | None = UNSET


def create_from(work: UnitOfWork, template_id: UUID, wanted: OrderFromTemplate) -> WorkOrder:
    return create(work, get(work, template_id), wanted)


def create(work: UnitOfWork, template: OrderTemplate, wanted: OrderFromTemplate) -> WorkOrder:
    """Creates a work order with the template's tasks.

    It has no service if the client's rate card does not include the template's.
    """
    service_id = template.service_id if wanted.service_id is UNSET else None
    starting = NewOrder(
        service_id=card.included_id(work, wanted.client_id, service_id),
        subject=template.subject,
        description=template.description,
        priority=template.priority,
        estimated_hours=template.estimated_hours,
    )
    order = orders.create(work, replace(starting, **sent(wanted)))
    editing.fill(work, order, template.tasks)
    return order
