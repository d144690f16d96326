"""A pytest plugin that carries one run's outcome into the next one's summary: `make test` closes with one count."""

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

_PASSED = "passed"
# Of these each one is listed by name at the end; of the passed only the number counts.
_LISTED = ("failed", "error", "skipped", "xfailed", "xpassed")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Runs before pytest prints the short summary and the closing line."""
    stats = terminalreporter.stats
    if "SUITE_SAVE" in os.environ:
        Path(os.environ["SUITE_SAVE"]).write_text(json.dumps(_saved(stats, config)))
    if "SUITE_ADD" in os.environ:
        _add(stats, config, Path(os.environ["SUITE_ADD"]))


def _saved(stats: dict[str, list[Any]], config: pytest.Config) -> dict[str, Any]:
    to_json = config.hook.pytest_report_to_serializable
    listed = {kind: [to_json(config=config, report=report) for report in stats.get(kind, [])] for kind in _LISTED}
    return {_PASSED: sum(1 for report in stats.get(_PASSED, []) if _counts(report)), "listed": listed}


def _counts(report: Any) -> bool:
    return bool(getattr(report, "count_towards_summary", True))


def _add(stats: dict[str, list[Any]], config: pytest.Config, path: Path) -> None:
    if not path.exists():
        return
    saved = json.loads(path.read_text())
    from_json = config.hook.pytest_report_from_serializable
    if saved[_PASSED]:
        stats.setdefault(_PASSED, []).extend(SimpleNamespace(nodeid="") for _ in range(saved[_PASSED]))
    for kind, reports in saved["listed"].items():
        if reports:
            stats.setdefault(kind, []).extend(from_json(config=config, data=report) for report in reports)
