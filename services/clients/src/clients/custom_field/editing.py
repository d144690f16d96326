"""Adds, changes, archives and deletes custom fields."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.custom_field import usage
from clients.custom_field.models import SELECT, CustomField
from clients.custom_field.queries import get
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.uow import UnitOfWork


def create(work: UnitOfWork, *, entity: str, key: str, **values: Any) -> CustomField:
    field = CustomField(id=new_id(), entity=entity, key=key, created_at=work.now, updated_at=work.now, **values)
    _check_options(field)
    existing = select(CustomField.label).where(CustomField.entity == entity, CustomField.key == key)
    if (label := work.session.scalar(existing)) is not None:
        message = f'The key "{key}" is already used by "{label}". Choose another key.'
        raise Conflict(message, {"key": [message]})
    work.session.add(field)
    return field


def update(work: UnitOfWork, field_id: UUID, **changes: Any) -> CustomField:
    """Changes a custom field. Raises Invalid for another entity or key, Conflict for another type if values exist."""
    field = get(work, field_id, lock=True)
    work.check_version(field)
    for name in ("entity", "key"):
        if changes.get(name, getattr(field, name)) != getattr(field, name):
            raise Invalid(
                {name: ["The key can't be changed because values are stored under it. Add another field instead."]}
            )
    if changes.get("type", field.type) != field.type and (count := usage.count(work, field)):
        message = (
            f"The type can't be changed because {count} values of type {field.type} exist. Add another field instead."
        )
        raise Conflict(message, {"type": [message]})
    dropped = set(field.options) - set(changes.get("options", field.options))
    for name, value in changes.items():
        setattr(field, name, value)
    _check_options(field)
    _check_dropped(work, field, dropped)
    return field


def remove(work: UnitOfWork, field_id: UUID) -> None:
    """Deletes the field; raises Conflict if it has values."""
    field = get(work, field_id, lock=True)
    work.check_version(field)
    if count := usage.count(work, field):
        raise Conflict(f'"{field.label}" has {count} values. Archive it instead.')
    work.session.delete(field)


def _check_options(field: CustomField) -> None:
    options = field.options or []
    if field.type == SELECT and not options:
        raise Invalid({"options": ["A select field needs at least one option."]})
    if field.type != SELECT and options:
        raise Invalid({"options": ["Only select fields have options. Leave them out."]})
    if len({option.casefold() for option in options}) < len(options):
        raise Invalid({"options": ["Options must be unique."]})


def _check_dropped(work: UnitOfWork, field: CustomField, dropped: set[str]) -> None:
    if not dropped:
        return
    with work.session.no_autoflush:
        count = usage.count_choosing(work, field, dropped)
    if count:
        message = f"{count} clients use the options you removed: {', '.join(sorted(dropped))}. Keep these options."
        raise Conflict(message, {"options": [message]})
