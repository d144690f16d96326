"""One running Evergreen for a whole test session."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import envfile
from local.api import Api
from local.run_dir import RunDir
from local.system import System, start_system


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """Starts all processes with the demo, so that tests run beside other data.

    TEST_SYSTEM_RUN=DIR uses a running system instead, which saves time.
    """
    if given := os.environ.get("TEST_SYSTEM_RUN"):
        run = RunDir.of(given)
        yield System(run, envfile.read(run.env))
        return
    with tempfile.TemporaryDirectory(prefix="evergreen-system-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user and must reach its data
        running = start_system(folder, demo=True)
        yield running
        running.stop()


@pytest.fixture
def tag() -> str:
    return new_tag()


def new_tag() -> str:
    """Returns a suffix for names, one word, so that a test can run again on the same system."""
    return "".join(secrets.choice("bcdfghjkmnpqrstvz") for _ in range(8))


def named(what: str) -> str:
    """Returns a name that no other test has, nor the same test when it runs again."""
    return f"{what} {new_tag()}"


@pytest.fixture(scope="session")
def admin(system: System) -> Api:
    return sign_in(system, "ADMIN")


def sign_in(system: System, role: str) -> Api:
    """Returns an API client signed in as the demo user of that role (`"TECHNICIAN"`)."""
    return Api(system.url).login(system.env[f"EVERGREEN_{role}_EMAIL"], system.env[f"EVERGREEN_{role}_PASSWORD"])
