"""Reads the definitions of custom fields."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.custom_field.models import CustomField
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork

SORTS = {
    "entity": CustomField.entity,
    "sort_order": CustomField.sort_order,
    "label": CustomField.label,
    "created_at": CustomField.created_at,
}


def get(work: UnitOfWork, field_id: UUID, *, lock: bool = False) -> CustomField:
    statement = select(CustomField).where(CustomField.id == field_id)
    field = work.session.scalar(statement.with_for_update() if lock else statement)
    if field is None:
        raise NotFound("Custom field not found.")
    return field


def page_of_fields(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(CustomField)
    for name, value in page.filters.items():
        statement = statement.where(getattr(CustomField, name) == value)
    if page.q:
        statement = statement.where(searching.naming((CustomField.label,), page.q))
    default = "entity,sort_order,label"
    return paginate(work.session, statement, page, sorts=SORTS, default=default, key=CustomField.id)
