"""Filters of the list of clients."""

from collections.abc import Callable
from operator import eq, ge, le
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, select, true

from clients import naming
from clients.client.models import Client
from clients.custom_field import values as custom
from clients.custom_field.models import CLIENT
from clients.rate_card.models import ClientService
from clients.tag.models import Tag, client_tag
from clients.technician.models import ClientTechnician
from common.errors import Invalid
from common.uow import UnitOfWork

CUSTOM = "custom_fields"


def conditions(work: UnitOfWork, filters: dict[str, Any]) -> list[ColumnElement[bool]]:
    """Returns the conditions for the filters. Raises Invalid for an unknown custom field or a value of another type."""
    result = []
    for name, value in filters.items():
        if name == CUSTOM:
            result.append(_has_values(work, value))
        elif name in _OTHERS:
            result.append(_OTHERS[name](work, value))
        else:
            result.append(_compare(name, value))
    return result


def _compare(name: str, value: Any) -> ColumnElement[bool]:
    column = getattr(Client, name.removesuffix("_gte").removesuffix("_lte"))
    compare = ge if name.endswith("_gte") else le if name.endswith("_lte") else eq
    condition: ColumnElement[bool] = compare(column, value)
    return condition


def _has_values(work: UnitOfWork, texts: dict[str, str]) -> ColumnElement[bool]:
    """Returns the condition that a client has these values of custom fields."""
    by_key = {field.key: field for field in custom.fields_of(work, CLIENT)}
    values = {}
    for key, text in texts.items():
        if key not in by_key:
            raise Invalid({f"cf_{key}": ["Custom field not found for clients."]})
        values[key] = custom.searched(by_key[key], text, f"cf_{key}")
    return Client.custom_fields.contains(values)


def tagged(work: UnitOfWork, client_id: Any, names: list[str]) -> ColumnElement[bool]:
    """Returns the condition that the client in the column `client_id` has all of these tags."""
    keys = {naming.key(name) for name in names}
    # A query of its own, because the planner estimates a known tag id better than a subquery.
    ids = work.session.scalars(select(Tag.id).where(Tag.name_key.in_(keys))).all()
    if len(ids) < len(keys):
        return false()
    return and_(true(), *(_has_tag(client_id, tag_id) for tag_id in ids))


def _has_tag(client_id: Any, tag_id: UUID) -> ColumnElement[bool]:
    having: ColumnElement[bool] = client_id.in_(select(client_tag.c.client_id).where(client_tag.c.tag_id == tag_id))
    return having


def _tagged(work: UnitOfWork, names: list[str]) -> ColumnElement[bool]:
    return tagged(work, Client.id, names)


def _served_by(_work: UnitOfWork, user_id: Any) -> ColumnElement[bool]:
    of_user = ClientTechnician.user_id == user_id
    return Client.id.in_(select(ClientTechnician.client_id).where(of_user, ClientTechnician.active))


def _under_review(_work: UnitOfWork, wanted: bool) -> ColumnElement[bool]:
    has_review = exists().where(ClientService.client_id == Client.id, ClientService.rate_review)
    return has_review if wanted else ~has_review


def _industry(_work: UnitOfWork, text: str) -> ColumnElement[bool]:
    return func.lower(Client.industry) == text.lower()


_OTHERS: dict[str, Callable[[UnitOfWork, Any], ColumnElement[bool]]] = {
    "tag": _tagged,
    "technician_id": _served_by,
    "has_open_rate_reviews": _under_review,
    "industry": _industry,
}
