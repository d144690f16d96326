"""What an entry changed, told by comparing it with the entry before it."""

from collections.abc import Mapping
from typing import Any

UNTOLD = frozenset({"version", "updated_at"})


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`{"field", "before", "after"}` of each field that differs, by name; fields the later one does not tell are not
    counted as removed."""
    earlier = before or {}
    return [
        {"field": name, "before": earlier.get(name), "after": after[name]}
        for name in sorted(after)
        if name not in UNTOLD and earlier.get(name) != after[name]
    ]
