"""Merges the services' parts of the dashboard."""

from collections.abc import Mapping
from typing import Any

LISTS = ("money", "alerts", "recent_invoices")
SEVERITIES = ("critical", "error", "warning", "info")


def merged(fragments: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    """Returns the dashboard merged from parts by service; None means a service that did not answer.

    Counts are summed by name. Lists are joined in the order of the services' names, alerts with the most severe first.
    """
    result: dict[str, Any] = {"counts": {}, **{name: [] for name in LISTS}, "unavailable": []}
    for service in sorted(fragments):
        part = fragments[service]
        if part is None:
            result["unavailable"].append(service)
            continue
        for name, count in part.get("counts", {}).items():
            result["counts"][name] = result["counts"].get(name, 0) + count
        for name in LISTS:
            result[name] += part.get(name, [])
    result["alerts"].sort(key=_severity)
    return result


def _severity(alert: Mapping[str, Any]) -> int:
    severity = alert.get("severity")
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
