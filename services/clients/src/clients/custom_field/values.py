"""Checks the values of custom fields and brings them into their stored form.

A number is stored as a decimal string without trailing zeros ("12.5"), a date as an ISO text, a boolean as JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields
from sqlalchemy import select

from clients.custom_field.models import (
    ACTIVE,
    BOOLEAN,
    DATE,
    EMAIL,
    NUMBER,
    SELECT,
    TEXT,
    URL,
    CustomField,
)
from common import domains
from common import fields as own
from common.errors import Invalid
from common.uow import UnitOfWork

LONGEST = 2000
_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0"}


def fields_of(work: UnitOfWork, entity: str) -> Sequence[CustomField]:
    order = (CustomField.sort_order, CustomField.label, CustomField.id)
    return work.session.scalars(select(CustomField).where(CustomField.entity == entity).order_by(*order)).all()


def merged(
    work: UnitOfWork, entity: str, given: Mapping[str, Any] | None, current: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Returns `current` updated with `given`; null or an empty text deletes a value.

    Raises Invalid with every key that is unknown, archived, of another type, or required but missing.
    """
    with work.session.no_autoflush:
        return merge(fields_of(work, entity), given or {}, current or {})


def merge(definitions: Sequence[CustomField], given: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the same as `merged`, with definitions the caller has read once for many rows."""
    by_key = {field.key: field for field in definitions}
    result, errors = dict(current), []
    for key, value in given.items():
        try:
            answer = _answer(by_key, key, value, current)
        except ValidationError as error:
            errors += [f"{key}: {message}" for message in error.messages]
            continue
        if answer is None:
            result.pop(key, None)
        else:
            result[key] = answer
    missing = [field for field in definitions if field.required and field.status == ACTIVE and field.key not in result]
    errors += [f"{field.key}: {field.label} is required." for field in missing]
    if errors:
        raise Invalid({"custom_fields": errors})
    return result


def _answer(known: Mapping[str, CustomField], key: str, value: Any, current: Mapping[str, Any]) -> Any:
    field = known.get(key)
    if field is None:
        names = ", ".join(name for name, other in known.items() if other.status == ACTIVE)
        raise ValidationError(f"Unknown custom field. The custom fields are: {names or 'none'}.")
    answer = typed(field, value)
    if field.status != ACTIVE and answer is not None and answer != current.get(key):
        raise ValidationError(f'"{field.label}" is archived and cannot get a new value.')
    return answer


def typed(field: CustomField, value: Any) -> Any:
    """Returns the value in its stored form, or None for an empty value. Raises ValidationError."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _TYPES[field.type](field, value)


def searched(field: CustomField, text: str, parameter: str) -> Any:
    """Returns the stored form of the searched `text`; raises Invalid naming the query parameter."""
    try:
        return typed(field, text)
    except ValidationError as error:
        raise Invalid({parameter: [str(message) for message in error.messages]}) from error


def _text(_field: CustomField, value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError("Must be a text.")
    return str(own.text(LONGEST).deserialize(value))


def _number(_field: CustomField, value: Any) -> str:
    amount = own.Number(places=10).deserialize(value)
    assert isinstance(amount, Decimal)
    return format(amount.normalize() + 0, "f")


def _date(_field: CustomField, value: Any) -> str:
    day = own.day().deserialize(value)
    assert isinstance(day, date)
    return day.isoformat()


def _boolean(_field: CustomField, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = value.strip().casefold() if isinstance(value, str) else None
    if text in _TRUE | _FALSE:
        return text in _TRUE
    raise ValidationError("Must be true or false.")


def _select(field: CustomField, value: Any) -> str:
    by_key = {option.casefold(): option for option in field.options}
    chosen = by_key.get(value.strip().casefold()) if isinstance(value, str) else None
    if chosen is None:
        raise ValidationError(f"Must be one of: {', '.join(field.options)}.")
    return chosen


def _email(_field: CustomField, value: Any) -> str:
    return str(own.Email().deserialize(value))


def _url(_field: CustomField, value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError("Must be a web address such as https://acme.example.")
    return web_address(value)


def web_address(text: str) -> str:
    """Returns a full http(s) address; https is the default scheme. Raises ValidationError."""
    address = text.strip()
    full = address if "://" in address else f"https://{address}"
    try:
        url = str(fields.URL(schemes={"http", "https"}, require_tld=True).deserialize(full))
        domains.to_ascii(urlsplit(url).hostname or "")
    except (ValidationError, ValueError) as error:
        raise ValidationError(f'"{address}" is not a web address. Use one such as https://acme.example.') from error
    return url


_TYPES: dict[str, Callable[[CustomField, Any], Any]] = {
    TEXT: _text,
    NUMBER: _number,
    DATE: _date,
    BOOLEAN: _boolean,
    SELECT: _select,
    EMAIL: _email,
    URL: _url,
}
