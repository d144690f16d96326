"""Counts the rows that have a value of a custom field."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from clients.asset.models import Asset
from clients.client.models import Client
from clients.contact.models import Contact
from clients.custom_field.models import ASSET, CLIENT, CONTACT, LOCATION, CustomField
from clients.location.models import Location
from common.uow import UnitOfWork

MODELS: dict[str, type[Any]] = {CLIENT: Client, CONTACT: Contact, LOCATION: Location, ASSET: Asset}


def count(work: UnitOfWork, field: CustomField) -> int:
    """Returns the number of rows with a value."""
    return _count(work, field, _answers(field).has_key(field.key))


def count_choosing(work: UnitOfWork, field: CustomField, options: set[str]) -> int:
    """Returns the number of rows with one of these options."""
    return _count(work, field, _answers(field)[field.key].astext.in_(sorted(options)))


def _count(work: UnitOfWork, field: CustomField, condition: ColumnElement[bool]) -> int:
    model = MODELS[field.entity]
    return work.session.scalar(select(func.count()).select_from(model).where(condition)) or 0


def _answers(field: CustomField) -> Any:
    return MODELS[field.entity].custom_fields
