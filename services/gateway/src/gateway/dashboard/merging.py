"""Puts the services' parts of the dashboard together."""

from collections.abc import Mapping
from typing import Any

LISTS = ("money", "alerts", "recent_invoices")
SEVERITIES = ("critical", "error", "warning", "info")


def merged(fragments: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    """The whole out of `{service: its part}`; None stands for a service that did not answer.

    Counts are added up by name, lists follow each other in the order of the services' names, alerts most severe first.
    """
    whole: dict[str, Any] = {"counts": {}, **{name: [] for name in LISTS}, "unavailable": []}
    for service in sorted(fragments):
        part = fragments[service]
        if part is None:
            whole["unavailable"].append(service)
            continue
        for name, count in part.get("counts", {}).items():
            whole["counts"][name] = whole["counts"].get(name, 0) + count
        for name in LISTS:
            whole[name] += part.get(name, [])
    whole["alerts"].sort(key=_severity)
    return whole


def _severity(alert: Mapping[str, Any]) -> int:
    severity = alert.get("severity")
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
