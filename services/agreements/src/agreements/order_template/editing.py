"""Creating, changing and deleting templates of work orders."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from agreements.inbound.replicas import CatalogService
from agreements.order_template import events
from agreements.order_template.models import OrderTemplate
from agreements.order_template.queries import get
from agreements.recurring.models import RecurringOrder
from common.commands import UNSET, Unset, sent
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.replicas import find
from common.texts import one_line
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTemplate:
    name: str
    subject: str
    description: str | None = None
    priority: str = "medium"
    service_id: UUID | None = None
    estimated_hours: Decimal | None = None
    tasks: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateChanges:
    name: str | Unset = UNSET
    subject: str | Unset = UNSET
    description: str | Unset | None = UNSET
    priority: str | Unset = UNSET
    service_id: UUID | Unset | None = UNSET
    estimated_hours: Decimal | Unset | None = UNSET
    tasks: list[str] | Unset = UNSET


def create(work: UnitOfWork, new: NewTemplate) -> OrderTemplate:
    template = OrderTemplate(id=new_id())
    _apply(work, template, sent(new))
    work.session.add(template)
    work.emit(events.CHANGED, template)
    return template


def update(work: UnitOfWork, template_id: UUID, changes: TemplateChanges) -> OrderTemplate:
    """Changes the template. Work orders that were created from it stay as they are."""
    template = get(work, template_id, lock=True)
    work.check_version(template)
    _apply(work, template, sent(changes))
    if work.session.is_modified(template):
        work.emit(events.CHANGED, template)
    return template


def delete(work: UnitOfWork, template_id: UUID) -> None:
    template = get(work, template_id, lock=True)
    work.check_version(template)
    if work.session.scalar(select(exists().where(RecurringOrder.template_id == template.id))):
        raise Conflict(f'Recurring work orders use "{template.name}". Delete them, or give them another template.')
    work.emit_deleted(events.DELETED, template)


def _apply(work: UnitOfWork, template: OrderTemplate, values: dict[str, Any]) -> None:
    if "name" in values:
        values["name"] = one_line(values["name"])
        _check_name(work, template, values["name"])
    if values.get("service_id") not in (None, template.service_id):
        service = find(work, CatalogService, values["service_id"])
        if service is None or service.status == "deleted":
            raise Invalid({"service_id": ["Service not found in the catalog."]})
        if service.status == "archived":
            raise Invalid({"service_id": [f'"{service.name}" is archived. Choose an active service.']})
    for name, value in values.items():
        setattr(template, name, value)


def _check_name(work: UnitOfWork, template: OrderTemplate, name: str) -> None:
    with work.session.no_autoflush:
        same_name = select(OrderTemplate.name).where(func.lower(OrderTemplate.name) == name.lower())
        if other := work.session.scalar(same_name.where(OrderTemplate.id != template.id)):
            message = f'Another template is already named "{other}". Choose another name.'
            raise Conflict(message, {"name": [message]})
