"""What an entry changed, told by comparing it with what the entries before it said."""

from collections.abc import Mapping
from typing import Any

UNTOLD = frozenset({"version", "updated_at", "old_rate"})
"""What changes with every event; `old_rate` stands beside each new rate and says what that change's `before` does."""
PARTS = {"clients.client_service": "services"}
"""Aggregates whose events carry only the rows that changed, and the field that has them."""

Row = Mapping[str, Any]


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`{"field", "before", "after"}` of each field that differs, by name. `before` None: there was nothing before.
    A field that only one of the two tells is no change."""
    earlier = dict.fromkeys(after) if before is None else before
    return [
        {"field": name, "before": earlier[name], "after": after[name]}
        for name in sorted(after)
        if name not in UNTOLD and name in earlier and earlier[name] != after[name]
    ]


def row_changes(field: str, before: Mapping[str, Row], rows: list[Row]) -> list[dict[str, Any]]:
    """The changes of each row, compared with the row of the same id: `services[Remote Support].custom_rate`."""
    return [
        {**change, "field": f"{field}[{row.get('name') or row.get('id')}].{change['field']}"}
        for row in rows
        for change in changes(before.get(str(row.get("id"))), row)
    ]
