"""Settings of the tests across services: contracts, architecture, and a running system."""

from pathlib import Path

import pytest

from local.testing import admin, system, tag

__all__ = ["admin", "system", "tag"]

_HERE = Path(__file__).parent
_ONE_AFTER_THE_OTHER = ("e2e", "faults")
"""End-to-end tests invoice whole months and fault tests share one plant; browser tests use only their own data."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sets the xdist group of each test: its folder if tests must run one after the other, else its file."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            folder = item.path.relative_to(_HERE).parts[0]
            group = folder if folder in _ONE_AFTER_THE_OTHER else item.path.stem
            item.add_marker(pytest.mark.xdist_group(group))
