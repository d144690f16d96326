"""A pytest plugin that adds one run's results to the next one's summary, for one total in `make test`."""

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

_PASSED = "passed"
# These are listed by name at the end; of passed tests only the number counts.
_LISTED = ("failed", "error", "skipped", "xfailed", "xpassed", "rerun")


@pytest.hookimpl(tryfirst=True)  # before the plugin that names the tests that were run again
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Adds and saves counts before pytest prints the summary."""
    if hasattr(config, "workerinput"):
        return  # an xdist worker reports to the main process
    stats = terminalreporter.stats
    if "SUITE_ADD" in os.environ:
        _add(stats, config, Path(os.environ["SUITE_ADD"]))
    if "SUITE_SAVE" in os.environ:
        Path(os.environ["SUITE_SAVE"]).write_text(json.dumps(_saved(stats, config), default=str))


def _saved(stats: dict[str, list[Any]], config: pytest.Config) -> dict[str, Any]:
    def to_json(report: Any) -> dict[str, Any]:
        data: dict[str, Any] = config.hook.pytest_report_to_serializable(config=config, report=report)
        data.pop("node", None)  # xdist's worker object
        return data

    return {
        _PASSED: sum(1 for report in stats.get(_PASSED, []) if getattr(report, "count_towards_summary", True)),
        "listed": {kind: [to_json(report) for report in stats.get(kind, [])] for kind in _LISTED},
    }


def _add(stats: dict[str, list[Any]], config: pytest.Config, path: Path) -> None:
    if not path.exists():
        return
    saved = json.loads(path.read_text())

    def from_json(data: dict[str, Any]) -> Any:
        report = config.hook.pytest_report_from_serializable(config=config, data=data)
        if isinstance(report.longrepr, list):
            report.longrepr = tuple(report.longrepr)  # JSON has no tuples
        return report

    stats.setdefault(_PASSED, []).extend(SimpleNamespace(nodeid="") for _ in range(saved[_PASSED]))
    for kind, reports in saved["listed"].items():
        stats.setdefault(kind, []).extend(from_json(report) for report in reports)
