"""What differs between two states of an agreement's terms. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from common.fields import written

State = tuple[Mapping[str, Any], Mapping[UUID, Mapping[str, Any]]]
"""The agreed fields, and those of each covered service by its rate card row."""

COVERED = "covered"
"""Not a column: whether the service is covered."""


def between(before: State, after: State, names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Returns each changed field with both values as texts; None is not set. Fields of a service have its name."""
    changes = [_change(None, name, old, new) for name, old, new in _changed(before[0], after[0])]
    for row in [*before[1], *(one for one in after[1] if one not in before[1])]:
        service = row, names.get(row)
        old, new = before[1].get(row), after[1].get(row)
        if old is None or new is None:
            changes.append(_change(service, COVERED, old is not None, new is not None))
        if new is not None:
            changes += [_change(service, name, *values) for name, *values in _changed(old or {}, new)]
    return changes


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(name, before.get(name), value) for name, value in after.items() if before.get(name) != value]


def _change(service: tuple[UUID, str | None] | None, field: str, before: Any, after: Any) -> dict[str, Any]:
    row, name = service or (None, None)
    about = {"field": field, "client_service_id": row, "service_name": name}
    return {**about, "before": _text(before), "after": _text(after)}


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return written(value)
    return value.isoformat() if isinstance(value, date) else str(value)
