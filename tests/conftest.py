"""Settings of the tests across services: contracts, architecture, and a running system."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from local.testing import admin, system, tag

__all__ = ["admin", "system", "tag"]

_ONE_AFTER_THE_OTHER = ("tests/e2e", "tests/faults")
"""End-to-end tests invoice whole months and fault tests share one plant; browser tests use only their own data."""


class ByFolder(LoadScopeScheduling):
    """Keeps the tests of such a folder on one worker and spreads the others one by one."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        return next((folder for folder in _ONE_AFTER_THE_OTHER if path.startswith(f"{folder}/")), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder | None:
    """Returns the scheduler of `--dist loadscope` runs."""
    return ByFolder(config, log) if config.getvalue("dist") == "loadscope" else None
