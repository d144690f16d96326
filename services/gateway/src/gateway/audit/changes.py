"""Computes the changes of an entry by comparing it with earlier entries."""

from collections.abc import Mapping
from typing import Any

IGNORED = frozenset({"version", "updated_at", "old_rate"})
"""Fields left out: they change with every event, or repeat a change's `before` as `old_rate` does."""
PARTS = {"clients.client_service": "services"}
"""The field with the changed rows, by aggregate whose events carry only changed rows."""

Row = Mapping[str, Any]


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns `{"field", "before", "after"}` for each field that differs, by name. `before` is None for a new entity.
    A field that only one of the two events carries is not a change.
    """
    earlier = dict.fromkeys(after) if before is None else before
    return [
        {"field": name, "before": earlier[name], "after": after[name]}
        for name in sorted(after)
        if name not in IGNORED and name in earlier and earlier[name] != after[name]
    ]


def row_changes(field: str, before: Mapping[str, Row], rows: list[Row]) -> list[dict[str, Any]]:
    """Returns the changes of each row against the row with the same id: `services[Remote Support].custom_rate`."""
    return [
        {**change, "field": f"{field}[{row.get('name') or row.get('id')}].{change['field']}"}
        for row in rows
        for change in changes(before.get(str(row.get("id"))), row)
    ]
