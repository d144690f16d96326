"""Puts the services' lists of tasks together: one order, one cursor."""

from collections.abc import Mapping
from typing import Any

from common.tasks import queries


def merged(parts: Mapping[str, Mapping[str, Any] | None], size: int, sort: str | None) -> dict[str, Any]:
    """Returns one page out of `{service: its page}`; None stands for a service that did not answer.

    All are sorted alike, so the first `size` of all are the page, and the last of them says where the next begins.
    """
    answered = [part for part in parts.values() if part]
    newest_first = (sort or queries.DEFAULT).startswith("-")
    items = sorted(
        (item for part in answered for item in part["items"]),
        key=lambda item: (item["created_at"], item["id"]),
        reverse=newest_first,
    )
    more = len(items) > size or any(part["next_cursor"] for part in answered)
    page = items[:size]
    totals = [part["total"] for part in answered]
    return {
        "items": page,
        "next_cursor": queries.cursor_after(page[-1], sort) if more and page else None,
        "total": None if None in totals else sum(totals),
        "total_is_exact": all(part["total_is_exact"] for part in answered),
        "unavailable": sorted(name for name, part in parts.items() if part is None),
    }
