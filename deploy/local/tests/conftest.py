"""Gives each test its own run directory and stops all processes in it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import processes
from local.processes import Spec
from local.run_dir import RunDir


@pytest.fixture
def run(tmp_path: Path) -> Iterator[RunDir]:
    run = RunDir.of(tmp_path / "run")
    run.create()
    yield run
    for record in run.state.glob("*.json"):
        processes.stop(run, record.stem)


@pytest.fixture
def sleeper(tmp_path: Path):
    """Returns `sleeper("name")`, which starts a process that waits; `code` runs first."""

    def make(name: str = "sleeper", code: str = "", **options: object) -> Spec:
        program = (
            f"import signal, time\n{code}\nopen({str(tmp_path / name)!r}, 'w').close()\nwhile True: time.sleep(60)"
        )
        marker = tmp_path / name
        return Spec(
            name=name, command=[sys.executable, "-c", program], env={}, cwd=tmp_path, ready=marker.exists, **options
        )

    return make
